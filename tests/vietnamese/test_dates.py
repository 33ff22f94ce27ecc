from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.dates import (
    format_date,
    format_moment,
    format_moment_long,
    format_time,
    parse_date,
    parse_moment,
    parse_time,
    weekday_name,
)
from app.vietnamese.fault import Fault

DAYS = st.dates(min_value=date(1800, 1, 1))
MINUTES = st.datetimes(min_value=datetime(1800, 1, 1)).map(lambda moment: moment.replace(second=0, microsecond=0))


def test_dates_are_written_as_offices_write_them():
    moment = datetime(2026, 11, 26, 17, 0)
    assert format_date(date(2026, 3, 5)) == "05/03/2026"
    assert format_moment(moment) == "17:00, 26/11/2026"
    assert format_moment_long(moment) == "17:00 thứ Năm, 26/11/2026"
    assert format_time(time(7, 5)) == "07:05"


def test_the_week_runs_from_monday_to_sunday():
    assert [weekday_name(date(2026, 11, day)) for day in range(23, 30)] == [
        "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["26/11/2026", "26-11-2026", "2026-11-26", " 26/11/2026 "])
def test_three_spellings_of_a_date_are_read(typed):
    assert parse_date(typed) == date(2026, 11, 26)


def test_day_and_month_may_lack_their_zero():
    assert parse_date("5/8/2026") == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_empty"),
        ("   ", "date_empty"),
        ("hôm nay", "date_shape"),
        ("26/11-2026", "date_shape"),
        ("2026/11/26", "date_shape"),
        ("26.11.2026", "date_shape"),
        ("٢٦/١١/٢٠٢٦", "date_shape"),
        ("26/11/26", "date_short_year"),
        ("11/26/2026", "date_month"),
        ("00/11/2026", "date_day"),
        ("31/04/2026", "date_day"),
        ("29/02/2026", "date_day"),
        ("29/02/0202", "date_year"),
        ("2026-13-01", "date_month"),
        ("9" * 5000, "date_shape"),
    ],
)
def test_a_date_that_cannot_be_says_why(typed, code):
    fault = parse_date(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


def test_a_day_beyond_the_month_names_the_last_one():
    assert parse_date("31/02/2028") == Fault("date_day", {"day": 31, "month": 2, "year": 2028, "last": 29})


@given(DAYS)
def test_a_written_date_reads_back(day):
    assert parse_date(format_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(MINUTES)
def test_a_written_moment_reads_back(moment):
    assert parse_moment(format_moment(moment)) == moment
    assert parse_moment(moment.isoformat(timespec="minutes")) == moment
    assert parse_moment(f"{format_date(moment)} {format_time(moment)}") == moment


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_empty"),
        ("26/11/2026", "moment_shape"),
        ("25:00, 26/11/2026", "time_range"),
        ("17:00, 31/11/2026", "date_day"),
        ("17h, x", "date_shape"),
    ],
)
def test_a_moment_that_cannot_be_says_why(typed, code):
    fault = parse_moment(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


@pytest.mark.parametrize(
    ("typed", "code"), [("", "time_empty"), ("24:00", "time_range"), ("7h30", "time_shape"), ("07:30:01", "time_shape")]
)
def test_a_time_that_cannot_be_says_why(typed, code):
    fault = parse_time(typed)
    assert isinstance(fault, Fault)
    assert fault.code == code


@given(st.text())
def test_no_text_makes_the_date_parsers_raise(text):
    for parse in (parse_date, parse_time, parse_moment):
        parse(text)
