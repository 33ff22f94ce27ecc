"""Every vector agrees, and a wrong expectation is found."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.engine.clock.vector_shape import VectorFault
from app.engine.clock.vectors import MISSING, Disagreement, check_vector, read_vectors

FOLDER = Path(__file__).parents[2] / "vectors"
VECTORS = read_vectors(FOLDER / "clock.json")
BY_ID = {vector.id: vector for vector in VECTORS}


def test_all_vectors_are_there() -> None:
    assert len(VECTORS) == len(BY_ID) == 385


@pytest.mark.parametrize("rule", sorted({vector.rule for vector in VECTORS}))
def test_no_vector_of_a_rule_disagrees(rule: str) -> None:
    assert [found for vector in VECTORS if vector.rule == rule for found in check_vector(vector)] == []


def test_a_wrong_expectation_is_found() -> None:
    vector = BY_ID["tet-001"]
    wrong = replace(vector, expect={**vector.expect, "due": "2018-02-27T17:00"})
    assert list(check_vector(wrong)) == [Disagreement("tet-001", "due", "2018-02-27T17:00", "2018-02-26T17:00")]


def test_a_wrong_expectation_of_a_visit_is_found_under_its_name() -> None:
    vector = BY_ID["step-001"]
    wrong = replace(vector, expect={"visits": {"v": {"class": "early"}}, "join_due": None})
    keys = [(found.key, found.got) for found in check_vector(wrong)]
    assert keys == [("join_due", "2025-05-19T08:00"), ("visits.v.class", "overdue")]


def test_an_error_that_was_not_expected_is_told_and_one_that_does_not_come_is_missing() -> None:
    unknown, plain = BY_ID["error-003"], BY_ID["tet-001"]
    assert [f.got for f in check_vector(replace(unknown, expect={"due": None}))] == ["calendar_unknown"]
    assert [f.got for f in check_vector(replace(plain, expect={"error": "limit_fraction"}))] == [MISSING]


# ---- files that are none

GOOD: dict[str, Any] = {
    "id": "x",
    "rule": "r",
    "calendar": "c",
    "limit": {"value": 1, "unit": "working_day"},
    "events": [{"type": "received", "at": "2025-05-12T09:00"}],
    "now": "2025-05-12T09:00",
    "expect": {"due": "2025-05-13T17:00"},
}


def with_event(**event: Any) -> dict[str, Any]:
    return {**GOOD, "events": [{"type": "received", "at": "2025-05-12T09:00", **event}]}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[Any], list[Any]]:
    (tmp_path / "calendars").mkdir()
    standard = (FOLDER / "calendars" / "vn-hours-standard.json").read_text(encoding="utf-8")
    (tmp_path / "calendars" / "c.json").write_text(standard, encoding="utf-8")
    (tmp_path / "calendars" / "broken.json").write_text(standard.replace('"07:30"', '"7h30"'), encoding="utf-8")
    (tmp_path / "calendars" / "cut.json").write_text("{", encoding="utf-8")

    def run(document: Any) -> list[Any]:
        file = tmp_path / "vectors.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return read_vectors(file)

    return run


def test_the_good_one_is_read(read: Callable[[Any], list[Any]]) -> None:
    (vector,) = read([GOOD])
    assert list(check_vector(vector)) == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("{", "line 1, column 2: is not JSON"),
        ("[" * 100_000, "file: is not JSON in UTF-8"),
        ("[NaN]", "file: NaN is not a number of JSON"),
        ({}, "file: must hold a list of vectors"),
        ([1], "vector 0: must be a mapping"),
        ([{**GOOD, "id": 1}], "vector 0.id: is missing or not a text"),
        ([{**GOOD, "surprise": 1}], "vector 0.surprise: unknown key"),
        ([{**GOOD, "visits": {}}], "vector 0 (x): has either limit or visits"),
        ([{**GOOD, "calendar": "none"}], "vector 0 (x).calendar: there is no calendar 'none'"),
        ([{**GOOD, "calendar": "../calendars/c"}], "there is no calendar '../calendars/c'"),
        ([{**GOOD, "calendar": "broken"}], "calendars/broken.json: office_hours[0].intervals[0]: '7h30' is not a time"),
        ([{**GOOD, "calendar": "cut"}], "calendars/cut.json: line 1, column 2: is not JSON"),
        ([{**GOOD, "settings": {"cutof": 1}}], "vector 0 (x).settings.cutof: there is no such setting"),
        ([{**GOOD, "settings": []}], "vector 0 (x).settings: must be a mapping"),
        ([{**GOOD, "now": "2025-05-12"}], "vector 0 (x).now: '2025-05-12' is not a local moment"),
        ([{**GOOD, "now": "2025-05-12T25:00"}], "is not a local moment"),
        ([{**GOOD, "now": "2025-05-12T09:00Z"}], "is not a local moment"),
        ([{**GOOD, "events": {}}], "vector 0 (x).events: must be a list"),
        ([{**GOOD, "expect": {"dues": 1}}], "vector 0 (x).expect.dues: unknown key"),
        ([{**GOOD, "limit": {"value": 1, "unit": "week"}}], "limit.unit: 'week' is none of hour, working_day"),
        ([{**GOOD, "limit": {"value": "1", "unit": "hour"}}], "limit.value: '1' is not a number"),
        ([{**GOOD, "limit": {"value": True, "unit": "hour"}}], "limit.value: True is not a number"),
        ([{**GOOD, "limit": {"none": 1}}], "limit.none: can only be true"),
        ([{**GOOD, "limit": {"phases": []}}], "limit.phases: must hold at least one phase"),
        ([{**GOOD, "limit": {"value": 1, "unit": "hour", "starts": "paused"}}], "'paused' cannot start a clock"),
        ([{**GOOD, "limit": {"value": 1, "unit": "hour", "add": [{"value": 1, "unit": "hour"}]}}], "add[0].when"),
        ([with_event(type="receved")], "vector 0 (x).events[0].type: 'receved' is none of"),
        ([with_event(until="x")], "vector 0 (x).events[0].until: unknown key"),
        ([with_event(type="waiting")], "events[0].wait: a fixed wait needs its length"),
        ([with_event(type="extended")], "events[0]: an extension has either by or to"),
        ([with_event(type="extended", to="23/05/2025")], "events[0].to: '23/05/2025' is not a date"),
        ([with_event(type="extended", to="2025-05-23", ground="x")], "events[0].ground: 'x' is none of"),
        ([with_event(type="recalculated")], "events[0].calendar: there is no calendar None"),
        (
            [{**{k: v for k, v in GOOD.items() if k != "limit"}, "visits": {}, "expect": {"visits": {"a": {}}}}],
            "expect.visits.a: there is no such visit",
        ),
    ],
)
def test_a_file_that_cannot_be_used_names_the_place(
    read: Callable[[Any], list[Any]], document: Any, message: str
) -> None:
    with pytest.raises(VectorFault) as caught:
        read(document)
    assert message in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(VectorFault, match="file: cannot be read"):
        read_vectors(tmp_path / "none.json")
