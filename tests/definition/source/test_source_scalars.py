from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definition.source import (
    Node,
    Reading,
    read_date,
    read_decimal,
    read_flag,
    read_integer,
    read_moment,
    read_source,
    read_time,
)

READERS = (read_flag, read_integer, read_decimal, read_date, read_moment, read_time)


def value(written: str) -> Node:
    tree = read_source("x.yaml", f"a: {written}\n".encode()).tree
    return tree.get("a")


def test_a_problem_stands_at_the_value_or_where_it_should_be():
    places = [read_flag(value(written), "a").notes[0].at("x.yaml") for written in ("maybe", "", '"true"')]
    assert [(problem.line, problem.column) for problem in places] == [(1, 4), (1, 3), (1, 4)]


def refused(reading: Reading) -> tuple[str, str]:
    assert reading.value is None
    (note,) = reading.notes
    problem = note.at("x.yaml")
    assert (problem.file, problem.line, problem.column) == ("x.yaml", 1, note.span.column)
    return problem.rule, problem.hint()


def test_a_flag_is_true_or_false():
    assert read_flag(value("true"), "list") == Reading(True)
    assert read_flag(value("false"), "list") == Reading(False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "true"),
        ("No", "false"),
        ("on", "true"),
        ("OFF", "false"),
        ("n", "false"),
        ("True", "true"),
        ("FALSE", "false"),
        ('"true"', "true"),
        ("'false'", "false"),
        ("có", "true"),
        ("Không", "false"),
    ],
)
def test_what_other_tools_take_for_a_flag_is_refused_with_the_fix(written, meant):
    assert refused(read_flag(value(written), "list")) == ("S08", f"Viết list: {meant}.")


@pytest.mark.parametrize("written", ["", "~", "1", "maybe", "[true]", "{a: true}", '""'])
def test_what_is_no_flag_at_all_is_of_the_wrong_type(written):
    assert refused(read_flag(value(written), "list")) == ("K03", "Viết ví dụ: list: true")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("12", 12),
        ("-3", -3),
        ("1_000", 1000),
        ("1_000_000_000", 10**9),
        ("12_345", 12345),
        ("9" * 18, 10**18 - 1),
    ],
)
def test_a_whole_number_is_read(written, number):
    assert read_integer(value(written), "max") == Reading(number)
    assert read_decimal(value(written), "max") == Reading(Decimal(number))


@pytest.mark.parametrize(
    "written",
    [
        "010",
        "0x1F",
        "0o7",
        "1e3",
        "1:30",
        "+5",
        "--1",
        "5.0",
        '"5"',
        "1_0",
        "1_0000",
        "_1",
        "1_",
        "0_000",
        "1.000.000",
        "1,000",
        "٣",
        "²",
        "9" * 19,
        "9" * 5000,
        ".inf",
        "",
        "~",
        "[1]",
        "a",
        "1__000",
    ],
)
def test_another_spelling_is_no_whole_number(written):
    assert refused(read_integer(value(written), "max")) == ("K03", "Viết ví dụ: max: 12")


@pytest.mark.parametrize(("written", "number"), [("0.5", "0.5"), ("-12.25", "-12.25"), ("1_000.50", "1000.50")])
def test_a_decimal_number_is_read_exactly(written, number):
    assert read_decimal(value(written), "min") == Reading(Decimal(number))


@pytest.mark.parametrize(
    "written", ["1,5", ".5", "5.", "1.2.3", "1e3", "0x1", "00.5", '"0.5"', "NaN", ".inf", "1._5", "1" * 30, ""]
)
def test_another_spelling_is_no_decimal_number(written):
    assert refused(read_decimal(value(written), "min")) == ("K03", "Viết ví dụ: min: 12.5")


@pytest.mark.parametrize(
    ("limits", "allowed"), [({"least": 6}, "từ 6"), ({"most": 4}, "đến 4"), ({"least": 0, "most": 4}, "từ 0 đến 4")]
)
def test_a_number_out_of_its_range_is_refused_with_the_range(limits, allowed):
    assert refused(read_integer(value("5"), "decimals", **limits)) == ("K04", f"Dùng được: {allowed}.")
    assert refused(read_decimal(value("5"), "decimals", **limits))[0] == "K04"
    assert read_integer(value("5"), "decimals", least=5, most=5) == Reading(5)


@pytest.mark.parametrize("written", ["2025-07-01", '"2025-07-01"'])
def test_a_date_is_read(written):
    assert read_date(value(written), "from") == Reading(date(2025, 7, 1))


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("01/07/2025", "2025-07-01"),
        ("1-7-2025", "2025-07-01"),
        ("2025-02-29", "2026-07-01"),
        ("2025-7-1", "2026-07-01"),
        ("20250701", "2026-07-01"),
        ("0000-01-01", "2026-07-01"),
        ("2025-W01-1", "2026-07-01"),
        ("2025-07-01 09:00", "2026-07-01"),
        ("", "2026-07-01"),
        ("[2025-07-01]", "2026-07-01"),
        ("٢٠٢٥-٠٧-٠١", "2026-07-01"),
    ],
)
def test_another_spelling_or_an_unreal_day_is_no_date(written, example):
    assert refused(read_date(value(written), "from")) == ("K03", f"Viết ví dụ: from: {example}")


def test_a_moment_is_read():
    assert read_moment(value("2025-08-27 09:00"), "received") == Reading(datetime(2025, 8, 27, 9, 0))


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("27/08/2025 9:05", "2025-08-27 09:05"),
        ("2025-08-27T09:00", "2025-08-27 09:00"),
        ("2025-08-27 24:00", "2026-07-01 09:00"),
        ("2025-08-27", "2026-07-01 09:00"),
        ("2025-08-27 09:00:00", "2025-08-27 09:00"),
        ("2025-08-27 09:00+07:00", "2026-07-01 09:00"),
        ("2025-13-27 09:00", "2026-07-01 09:00"),
        ("~", "2026-07-01 09:00"),
    ],
)
def test_another_spelling_is_no_moment(written, example):
    assert refused(read_moment(value(written), "received")) == ("K03", f"Viết ví dụ: received: {example}")


@pytest.mark.parametrize(
    ("written", "clock"), [('"15:00"', time(15)), ("07:30", time(7, 30)), ("00:00", time(0)), ("23:59", time(23, 59))]
)
def test_a_time_of_day_is_read_and_never_taken_for_a_number(written, clock):
    assert read_time(value(written), "cutoff") == Reading(clock)


@pytest.mark.parametrize(
    ("written", "example"),
    [
        ("7:30", "07:30"),
        ("24:00", "15:00"),
        ("15:60", "15:00"),
        ("15h", "15:00"),
        ("900", "15:00"),
        ("", "15:00"),
        ("{}", "15:00"),
    ],
)
def test_another_spelling_is_no_time_of_day(written, example):
    assert refused(read_time(value(written), "cutoff")) == ("K03", f'Viết ví dụ: cutoff: "{example}"')


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{b: 1}", "một nhóm khóa"),
        ("[1]", "một danh sách"),
        ("", "trống"),
        ('""', "trống"),
        ('"12"', 'chữ trong ngoặc "12"'),
        ("mười", '"mười"'),
        ("x" * 99, '"' + "x" * 59 + '…"'),
    ],
)
def test_the_message_says_what_stands_there_instead(written, said):
    (note,) = read_integer(value(written), "max").notes
    assert note.at("x").message() == f'"max" phải là số nguyên, đang là {said}'


@given(st.text(max_size=20))
def test_no_text_makes_a_reader_fail(text):
    tree = read_source("x.yaml", ('a: "' + text.replace("\\", "\\\\").replace('"', '\\"') + '"').encode()).tree
    for reader in READERS if tree else ():
        reading = reader(tree.get("a"), "a")
        assert (reading.value is None) == bool(reading.notes)


@given(st.integers(-(10**17), 10**17))
def test_every_whole_number_reads_back(number):
    assert read_integer(value(str(number)), "a").value == number
    assert read_integer(value(f"{number:_}"), "a").value == number


@given(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))
def test_every_date_and_moment_reads_back(moment):
    moment = moment.replace(second=0, microsecond=0)
    assert read_date(value(moment.date().isoformat()), "a").value == moment.date()
    assert read_moment(value(moment.isoformat(" ", "minutes")), "a").value == moment
    assert read_time(value(moment.time().isoformat("minutes")), "a").value == moment.time()
