"""No dead keys: what a key changes in the compiled model is read by something that people or dossiers depend on.

Three proofs for every key of the tables that is accepted: taken away or given another value, it changes the model (or
the expanded document, for keys that lay other files in); what it changes has a reader in `consumers.txt`, noted while
the tests of the house ran (`reading_of_the_model.py`); and that reader still stands in the house and names it.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from app.definition.shape import rooms
from app.definition.shape.not_yet import records_of_the_language
from app.definition.shape.record import Record
from app.definition.words import Words
from app.operations.config_folder import check_folder
from tests.language.keys_taken_away import MOST_TRIED, Place, has, held_by, places_in
from tests.language.reading_of_the_model import ROOT, witnesses

FOLDERS = ("tests/examples/config", "config", "tests/small_office")
# Records that are gone once files are joined and expanded, and what reads them then.
JOINED: dict[str, str] = {
    **dict.fromkeys(("allowed", "act", "expect", "given", "scenario"), "app/engine/scenario.py"),
    **dict.fromkeys(("calendar_file", "office_hours", "day_off", "makeup_day"), "app/definition/calendar_years.py"),
    **dict.fromkeys(("cutoff", "clock_settings"), "app/engine/clock/settings.py"),
    **dict.fromkeys(("documents_file", "shared_document"), "app/definition/expand/documents.py"),
    **dict.fromkeys(("form_file",), "app/definition/expand/form.py"),
    **dict.fromkeys(("list_file", "list_option", "list_column"), "app/definition/config_tree/joining.py"),
    **dict.fromkeys(("prints_file", "registers_file"), "app/definition/config_tree/joining.py"),
    **dict.fromkeys(("route_file", "route_use", "insert"), "app/definition/expand/route.py"),
    **dict.fromkeys(("notices_file", "overlay_file"), "app/definition/config_tree/places.py"),
}
# Keys that leave no trace in the model by themselves, and who reads them instead.
BEFORE_THE_MODEL: dict[tuple[str, str], tuple[str, str]] = {
    ("data_source", "gives"): ("app/definition/rules/field_scope.py", '"gives"'),
    ("document", "use"): ("app/definition/expand/documents.py", '"use"'),
    ("form", "drop"): ("app/definition/expand/form.py", '"drop"'),
    ("form", "use"): ("app/definition/expand/form.py", '"use"'),
    ("form", "fields"): ("app/definition/compile_form.py", '"fields"'),
    ("keep", "from"): ("app/definition/shape/tables/procedure.py", 'Row("from", OneOf(("end",))'),
    ("organisation", "schema"): ("app/definition/config_tree/documents.py", "LANGUAGE_VERSION"),
    ("print", "effective"): ("app/definition/compile_print.py", '"effective"'),
    ("print", "of"): ("app/definition/shape/tables/organisation.py", 'Row("of", OneOf(("dossier",)'),
    ("recurs", "from"): ("app/definition/shape/tables/times.py", 'Row("from", OneOf(("previous",)'),
    ("procedure", "form"): ("app/definition/compile.py", '"form"'),
    ("procedure", "schema"): ("app/definition/config_tree/documents.py", "LANGUAGE_VERSION"),
    ("section", "before"): ("app/definition/expand/form.py", '"before"'),
    ("section", "required"): ("app/definition/expand/form.py", '"required"'),
}
# Readers that the notes cannot see: within the definition, or by a name put together at run time.
ALSO_READ: dict[str, tuple[str, str]] = {
    "Agency.website": ("app/operations/prints/words.py", '_agency("website")'),
    "Document.digitise": ("app/definition/spoken.py", "document.digitise"),
    "Fee.decision": ("app/definition/spoken.py", "fee.decision"),
    "Fee.set_by": ("app/definition/spoken.py", "fee.set_by"),
    "Organisation.unit_types": ("app/definition/spoken.py", "organisation.unit_types"),
    "Call.for_each": ("app/engine/calling.py", "call.for_each"),
    "Call.give": ("app/engine/calling.py", "call.give"),
    "Call.wait": ("app/engine/by_itself.py", "call.wait"),
    "Step.bulk": ("app/engine/steps.py", "at.step.bulk"),
}
# Their only reader is a rule that judges the file.
ONLY_JUDGED: dict[str, tuple[str, str]] = {
    "Organisation.levels": ("app/definition/rules/organisation_named.py", "organisation.levels"),
    "Register.secret": ("app/definition/rules/registers.py", "book.secret"),
}
# Accepted although nothing reads them yet, with the room they wait for. The list may only grow shorter.
WAITING: dict[str, Words] = {
    "Fee.code": rooms.CONNECTORS,
    "Form.form_code": rooms.BOOKS,
    "Register.columns": rooms.BOOKS,
    "Option.code": rooms.CONNECTORS,
    "Step.warn": rooms.NOTICES,
    "WorkField.code": rooms.CONNECTORS,
    "WorkField.internal": rooms.PORTAL,
}


@pytest.fixture(scope="module")
def places() -> dict[str, list[Place]]:
    """Where each mapping of the language stands in the folders, by its name."""
    found: dict[str, list[Place]] = {}
    for folder in FOLDERS:
        for record, place in places_in(check_folder(ROOT / folder, ())):
            found.setdefault(record.name, []).append(place)
    return found


def accepted() -> list[tuple[Record, str]]:
    """Every key that may be written today and has to be found in the model."""
    rows = ((record, row) for record in records_of_the_language() for row in record.rows if row.later is None)
    return [
        (record, row.key) for record, row in rows if record.name not in JOINED and record.name not in NEVER_IN_A_FOLDER
    ]


NEVER_IN_A_FOLDER = frozenset(("on_late", "print_set", "print_replace", "print_span", "co_owners"))


def in_file(reader: tuple[str, str]) -> bool:
    """Whether the reader still says that."""
    path, words = reader
    return words in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(("record", "key"), accepted(), ids=lambda one: one.name if isinstance(one, Record) else one)
def test_a_key_that_is_accepted_is_read(places: dict[str, list[Place]], record: Record, key: str) -> None:
    if (record.name, key) in BEFORE_THE_MODEL:
        assert in_file(BEFORE_THE_MODEL[record.name, key])
        return
    here = places[record.name]
    tried = [place for place in here if has(place, key)][:MOST_TRIED] or here[:3]
    held = next(filter(None, (held_by(place, key) for place in tried)), frozenset())
    assert held, "the key changes nothing of what is compiled"
    known = {*witnesses(), *ALSO_READ, *ONLY_JUDGED, *WAITING}
    assert held & known, f"nothing reads {sorted(held)}: connect it, or refuse the key (later=rooms.…)"


@pytest.mark.parametrize("reader", sorted({*ALSO_READ.values(), *ONLY_JUDGED.values()}), ids=str)
def test_a_reader_named_by_hand_stands_there(reader: tuple[str, str]) -> None:
    assert in_file(reader)


@pytest.mark.parametrize("name", sorted(set(JOINED) - {"allowed"}))
def test_what_is_joined_has_a_reader(name: str) -> None:
    assert (ROOT / JOINED[name]).is_file()


def test_what_waits_is_read_by_nothing() -> None:
    assert WAITING.keys().isdisjoint({*witnesses(), *ALSO_READ, *ONLY_JUDGED})


BY_NAME = frozenset(("getattr", "replace"))  # attributes are also read by a name in a table, and copied as a whole


@cache
def names_read(path: Path) -> dict[str, frozenset[str]]:
    """The names and words a file uses, by function (with everything nested in it)."""
    text = path.read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.Module):
            name = node.name if isinstance(node, ast.FunctionDef) else ""
            found[name] = found.get(name, frozenset()).union(*map(words_of, ast.walk(node)))
    return found


def words_of(node: ast.AST) -> frozenset[str]:
    """The name or the constant that a node is."""
    word = getattr(node, "attr", None) or getattr(node, "id", None) or getattr(node, "value", None)
    return frozenset((word,)) if isinstance(word, str) else frozenset()


def test_every_reader_that_was_noted_still_stands_in_the_house() -> None:
    """A reader that was taken away is told here; run the notes again and see whether another one is left."""
    gone = [f"{name}: {reader}" for name, reader in witnesses().items() if not stands(name, reader)]
    assert gone == [], "pytest -p tests.language.reading_of_the_model … finds another reader, if there is one"


def stands(name: str, reader: str) -> bool:
    """Whether the function is there and its file still names the attribute."""
    path, _, function = reader.partition(":")
    file = ROOT / path
    if not file.is_file():
        return False
    if file.suffix == ".html":
        return name.partition(".")[2] in file.read_text(encoding="utf-8")
    words = names_read(file).get(own_name(function), frozenset())
    return name.partition(".")[2] in words or not BY_NAME.isdisjoint(words)


def own_name(function: str) -> str:
    """The function a reader stands in: `Turn.fill.<locals>.<genexpr>` is part of `fill`."""
    return next((part for part in reversed(function.partition(".<")[0].split(".")) if "<" not in part), "")


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("Step.guide", "app/screens/procedures/action_form.py:nobody"),
        ("Step.guide", "app/screens/procedures/gone.py:_help"),
        ("Step.guidance", witnesses()["Step.guide"]),
    ],
    ids=["the function is gone", "the file is gone", "it reads something else"],
)
def test_a_reader_that_was_taken_away_is_noticed(name: str, reader: str) -> None:
    assert stands("Step.guide", witnesses()["Step.guide"])
    assert not stands(name, reader)


@pytest.mark.parametrize("name", ["Step.guide", "Procedure.sets", "Field.mask", "Fee.currency", "Unit.successor"])
def test_a_key_whose_reader_is_taken_away_fails(
    places: dict[str, list[Place]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    holder, _dot, key = name.partition(".")
    record = next(one for one, _key in accepted() if one.name == holder.lower())
    left = {attribute: reader for attribute, reader in witnesses().items() if attribute != name}
    monkeypatch.setattr("tests.language.test_no_dead_keys.witnesses", lambda: left)
    with pytest.raises(AssertionError, match="nothing reads"):
        test_a_key_that_is_accepted_is_read(places, record, key)
