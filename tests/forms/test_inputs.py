"""Controls as values: what was typed comes back as typed, stored answers come back as people write them."""

from datetime import date, datetime
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from app.definition.model.form import Field, Option
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.forms.inputs import inputs_for
from app.forms.reading import read_answers
from app.forms.typed import typed_form

ON = date(2026, 11, 23)


class View(NamedTuple):
    field: Field
    visible: bool = True
    required: bool = True
    value: Any = None


def drawn(
    field: Field, *, value: Any = None, typed: Any = None, errors: dict[str, tuple[str, ...]] | None = None
) -> Any:
    given = None if typed is None else {field.key: typed}
    return inputs_for([View(field, value=value)], given, errors or {}, ON)[0]


def test_a_stored_decimal_is_shown_with_a_comma_and_a_typed_one_as_typed() -> None:
    area = Field("area", "Diện tích", type="decimal")
    assert drawn(area, value="1234.5").control.value == "1.234,5"
    assert drawn(area, typed="1.5").control.value == "1.5"


def test_a_stored_date_is_shown_as_offices_write_it() -> None:
    assert drawn(Field("day", "Ngày", type="date"), value="2026-11-03").control.value == "03/11/2026"


def test_hectares_are_shown_in_hectares_though_kept_in_square_metres() -> None:
    assert drawn(Field("area", "Diện tích", type="area", measure="ha"), value="25000").control.value == "2,5"


def test_an_option_out_of_force_is_not_offered() -> None:
    options = (Option("old", "Cũ", until=date(2026, 1, 1)), Option("new", "Mới", since=date(2026, 1, 2)))
    offered = drawn(Field("kind", "Loại", type="choice", options=options)).options
    assert offered == (("new", "Mới"),)


def test_a_table_shows_its_fewest_rows_and_keeps_the_keys_of_those_there_are() -> None:
    table = Field("rows", "Bảng", type="table", min_rows=3, columns=(Field("name", "Tên"),))
    rows = drawn(table, value=[{"_key": "2", "name": "Lan"}]).rows
    assert [row.key for row in rows] == ["2", "3", "4"]
    assert rows[0].cells[0].control.value == "Lan"


def test_an_error_of_a_cell_stands_at_that_cell() -> None:
    table = Field("rows", "Bảng", type="table", columns=(Field("name", "Tên"),))
    rows = drawn(table, typed=[{"_key": "1", "name": ""}], errors={"rows.1.name": ("Chưa ghi.",)}).rows
    assert rows[0].cells[0].errors == ("Chưa ghi.",)


def test_a_submitted_table_is_read_row_by_row_and_empty_rows_are_left_out() -> None:
    table = Field("rows", "Bảng", type="table", columns=(Field("name", "Tên"), Field("place", "Nơi", type="address")))
    form = MultiDict(
        [("f.rows._row", "1"), ("f.rows.1.name", "Lan"), ("f.rows.1.place.line", "5 Lê Lợi"), ("f.rows._row", "2")]
    )
    assert read_answers([table], form) == {
        "rows": [{"_key": "1", "name": "Lan", "place": {"commune": "", "line": "5 Lê Lợi"}}]
    }


def test_a_field_without_a_control_in_the_form_is_left_out() -> None:
    fields = [Field("name", "Tên"), Field("kinds", "Loại", type="choices"), Field("place", "Nơi", type="address")]
    assert read_answers(fields, MultiDict([("f.name", "")])) == {"name": ""}


def test_more_rows_than_allowed_are_kept_so_that_the_engine_can_refuse_them() -> None:
    table = Field("rows", "Bảng", type="table", max_rows=1, columns=(Field("name", "Tên"),))
    form = MultiDict([("f.rows._row", str(n)) for n in range(9)] + [(f"f.rows.{n}.name", "x") for n in range(9)])
    assert len(read_answers([table], form)["rows"]) == 2  # type: ignore[arg-type]


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(NUMBERS)
def test_a_number_shown_and_sent_again_is_the_same_number(number: Any) -> None:
    field = Field("n", "Số", type="decimal")
    stored = store_value(field, number)
    again = store_value(field, typed_form(field, stored))
    assert not isinstance(again, AnswerError)
    assert again == stored


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_date_shown_and_sent_again_is_the_same_date(day: date) -> None:
    field = Field("d", "Ngày", type="date")
    stored = store_value(field, day)
    assert store_value(field, typed_form(field, stored)) == stored


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_a_moment_shown_and_sent_again_is_the_same_minute(moment: Any) -> None:
    field = Field("m", "Lúc", type="datetime")
    stored = store_value(field, moment)
    assert store_value(field, typed_form(field, stored)) == stored
