"""Answers: read generously, kept exactly, checked with a reason; rows keep their keys; what is hidden is cleared."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from app.definition.compile_context import Context
from app.definition.compile_form import compile_field
from app.definition.duration import Duration
from app.definition.expression import DATE, NUMBER, Name, Scope, rows
from app.definition.model.form import Field, Option
from app.engine.answers import AnswerError, check_answer, load_value, store_rows, store_value
from tests.engine.office import Play, code, day, hand_back, intake, procedure, step

TODAY = day("2025-03-03")
ROWS = rows({"days": Name(NUMBER, "Ngày")})
SCOPE = Scope(names={"today": Name(DATE, "hôm nay"), "most": Name(NUMBER, "nhiều nhất"), "f": Name(ROWS, "F")})


def field(kind: str, **more: Any) -> Field:
    """A field as it is compiled."""
    return compile_field("f", {"type": kind, "label": "F", **more}, ("f",), SCOPE, Context())


def reason(error: object) -> object:
    """Why a value was not taken."""
    return error.params.get("reason", error.code) if isinstance(error, AnswerError) else error


@pytest.mark.parametrize(
    ("kind", "raw", "stored", "loaded"),
    [
        ("text", " Nguye\u0302\u0303n ", "Nguyễn", "Nguyễn"),
        ("long_text", "a\r\nb", "a\nb", "a\nb"),
        ("integer", "1.234", 1234, 1234),
        ("integer", 5, 5, 5),
        ("decimal", "1.234,5", "1234.5", Decimal("1234.5")),
        ("decimal", Decimal("2.50"), "2.5", Decimal("2.5")),
        ("decimal", 0.5, "0.5", Decimal("0.5")),
        ("decimal", Decimal("-0.0"), "0", 0),
        ("money", "810.000 ", 810000, 810000),
        ("percent", "5", "5", 5),
        ("area", "120,5", "120.5", Decimal("120.5")),
        ("date", "26/11/2025", "2025-11-26", date(2025, 11, 26)),
        ("date", datetime(2025, 11, 26, 9), "2025-11-26", date(2025, 11, 26)),
        ("datetime", "26/11/2025 17:00", "2025-11-26T17:00", datetime(2025, 11, 26, 17)),
        ("datetime", date(2025, 11, 26), "2025-11-26T00:00", datetime(2025, 11, 26)),
        ("datetime", datetime(2025, 11, 26, 9, 0, 5), "2025-11-26T09:00", datetime(2025, 11, 26, 9)),
        ("time", "7:30", "07:30", "07:30"),
        ("time", time(7, 30), "07:30", "07:30"),
        ("year", "2025", 2025, 2025),
        ("month", "2025-08", "2025-08", "2025-08"),
        ("quarter", "2025-q3", "2025-Q3", "2025-Q3"),
        ("yes_no", "true", True, True),
        ("yes_no", False, False, False),
        ("choice", True, "true", "true"),
        ("choices", "a", ["a"], ("a",)),
        ("choices", ("a", "b", "a"), ["a", "b"], ("a", "b")),
        ("phone", "+84 912 345 678", "0912345678", "0912345678"),
        ("person_id", "031 088 000123", "031088000123", "031088000123"),
        ("org_id", "0100109106001", "0100109106-001", "0100109106-001"),
        ("passport", "c1234567", "C1234567", "C1234567"),
        ("address", "Số 5", {"line": "Số 5"}, {"line": "Số 5"}),
        (
            "address",
            {"commune": "x", "line": "Số 5"},
            {"commune": "x", "line": "Số 5"},
            {"commune": "x", "line": "Số 5"},
        ),
        ("party", "An", {"name": "An"}, {"name": "An"}),
        ("parcel", {"sheet": 5, "number": 12}, {"sheet": "5", "number": "12"}, {"sheet": "5", "number": "12"}),
        (
            "coordinate",
            {"zone": "105", "x": "2308000,5", "y": 594000},
            {"zone": "105°00′", "x": "2308000.5", "y": "594000"},
            {"zone": "105°00′", "x": "2308000.5", "y": "594000"},
        ),
        ("file", "a.pdf", {"name": "a.pdf"}, {"name": "a.pdf"}),
        ("note", "x", None, None),
        ("text", "", None, None),
        ("choices", [], None, None),
        ("parcel", {}, None, None),
        ("address", {"line": ""}, None, None),
    ],
)
def test_input_has_one_stored_form_and_one_typed_value(kind: str, raw: object, stored: object, loaded: object) -> None:
    one = field(kind, decimals=2)
    assert store_value(one, raw) == stored
    assert load_value(one, stored) == loaded


def test_an_area_is_kept_in_square_metres_and_seen_in_its_measure() -> None:
    hectares = field("area", measure="ha", decimals=2)
    assert store_value(hectares, "1,5") == "15000"
    assert load_value(hectares, "15000") == Decimal("1.5")


def test_foreign_money_has_parts_and_durations_are_durations() -> None:
    dollars = field("money", measure="USD", decimals=2)
    assert store_value(dollars, "10,5") == "10.5"
    assert load_value(dollars, "10.5") == Decimal("10.5")
    assert store_value(field("duration"), "5 working days") == "5 working days"
    assert isinstance(load_value(field("duration"), "5 working days"), Duration)
    assert store_value(field("duration"), Duration(kind="same_day")) == "same day"


def test_several_files_are_a_list() -> None:
    many = field("file", many=True)
    assert store_value(many, ["a.pdf", {"name": "b.pdf", "size": 5}]) == [
        {"name": "a.pdf"},
        {"name": "b.pdf", "size": 5},
    ]
    assert load_value(many, [{"name": "a.pdf"}]) == ({"name": "a.pdf"},)


@pytest.mark.parametrize(
    ("kind", "raw", "why"),
    [
        ("text", True, "bad_text"),
        ("text", "a\u200bb", "bad_text"),
        ("text", "a\nb", "bad_text"),
        ("integer", "nhiều", "not_a_number"),
        ("integer", "1,5", "not_whole"),
        ("integer", True, "not_a_number"),
        ("integer", [1], "not_a_number"),
        ("decimal", Decimal("NaN"), "not_a_number"),
        ("decimal", "1,234567", "decimals"),
        ("date", "31/02/2025", "not_a_date"),
        ("date", 5, "not_a_date"),
        ("datetime", "hôm qua", "not_a_moment"),
        ("datetime", 5, "not_a_moment"),
        ("time", "25:00", "not_a_time"),
        ("time", 5, "not_a_time"),
        ("year", "25", "not_a_year"),
        ("month", "2025-13", "not_a_month"),
        ("quarter", True, "not_a_quarter"),
        ("duration", "lâu", "not_a_duration"),
        ("yes_no", "maybe", "not_a_flag"),
        ("choice", ["a"], "not_option"),
        ("choices", 5, "not_option"),
        ("choices", [["a"]], "not_option"),
        ("address", {"street": "x"}, "bad_parts"),
        ("address", 5, "bad_parts"),
        ("address", {"line": "a\u200bb"}, "bad_text"),
        ("address", {"commune": "x"}, "bad_parts"),
        ("coordinate", {"zone": "105", "x": "đông", "y": "1"}, "not_a_number"),
        ("coordinate", {"zone": "105", "x": "NaN", "y": "1"}, "not_a_number"),
        ("file", {"path": "/etc/passwd"}, "bad_file"),
        ("file", ["a.pdf", "b.pdf"], "bad_file"),
    ],
)
def test_input_that_cannot_be_read_says_why(kind: str, raw: object, why: str) -> None:
    assert reason(store_value(field(kind, decimals=2), raw)) == why


def judged(one: Field, raw: object, **env: object) -> object:
    """What the check says of input."""
    stored = store_value(one, raw)
    return reason(check_answer(one, stored, {"today": TODAY, **env}, TODAY))


@pytest.mark.parametrize(
    ("one", "raw", "why"),
    [
        (field("text", min_length=3), "ab", "too_short"),
        (field("text", max_length=3), "abcd", "too_long"),
        (field("text", mask="AA 99999999"), "BĐ 12345678", None),
        (field("text", mask="AA 99999999"), "B 12345678", "bad_mask"),
        (field("text", mask="99?/XX"), "1/A9", None),
        (field("integer", min=1, max=5), 0, "out_of_range"),
        (field("integer", min=1, max="most"), 9, "out_of_range"),
        (field("integer", max="most"), 9, "out_of_range"),
        (field("date", max="today"), "2025-03-04", "out_of_range"),
        (field("date", max="today"), "2025-03-03", None),
        (field("datetime", max="today"), "2025-03-03T15:00", None),
        (field("datetime", min="today"), "2025-03-02T15:00", "out_of_range"),
        (field("money"), -1, "out_of_range"),
        (field("money", min=-5), -1, None),
        (field("area", decimals=2), 0, "out_of_range"),
        (field("percent", decimals=2), 101, "out_of_range"),
        (field("pledge"), False, "required"),
        (field("pledge"), True, None),
        (field("phone"), "0912", "bad_phone"),
        (field("person_id"), "999", "bad_identity"),
        (field("org_id"), "0100109107", "bad_identity"),
        (field("email"), "an@example", "bad_email"),
        (field("email"), "an@example.vn", None),
        (field("url"), "javascript:alert(1)", "bad_url"),
        (field("passport"), "1", "bad_passport"),
        (field("bank_account"), "12", "bad_account"),
        (field("address"), {"line": "x" * 301}, "too_long"),
        (field("parcel"), {"sheet": "1", "number": "2"}, None),
        (field("coordinate"), {"zone": "105", "x": "5", "y": "594000"}, "out_of_range"),
        (field("file", accept=["pdf"]), "a.exe", "bad_file"),
        (field("file", max_mb=1), {"name": "a.pdf", "size": 2_000_000}, "bad_file"),
        (field("file", accept=["pdf"], many=True), ["a.pdf", "b.exe"], "bad_file"),
        (field("choice", options={"a": {"label": "A"}}), "b", "not_option"),
        (field("choices", options={"a": {"label": "A"}}), ["a", "b"], "not_option"),
        (field("choice"), "anything", None),
        (field("note"), "x", None),
    ],
)
def test_a_value_that_may_not_stand_says_why(one: Field, raw: object, why: str | None) -> None:
    assert judged(one, raw, most=5) == why


def test_a_bound_that_is_not_known_forbids_nothing() -> None:
    assert judged(field("integer", max="most"), 9) is None
    assert judged(field("integer", min=1, max="most"), 0) == "out_of_range"


def test_an_option_is_in_force_on_the_day_of_receipt_and_kept_in_old_dossiers() -> None:
    old = Option("old", "Cũ", until=day("2025-02-28"))
    new = Option("new", "Mới", since=day("2025-03-01"))
    one = Field("f", "F", "choice", options=(old, new))
    assert check_answer(one, "new", {}, TODAY) is None
    assert reason(check_answer(one, "old", {}, TODAY)) == "not_option"
    assert check_answer(one, "old", {}, TODAY, kept="old") is None
    several = Field("f", "F", "choices", options=(old, new))
    assert check_answer(several, ["old", "new"], {}, TODAY, kept=["old"]) is None
    assert reason(check_answer(several, ["old"], {}, TODAY)) == "not_option"


COLUMNS: dict[str, Any] = {
    "min_rows": 1,
    "max_rows": 3,
    "columns": {
        "name": {"label": "Tên", "required": True},
        "days": {"label": "Ngày", "type": "integer"},
        "double": {"label": "Gấp đôi", "type": "integer", "value": "days * 2"},
    },
}
TABLE = {"type": "table", **COLUMNS}


def test_rows_keep_their_keys_and_empty_ones_vanish() -> None:
    table = field("table", **COLUMNS)
    kept, errors = store_rows(table, [{"name": "A"}, {"name": ""}, {"name": "B", "double": 9}], None)
    assert (kept, errors) == ([{"_key": "1", "name": "A"}, {"_key": "3", "name": "B"}], [])
    kept, _ = store_rows(table, [{"_key": "3", "name": "B2"}, {"name": "C"}, {"_key": "3", "name": "D"}], kept)
    assert kept == [{"_key": "3", "name": "B2"}, {"_key": "4", "name": "C"}, {"_key": "5", "name": "D"}]
    assert load_value(table, kept) == ({"name": "B2"}, {"name": "C"}, {"name": "D"})


def test_a_step_that_fills_one_column_leaves_the_others_alone() -> None:
    table = field("table", **COLUMNS)
    before = [{"_key": "1", "name": "A", "days": 1}, {"_key": "2", "name": "B"}]
    kept, errors = store_rows(table, [{"days": 5, "name": "X"}, {"_key": "2", "days": ""}], before, ("days",))
    assert (kept, errors) == ([{"_key": "1", "name": "A", "days": 5}, {"_key": "2", "name": "B"}], [])
    _, errors = store_rows(table, [{"days": 1}, {"days": "x"}, {"days": 1}], before, ("days",))
    assert [(error.field, error.params["reason"]) for error in errors] == [
        ("f.2.days", "not_a_number"),
        ("f", "not_a_row"),
    ]


def test_what_are_no_rows_is_refused() -> None:
    table = field("table", **COLUMNS)
    assert reason(store_rows(table, "x", None)[1][0]) == "not_rows"
    assert reason(store_rows(table, [{"odd": 1}], None)[1][0]) == "unknown_field"
    too_many = [{"_key": str(n), "name": "A"} for n in range(4)]
    assert reason(check_answer(table, too_many, {}, TODAY)) == "too_many_rows"
    assert reason(check_answer(table, [], {}, TODAY)) == "too_few_rows"


def make(**fields: dict[str, object]) -> Play:
    """A dossier whose intake asks for these fields."""
    return Play(procedure(intake(), hand_back(), form={"fields": fields}))


def test_missing_fields_are_named_all_at_once_cells_too() -> None:
    play = make(
        name={"required": True},
        list=TABLE,
        far={"type": "yes_no", "required_when": "name is missing"},
        yes={"type": "pledge", "required": True},
    )
    refusal = play.receive(fill={"list": [{"days": 1}], "yes": False})
    assert refusal is not None
    assert refusal.code == "missing_fields"
    assert refusal.params["fields"] == ["name", "list.1.name", "far", "yes"]
    refusal = play.receive()
    assert refusal is not None
    assert "list" in refusal.params["fields"]


def test_what_this_case_hides_is_cleared_and_never_demanded() -> None:
    play = make(
        far={"type": "yes_no", "required": True},
        way={"show_when": "far", "required": True},
        deep={"show_when": "way is not missing"},
    )
    assert play.receive(fill={"far": False, "way": "x", "deep": "y"}) is None
    assert play.state.answers == {"far": False}


def test_a_hidden_section_hides_its_fields() -> None:
    form = {
        "sections": [{"key": "s", "title": "S", "fields": ["way"], "show_when": "far"}],
        "fields": {"far": {"type": "yes_no"}, "way": {"required": True}},
    }
    play = Play(procedure(intake(), hand_back(), form=form))
    assert play.receive(fill={"far": False, "way": "x"}) is None
    assert "way" not in play.state.answers


def test_computed_values_follow_their_inputs_and_are_never_typed() -> None:
    play = make(
        a={"type": "integer"},
        half={"type": "decimal", "decimals": 2, "value": "a / 3"},
        list=TABLE,
        sum={"type": "integer", "value": "sum(list.double)"},
    )
    assert code(play.receive(fill={"half": 5})) == "invalid_value"
    assert play.receive(fill={"a": 2, "list": [{"name": "A", "days": 3}, {"name": "B"}]}) is None
    assert play.state.answers["half"] == "0.67"
    assert play.state.answers["list"] == [
        {"_key": "1", "name": "A", "days": 3, "double": 6},
        {"_key": "2", "name": "B"},
    ]
    assert play.state.answers["sum"] == 6


def test_a_default_stands_where_nothing_was_filled_in_and_not_where_it_was_emptied() -> None:
    fields = {
        "when": {"type": "date", "default": "today"},
        "unit_of_work": {"type": "unit", "default": "unit"},
        "far": {"type": "yes_no", "default": True},
    }
    play = make(**fields)
    play.receive(fill={"far": None})
    assert play.state.answers == {"when": "2025-03-03", "unit_of_work": "desk"}


def test_rules_over_several_fields_are_tested_where_they_are_touched() -> None:
    form = {
        "fields": {"a": {"type": "integer"}, "b": {"type": "integer"}},
        "checks": [{"that": "a <= b", "say": "a ≤ b"}, {"that": "a > 0", "say": "a > 0", "at": "work"}],
    }
    play = Play(procedure(intake(), step("work"), hand_back(), form=form))
    refusal = play.receive(fill={"a": 5, "b": 1})
    assert refusal is not None
    assert refusal.params["checks"] == ["a ≤ b"]
    assert play.receive(fill={"a": 0, "b": 1}) is None
    assert code(play.do("work")) == "check_failed"


def test_requirements_of_the_law_are_tested_at_intake_and_when_their_answers_change() -> None:
    requirements = [{"text": "Đủ 30%", "check": "share >= 30", "say": "Chưa đủ 30%"}, {"text": "Có giấy phép"}]
    made = procedure(
        intake(),
        step("work", fills=["share"]),
        step("look", fills=["note"]),
        hand_back(),
        requirements=requirements,
        form={"fields": {"share": {"type": "integer"}, "note": {}}},
    )
    play = Play(made)
    play.receive()
    refusal = play.do("work", fill={"share": 20})
    assert refusal is not None
    assert refusal.params["say"] == "Chưa đủ 30%"
    assert play.do("work", fill={"share": 40}) is None
    assert play.do("look", fill={"note": "x"}) is None


def test_totals_must_equal_what_they_are_compared_with() -> None:
    table = {**TABLE, "must_equal": {"days": "wanted"}, "min_rows": 0}
    play = make(wanted={"type": "integer"}, list=table)
    refusal = play.receive(fill={"wanted": 5, "list": [{"name": "A", "days": 2}, {"name": "B"}]})
    assert refusal is not None
    assert (refusal.code, refusal.params["total"], refusal.params["expected"]) == ("total_mismatch", "2", "5")
    assert play.receive(fill={"list": [{"name": "A", "days": 2}]}) is None


def test_a_wrong_cell_is_named_by_table_row_and_column() -> None:
    columns = {
        "days": {"label": "Ngày", "type": "integer", "min": 1},
        "by": {"label": "x", "type": "date", "max": "today"},
    }
    play = make(list={"type": "table", "columns": columns})
    refusal = play.receive(fill={"list": [{"days": 1}, {"days": 0, "by": "2025-03-04"}]})
    assert refusal is not None
    wrong = [(error["field"], error["reason"]) for error in refusal.params["errors"]]
    assert wrong == [("list.2.days", "out_of_range"), ("list.2.by", "out_of_range")]


def test_all_mistakes_travel_in_one_refusal() -> None:
    play = make(a={"type": "integer"}, b={"type": "date"}, c={"type": "choice", "options": {"x": {"label": "X"}}})
    refusal = play.receive(fill={"a": "x", "b": "y", "odd": 1})
    assert refusal is not None
    assert [error["field"] for error in refusal.params["errors"]] == ["a", "b", "odd"]
    refusal = play.receive(fill={"c": "z"})
    assert refusal is not None
    assert refusal.params["value"] == "z"
