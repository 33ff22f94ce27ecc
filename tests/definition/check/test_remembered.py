"""What is remembered of a checked file: never another answer than reading it again would give."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definition import remembered
from app.definition.check import check_config, problems_of
from app.definition.outline import Outline
from app.definition.problem import Param, Problem, Severity, Words
from app.definition.remembered import Remembered, from_json, name_of, to_json
from tests.definition.configs import SMALL, SMALL_PATH, changed, example_files, small_folder
from tests.definition.rules.good_folder import GOOD, PROCEDURE

Files = dict[str, bytes]


class Notes:
    """A memory that counts; everything passes through JSON as it does on disk."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.read = 0

    def recall(self, name: str) -> Remembered | None:
        return from_json(json.loads(self.kept[name])) if name in self.kept else None

    def note(self, name: str, outcome: Remembered) -> None:
        self.read += 1
        self.kept[name] = json.dumps(to_json(outcome))

    def problems(self, files: Files, only: set[str] | None = None) -> tuple[Problem, ...]:
        """What is told, and how many files had to be read for it."""
        self.read = 0
        return problems_of(files, only, {}, self).problems


def bad_folders() -> Iterator[Files]:
    """Folders with mistakes of every kind: a line missing anywhere, codes twice, versions side by side."""
    lines = GOOD[PROCEDURE].splitlines(keepends=True)
    for at in range(0, len(lines), 6):
        text = "".join(lines[:at] + lines[at + 1 :])
        yield {path: one.encode() for path, one in {**GOOD, PROCEDURE: text}.items()}
    twice = small_folder()
    twice["procedures/land/other.yaml"] = SMALL.replace("land/small", "land/other").encode()
    twice["procedures/land/small.2027.yaml"] = SMALL.encode()
    twice["procedures/land/broken.yaml"] = b"key: ["
    yield twice
    yield example_files()


@pytest.mark.parametrize("files", list(bad_folders()))
def test_what_is_told_is_the_same_read_remembered_and_without_a_memory(files: Files) -> None:
    notes = Notes()
    fresh = check_config(files).problems
    assert notes.problems(files) == fresh
    assert notes.read == sum(path.startswith("procedures/") for path in files)
    assert notes.problems(files) == fresh
    assert notes.read == 0
    only = {path for path in files if path.startswith("procedures/")}
    for path in sorted(only)[:2]:
        assert notes.problems(files, {path}) == check_config(files, {path}).problems


SHARED = {path: text for path, text in example_files().items() if not path.startswith("procedures/")}


@pytest.mark.parametrize("path", sorted(SHARED))
def test_any_change_of_what_is_shared_has_every_procedure_read_again(path: str) -> None:
    notes, files = Notes(), small_folder()
    files |= SHARED
    notes.problems(files)
    other = {**files, path: files[path] + b"# another byte\n"}
    assert notes.problems(other) == check_config(other).problems
    assert notes.read == 1
    gone = {one: text for one, text in files.items() if one != path}
    assert notes.problems(gone) == check_config(gone).problems
    assert notes.read == 1
    assert notes.problems(files) == check_config(files).problems
    assert notes.read == 0


def test_a_mistake_in_a_shared_piece_is_told_at_once_where_it_is_used() -> None:
    form = "schema: 1\nkey: common-form\ntitle: Mẫu chung\nfields:\n  owner: {label: Chủ sử dụng}\n"
    use = changed("form:\n", "form:\n  use: common-form\n")
    notes = Notes()
    good = small_folder(use, shared__forms__common_DASH_form=form)
    notes.problems(good)
    bad = small_folder(use, shared__forms__common_DASH_form=form.replace("label", "labell"))
    told = notes.problems(bad)
    assert told == check_config(bad).problems
    assert told != check_config(good).problems


def test_only_the_changed_file_is_read_again() -> None:
    notes, files = Notes(), small_folder()
    for number in range(5):
        files[f"procedures/land/one-{number}.yaml"] = SMALL.replace("land/small", f"land/one-{number}").encode()
    notes.problems(files)
    files[SMALL_PATH] = changed("field: land", "feild: land").encode()
    assert notes.problems(files) == check_config(files).problems
    assert notes.read == 1


def test_another_place_another_label_and_another_checker_are_other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [
        name_of("ground", "a", "a", b"text"),
        name_of("ground", "a", "a", b"text "),
        name_of("ground", "a", "b", b"text"),
        name_of("ground", "b", "a", b"text"),
        name_of("grounds", "a", "a", b"text"),
    ]
    monkeypatch.setattr(remembered, "checker_version", lambda: "another")
    names.append(name_of("ground", "a", "a", b"text"))
    assert len(set(names)) == len(names)


def test_the_version_of_the_checker_follows_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = tmp_path
    for folder in ("definition", "vietnamese"):
        (app / folder).mkdir()
    monkeypatch.setattr(remembered, "_APP", app)
    seen = set()
    for folder, text in (("definition", "1"), ("definition", "2"), ("vietnamese", "1")):
        (app / folder / "rule.py").write_text(text, encoding="utf-8")
        remembered.checker_version.cache_clear()
        seen.add(remembered.checker_version())
    remembered.checker_version.cache_clear()
    assert len(seen) == 3


TEXTS = st.text(max_size=8)
PARAMS = st.one_of(
    TEXTS,
    st.integers(),
    st.booleans(),
    st.dates(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.fractions(),
    st.builds(Words, TEXTS, TEXTS),
    st.lists(TEXTS, max_size=3).map(tuple),
)
DAYS = st.dates()


@given(
    st.dictionaries(TEXTS, PARAMS, max_size=4),
    st.sampled_from([None, *Severity]),
    st.lists(st.tuples(TEXTS, TEXTS), max_size=3),
    DAYS,
    st.one_of(st.none(), DAYS),
)
def test_what_comes_back_is_what_was_kept(
    params: dict[str, Param], level: Severity | None, pairs: list[tuple[str, str]], since: date, until: date | None
) -> None:
    codes = (*(((one,), other) for one, other in pairs), (("formerly", 3), "x"))
    outline = Outline(
        "a/b",
        "a/b",
        "Tên",
        codes,
        since,
        until,
        frozenset(pairs),
        frozenset(one for one, _ in pairs),
        tuple(pairs),
        codes,
        codes,
    )
    given_ = {"file": "x", "text": "y", **params}
    problem = Problem("tệp", 3, 4, "K05", {**given_, "key": "k", "max": 5}, level)
    for kept in (Remembered(outline, (problem,)), Remembered(None, (problem, problem)), Remembered(outline, ())):
        again = from_json(json.loads(json.dumps(to_json(kept))))
        assert again == kept
        assert [one.message() for one in again.problems] == [one.message() for one in kept.problems]
        for one, other in zip(again.problems, kept.problems, strict=True):
            assert {key: type(value) for key, value in one.params.items()} == {
                key: type(value) for key, value in other.params.items()
            }


@pytest.mark.parametrize("odd", [1.5, b"x", None, ("a", 1), object()])
def test_a_value_without_spelling_is_not_kept(odd: object) -> None:
    problem = Problem("a", 1, 1, "K05", {"key": "k", "max": 5, "odd": odd})  # type: ignore[dict-item]
    with pytest.raises(TypeError):
        to_json(Remembered(None, (problem,)))


def test_numbers_keep_their_kind() -> None:
    params: dict[str, Param] = {"key": "k", "max": Decimal("1.50"), "n": Fraction(1, 3)}
    kept = Remembered(None, (Problem("a", 1, 1, "K05", params),))
    assert dict(from_json(json.loads(json.dumps(to_json(kept)))).problems[0].params) == params
