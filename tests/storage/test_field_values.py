"""Answers of every type as typed rows: what sorts, what filters, and what never leaves its seal."""

from datetime import date, datetime
from typing import Any

import pytest

from app.definition.model.choice import Choice
from app.definition.model.form import Field, Form, Option
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route
from app.definition.model.time import TimeLimit
from app.engine.state import State
from app.storage.field_values import field_rows, kind_of, projected
from app.storage.projection import text_of, words

OPTIONS = (Option("high", "Cao"), Option("low", "Thấp"))


def procedure(*fields: Field) -> Procedure:
    return Procedure(
        key="land/x",
        title="X",
        short_title="X",
        field="land",
        kind="service",
        agency=Choice("dept"),
        authority=Choice("dept"),
        since=date(2026, 1, 1),
        form=Form(fields={field.key: field for field in fields}),
        time_limit=TimeLimit(Choice(None)),
        route=Choice(Route((), {})),
    )


def rows(field: Field, answer: Any) -> list[dict[str, Any]]:
    """The rows of one answer, without what is empty."""
    found = field_rows(procedure(field), State(answers={field.key: answer} if answer is not None else {}))
    return [{name: value for name, value in row.items() if value is not None} for row in found]


@pytest.mark.parametrize(
    ("kind", "answer", "expected"),
    [
        ("integer", 3, {"number": 3.0}),
        ("decimal", "1234.5", {"number": 1234.5}),
        ("money", 150000, {"number": 150000.0}),
        ("area", "120.25", {"number": 120.25}),
        ("date", "2026-04-05", {"date": datetime(2026, 4, 5)}),
        ("datetime", "2026-04-05T09:30", {"date": datetime(2026, 4, 5, 9, 30)}),
        ("month", "2026-04", {"date": datetime(2026, 4, 1)}),
        ("yes_no", True, {"text": "true", "number": 1.0}),
        ("yes_no", False, {"text": "false", "number": 0.0}),
        ("choice", "low", {"text": "low", "number": 1.0}),
        ("choice", "gone", {"text": "gone"}),
        ("unit", "land", {"text": "land"}),
        ("text", "Hồng  Bàng", {"text": "Hồng  Bàng", "folded": "hong bang"}),
        ("party", {"name": "Đào", "id": {"$sealed": "x"}}, {"text": "Đào", "folded": "dao"}),
        ("address", {"line": "số 5", "commune": "Lê Chân"}, {"text": "số 5, Lê Chân", "folded": "so 5, le chan"}),
        ("decimal", "not a number", {}),
        ("date", "no day", {}),
    ],
)
def test_an_answer_becomes_what_its_type_sorts_by(kind: str, answer: Any, expected: dict[str, Any]) -> None:
    (row,) = rows(Field("f", "F", kind, options=OPTIONS, in_list=True), answer)
    row.pop("sort", None)
    assert row == {"field": "f", "row": 0, "part": 0, **expected}


def test_texts_have_a_place_in_vietnamese_order() -> None:
    field = Field("f", "F", in_list=True)
    places = [rows(field, word)[0]["sort"] for word in ("an", "ăn", "ân", "ba", "bà", "da", "đa")]
    assert places == sorted(places)


def test_several_options_have_a_row_each() -> None:
    field = Field("f", "F", "choices", options=OPTIONS, in_filter=True)
    assert [(row["part"], row["text"]) for row in rows(field, ["low", "high"])] == [(0, "low"), (1, "high")]
    assert [row["part"] for row in rows(field, [])] == [0]


def test_a_field_without_an_answer_has_one_empty_row() -> None:
    assert rows(Field("f", "F", in_list=True), None) == [{"field": "f", "row": 0, "part": 0}]


def test_columns_of_a_table_have_a_row_per_row() -> None:
    table = Field("t", "T", "table", columns=(Field("name", "Tên", in_filter=True), Field("note", "Ghi chú")))
    found = rows(table, [{"_key": "1", "name": "A", "note": "x"}, {"_key": "2"}, {"_key": "3", "name": "B"}])
    assert [(row["field"], row["row"], row["text"]) for row in found] == [("t.name", 0, "A"), ("t.name", 2, "B")]


def test_sensitive_and_unmarked_fields_have_no_rows() -> None:
    fields = (
        Field("plain", "P"),
        Field("secret", "S", in_list=True, in_filter=True, sensitive=True),
        Field("note", "N", "note", in_list=True),
        Field("t", "T", "table", sensitive=True, columns=(Field("c", "C", in_list=True),)),
        Field("u", "U", "table", columns=(Field("c", "C", in_list=True, sensitive=True),)),
    )
    assert projected(procedure(*fields)) == {}


def test_every_type_has_a_column() -> None:
    assert [kind_of(Field("f", "F", kind)) for kind in ("money", "date", "choice", "text", "quarter")] == [
        "number",
        "date",
        "key",
        "text",
        "text",
    ]


def test_words_are_what_is_typed_and_what_is_stored() -> None:
    assert list(words("H24.10-261126-0001, Đường  Lê Lợi")) == ["h24", "10", "261126", "0001", "duong", "le", "loi"]


def test_seals_and_flags_have_no_words() -> None:
    assert text_of({"$sealed": "abc"}) == ""
    assert text_of([{"name": "A"}, None, True, 5]) == "A, 5"
