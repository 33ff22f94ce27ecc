from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definition.duration import Duration, DurationProblem, Segment, parse_duration


def duration(text: str, *, steps: bool = False) -> Duration:
    found = parse_duration(text, steps=steps)
    assert isinstance(found, Duration), found
    return found


@pytest.mark.parametrize(
    ("text", "canonical", "vietnamese"),
    [
        ("5 working days", "5 working days", "5 ngày làm việc"),
        ("1 working day", "1 working day", "1 ngày làm việc"),
        (" 4   hours ", "4 hours", "4 giờ"),
        ("1 hours", "1 hour", "1 giờ"),
        ("15days", "15 days", "15 ngày"),
        ("2 weeks", "2 weeks", "2 tuần"),
        ("1 month", "1 month", "1 tháng"),
        ("70 years", "70 years", "70 năm"),
        ("1.5 working  days", "1.5 working days", "1,5 ngày làm việc"),
        ("0.25 hours", "0.25 hours", "0,25 giờ"),
        ("3 working days + 70 days+5 working days", "3 working days + 70 days + 5 working days",
         "3 ngày làm việc cộng 70 ngày cộng 5 ngày làm việc"),
        ("same day", "same day", "trong ngày"),
        ("at  once", "at once", "ngay"),
        ("none", "none", "không quy định thời hạn"),
        ("phases", "phases", "theo thời hạn của từng giai đoạn"),
        ("until deadline", "until deadline", "đến hết deadline"),
    ],
)  # fmt: skip
def test_durations_are_read_printed_and_said(text: str, canonical: str, vietnamese: str) -> None:
    found = duration(text)
    assert found.to_text() == canonical
    assert found.to_vietnamese() == vietnamese
    assert duration(canonical).to_text() == canonical


def test_until_keeps_the_expression_and_where_it_begins() -> None:
    found = duration("  until  max(actions.deadline) ")
    assert (found.kind, found.until, found.until_offset) == ("until", "max(actions.deadline)", 9)
    assert found.to_vietnamese("Hạn hoàn thành lớn nhất") == "đến hết Hạn hoàn thành lớn nhất"


@pytest.mark.parametrize(
    ("text", "rule", "at"),
    [
        ("", "K03", ""),
        ("   ", "K03", "   "),
        ("five days", "K03", "five days"),
        ("5", "K03", "5"),
        ("5 fortnights", "K03", "5 fortnights"),
        ("5 Days", "K03", "5 Days"),
        ("working days", "K03", "working days"),
        ("-5 days", "K03", "-5 days"),
        ("0 days", "K03", "0 days"),
        ("10000 days", "K03", "10000 days"),
        ("1,5 working days", "K03", "1,5 working days"),
        ("1.2.3 days", "K03", "1.2.3 days"),
        ("5 days +", "K03", ""),
        ("+ 5 days", "K03", ""),
        ("5 days + + 3 days", "K03", ""),
        ("3 days + x", "K03", "x"),
        ("same day + 5 days", "K03", "same day"),
        ("until", "K03", "until"),
        ("until ", "K03", "until"),
        ("5 days" + " " * 500, "K03", "5 days" + " " * 500),
        ("0.5 days", "T06", "0.5 days"),
        ("0.3 working days", "T06", "0.3 working days"),
        ("0.123 hours", "T06", "0.123 hours"),
        ("1.5 months", "T06", "1.5 months"),
        ("2 days + 0.5 weeks", "T06", "0.5 weeks"),
    ],
)
def test_what_is_no_duration_is_refused_where_it_stands(text: str, rule: str, at: str) -> None:
    found = parse_duration(text)
    assert isinstance(found, DurationProblem)
    assert found.rule == rule
    assert text[found.offset : found.offset + found.length] == at
    assert found.cure.vi
    assert found.cure.en


def test_quarters_of_calendar_days_are_for_steps_only() -> None:
    assert duration("0.25 days", steps=True).segments == (Segment(Fraction(1, 4), "day"),)
    assert isinstance(parse_duration("0.25 weeks", steps=True), DurationProblem)
    assert isinstance(parse_duration("0.3 days", steps=True), DurationProblem)


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("8 hours", "1 working day", True),
        ("1 week", "7 days", True),
        ("1 year", "12 months", True),
        ("2 days + 5 days", "1 week", True),
        ("1 working day", "1 day", False),
        ("1 month", "30 days", False),
        ("3 days + 1 month", "1 month + 3 days", False),
        ("same day", "at once", False),
        ("until a", "until a", True),
    ],
)
def test_two_spellings_of_one_duration_measure_alike(first: str, second: str, alike: bool) -> None:
    assert (duration(first).measure() == duration(second).measure()) is alike


def test_adding_merges_units_of_one_family_and_keeps_others_apart() -> None:
    assert duration("2 days").plus(duration("3 days")).to_text() == "5 days"
    assert duration("1 working day").plus(duration("4 hours")).to_text() == "12 hours"
    assert duration("1 month").plus(duration("3 days")).to_text() == "1 month + 3 days"
    assert Duration().plus(duration("3 days")).to_text() == "3 days"


UNITS = st.sampled_from(["hour", "working_day", "day", "week", "month", "year"])
SEGMENTS = st.builds(Segment, st.integers(1, 9999).map(Fraction), UNITS)


@settings(deadline=None)
@given(st.lists(SEGMENTS, min_size=1, max_size=4).map(tuple))
def test_what_is_printed_reads_back(segments: tuple[Segment, ...]) -> None:
    written = Duration(segments)
    assert duration(written.to_text()) == written


@settings(deadline=None)
@given(st.text(max_size=40) | st.text("0123456789.+ daysworkinghut", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    found = parse_duration(text, steps=True)
    if isinstance(found, DurationProblem):
        assert 0 <= found.offset <= found.offset + found.length <= len(text)
    else:
        assert found.to_vietnamese()
