"""Whatever is sent for a field of any type: refused with a reason that has a sentence, or kept as one exact value."""

# ruff: noqa: E501 - the table of nasty texts reads better in few lines

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.definition.model.form import Field, Option
from app.definition.shape.tables.wording import FIELD_TYPES
from app.engine.answer_checks import check_answer
from app.engine.answer_error import AnswerError
from app.engine.answer_rows import read_answer
from app.engine.answer_values import load_value, store_value
from app.forms.inputs import inputs_for
from app.forms.reading import read_answers
from app.forms.shown import shown_value
from app.forms.typed import typed_form
from app.forms.wording import OTHERWISE, REASONS, reason_text
from app.storage.canonical import canonical
from app.vietnamese.text import hidden_characters
from tests.forms.test_inputs import ON, View

OPTIONS = (Option("a", "A"), Option("b", "B", since=date(2027, 1, 1)))
MEASURES = {"area": "ha", "money": "USD"}
KINDS = sorted(set(FIELD_TYPES) - {"table"})
LONGEST = 10_000


def made(kind: str, key: str = "x", **changes: Any) -> Field:
    options = OPTIONS if kind in ("choice", "choices", "commune") else ()
    accept = ("pdf",) if kind == "file" else ()
    return Field(key, kind, type=kind, options=options, measure=MEASURES.get(kind, ""), accept=accept, **changes)


COLUMNS = tuple(made(kind, kind) for kind in KINDS if kind != "note")
TABLE = Field("t", "Bảng", type="table", columns=COLUMNS, max_rows=3)
FIELDS = [*(made(kind, kind) for kind in KINDS), TABLE]

NASTY = st.sampled_from([
    "1e30", "10" * 30, "NaN", "-Infinity", "٣", "=cmd|' /C calc'!A0", "+1+1", "@SUM(1)", "\u202e123", "a\u0000b", "\u200b",
    "<script>alert(1)</script>", "{{7*7}}", "${x}", "%(x)s %s %", "'; drop table dossier;--", "../../etc/passwd", "é" * 400,
    "x" * 20_000, "-0", "0" * 50, "31/02/2026", "99/99/9999", "24:60", "0000-00", "-1", "1.2.3,4,5", "true", "null", "[]",
    "\ud800", "a\r\nb", "ﷺ" * 300, "5 working days + none", "until forever", "−5", "½", " ", "٢٠٢٦-٠١-٠١", "1,", ",1", "1..000",
])  # fmt: skip
TEXTS = NASTY | st.text(max_size=60)
SCALARS = TEXTS | st.integers() | st.floats() | st.booleans() | st.none() | st.decimals()
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=8
)
PARTS = st.dictionaries(
    st.sampled_from(
        ["kind", "name", "id", "address", "commune", "line", "sheet", "number", "zone", "x", "y", "sha256"]
    ),
    ANYTHING,
    max_size=6,
)


@pytest.fixture(scope="module")
def english() -> Any:
    app = Flask(__name__)
    Babel(app, default_locale="en")
    with app.test_request_context():
        yield


def wrong_of(field: Field, raw: Any) -> tuple[Any, list[AnswerError]]:
    stored, errors = read_answer(field, raw, None)
    if stored is not None and not errors:
        error = check_answer(field, stored, {}, ON)
        errors = [] if error is None else [error]
    return stored, errors


@pytest.mark.parametrize("kind", KINDS)
@given(raw=ANYTHING | PARTS)
@settings(max_examples=40, deadline=None)
def test_a_value_is_exact_or_refused_with_a_sentence(english: Any, kind: str, raw: Any) -> None:
    field = made(kind)
    stored, errors = wrong_of(field, raw)
    for error in errors:
        told = reason_text(str(error.params.get("reason", "")), error.params)
        assert error.code == "required" or (told and told != str(OTHERWISE)), error
    if errors or stored is None:
        return
    text = canonical(stored)
    assert len(text) < 3 * LONGEST
    assert json.loads(text) == stored
    assert not hidden_characters(text.replace("\\n", " "), lines=True)
    assert store_value(field, typed_form(field, stored)) == stored  # shown, and sent again as it stands
    assert isinstance(shown_value(field, stored, open_sensitive=True), str)
    load_value(field, stored)


NAMES = st.one_of(
    st.sampled_from(["_row", "_kept", "t._row", "t..x", "t.1.text", "t.new.text", "t.1.address.line", "t.-1.integer"]),
    st.builds("t.{}.{}".format, TEXTS, st.sampled_from(KINDS)),
    st.sampled_from(KINDS),
    st.builds("{}.{}".format, st.sampled_from(KINDS), st.sampled_from(["line", "name", "x", "sheet", "_kept"])),
)


@given(st.lists(st.tuples(NAMES.map("f.{}".format), TEXTS), max_size=25))
@settings(max_examples=60, deadline=None)
def test_a_form_of_any_shape_is_read_and_comes_back(english: Any, pairs: list[tuple[str, str]]) -> None:
    form = MultiDict([*pairs, ("f.t._row", "1"), ("f.t._row", "1"), ("f.t._row", "../2")])
    raw = read_answers(FIELDS, form)
    rows = raw.get("t", [])
    assert isinstance(rows, list)
    keys = [row["_key"] for row in rows if isinstance(row, dict)]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,20}", key) for key in keys)
    for field in FIELDS:
        wrong_of(field, raw.get(field.key))
    inputs_for([View(field) for field in FIELDS], raw, {}, ON)


@given(st.lists(st.fixed_dictionaries({"_key": TEXTS | st.integers()}, optional={"text": st.just("x")}), max_size=8))
def test_rows_get_keys_that_no_other_row_has(rows: list[dict[str, Any]]) -> None:
    table = Field("t", "Bảng", type="table", columns=(Field("text", "Chữ"),))
    before = [{"_key": "2", "text": "a"}, {"_key": "7", "text": "b"}]
    stored, _errors = read_answer(table, rows, before)
    keys = [row["_key"] for row in stored or ()]
    assert len(keys) == len(set(keys))
    assert all(key in ("2", "7") or int(key) > 7 for key in keys)


def test_every_reason_that_the_engine_gives_has_a_sentence() -> None:
    engine = Path(store_value.__code__.co_filename).parent
    source = "".join(file.read_text("utf-8") for file in engine.glob("answer_*.py"))
    named = set(re.findall(r'(?:invalid|fault_in)\(\s*field(?:\.key)?,\s*"(\w+)"', source))
    assert named - set(REASONS) == set()
