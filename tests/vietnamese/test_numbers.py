from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.fault import Fault
from app.vietnamese.numbers import (
    format_money,
    format_money_long,
    format_number,
    format_percent,
    parse_money,
    parse_number,
    rounded,
)

DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)


def test_numbers_have_dots_between_thousands_and_a_decimal_comma():
    assert format_number(Decimal("1234567.5")) == "1.234.567,5"
    assert format_number(-1234) == "-1.234"
    assert format_number(Decimal("12.50")) == "12,5"
    assert format_number(Decimal("12.5"), 2) == "12,50"
    assert format_number(Decimal("1E+3")) == "1.000"
    assert format_number(Decimal("-0.001"), 2) == "0,00"
    assert format_number(0) == "0"


def test_halves_are_rounded_up_as_money_is():
    assert rounded(Decimal("0.5"), 0) == 1
    assert rounded(Decimal("2.5"), 0) == 3
    assert rounded(Decimal("-2.5"), 0) == -3


def test_money_and_shares_are_written_as_on_the_slips():
    assert format_money(810000) == "810.000 đ"
    assert format_money_long(810000) == "810.000 đồng"
    assert format_percent(Decimal("0.985")) == "98,50 %"
    assert format_percent(Decimal("0.125"), 1) == "12,5 %"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1,234", "1.234"),
        ("0.234", "0.234"),
        ("0,5", "0.5"),
        ("1.2345", "1.2345"),
        ("120.50", "120.50"),
        ("1 234 567,8", "1234567.8"),
        ("1\u00a0000", "1000"),
        ("-1.234,5", "-1234.5"),
        ("\u22125", "-5"),
        ("+5", "5"),
        ("007", "7"),
        ("-0", "0"),
    ],
)
def test_comma_and_dot_are_read_as_people_type_them(typed, number):
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "number_empty"),
        (" ", "number_empty"),
        ("12.34.567", "number_grouping"),
        ("1.234.5", "number_grouping"),
        ("1.234,567,890", "number_grouping"),
        ("1,23,456", "number_grouping"),
        ("12 34", "number_grouping"),
        (",5", "number_grouping"),
        ("5,", "number_grouping"),
        ("1e5", "number_shape"),
        ("NaN", "number_shape"),
        ("Infinity", "number_shape"),
        ("0x10", "number_shape"),
        ("1_000", "number_shape"),
        ("--1", "number_shape"),
        ("+", "number_shape"),
        ("năm", "number_shape"),
        ("١٢٣", "number_shape"),
        ("1" * 41, "number_too_long"),
    ],
)
def test_a_number_that_cannot_be_read_in_one_way_says_why(typed, code):
    fault = parse_number(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


@given(DECIMALS)
def test_a_written_number_reads_back(number):
    assert parse_number(format_number(number)) == number
    assert parse_number(format_number(number, 4)) == number


@given(st.text())
def test_no_text_makes_the_number_parsers_raise(text):
    parse_number(text)
    parse_money(text)


@pytest.mark.parametrize(
    "typed",
    ["810000", "810.000", "810,000", "810 000", "810.000 đ", "810.000đ", "810.000 đồng", "810.000 VND", "810.000,00"],
)
def test_one_amount_has_many_spellings(typed):
    assert parse_money(typed) == 810000


def test_there_is_no_part_of_a_dong():
    assert parse_money("1,5 đ") == Fault("money_whole", {"found": "1,5 đ"})
    assert isinstance(parse_money("đồng"), Fault)


@given(st.integers(0, 10**15))
def test_written_money_reads_back(amount):
    assert parse_money(format_money(amount)) == amount
    assert parse_money(format_money_long(amount)) == amount
