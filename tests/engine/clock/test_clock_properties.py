"""What must hold for every date, limit and history; a slow walker that shares no code is the judge."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.calendar import Calendar
from app.engine.clock import ClockEvent, ClockSettings, Limit, Phase, read_clock, step_due

from .conftest import calendar_named, edition
from .walker import Span, Walker

NAMES = ("vn-hours-standard", "vn-hours-season", "vn-hours-eight", "vn-2024-first-edition")
names = st.sampled_from(NAMES)
days = st.dates(date(2017, 1, 1), date(2028, 12, 31))
moments = st.datetimes(datetime(2017, 1, 2), datetime(2027, 12, 31, 23, 59)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
# hours that matter: openings, closings, lunch, the cut-off, night
clock_times = st.sampled_from(
    [(0, 0), (7, 29), (7, 30), (10, 20), (11, 30), (11, 45), (13, 0), (15, 0), (16, 59), (17, 0), (17, 1), (23, 59)]
)
office_moments = st.builds(
    lambda day, at: datetime(day.year, day.month, day.day, *at),
    st.dates(date(2017, 1, 2), date(2027, 12, 31)),
    clock_times,
)
PROFILE = settings(max_examples=120, deadline=None)


@st.composite
def histories(draw: st.DrawFn) -> tuple[datetime, list[Span], list[ClockEvent]]:
    """A receipt and pauses, some overlapping, the last ones perhaps still open."""
    start = draw(office_moments)
    spans: list[Span] = []
    events: list[tuple[datetime, int, ClockEvent]] = []
    for number in range(draw(st.integers(0, 4))):
        begin = _later(start, draw(st.integers(0, 14)), draw(clock_times))
        end = _later(begin, draw(st.integers(0, 9)), draw(clock_times)) if draw(st.integers(0, 5)) else None
        spans.append((begin, end))
        events.append((begin, 2 * number, ClockEvent("paused", begin, pause=str(number))))
        if end is not None:
            events.append((end, 2 * number + 1, ClockEvent("resumed", end, pause=str(number))))
    ordered = [event for _, _, event in sorted(events, key=lambda entry: (entry[0], entry[1]))]
    return start, spans, [ClockEvent("submitted", start), *ordered]


def _later(moment: datetime, number: int, at: tuple[int, int]) -> datetime:
    day = moment + timedelta(days=number)
    return max(moment, day.replace(hour=at[0], minute=at[1]))


def due_of(limit: Limit, events: list[ClockEvent], calendar: Calendar, **changes: object) -> datetime | None:
    return read_clock(limit, events, events[-1].at, calendar, ClockSettings.from_mapping(changes)).due


@PROFILE
@given(names, days, st.integers(1, 120))
def test_working_days_agree_with_the_walker(name: str, day: date, n: int) -> None:
    expected = day
    for _ in range(n):
        expected = Walker(edition(name)).next_working(expected)
    assert calendar_named(name).add_working_days(day, n) == expected
    assert calendar_named(name).working_days_between(day, expected) == n


@PROFILE
@given(names, histories(), st.integers(1, 15))
def test_limits_in_working_days_agree_with_the_walker(
    name: str, history: tuple[datetime, list[Span], list[ClockEvent]], n: int
) -> None:
    start, spans, events = history
    expected = Walker(edition(name)).days_due(start, n, spans, working=True)
    assert due_of(Limit.of(n, "working_day", "submitted"), events, calendar_named(name)) == expected


@PROFILE
@given(names, histories(), st.integers(1, 30))
def test_limits_in_calendar_days_agree_with_the_walker(
    name: str, history: tuple[datetime, list[Span], list[ClockEvent]], n: int
) -> None:
    start, spans, events = history
    expected = Walker(edition(name)).days_due(start, n, spans, working=False)
    assert due_of(Limit.of(n, "calendar_day", "submitted"), events, calendar_named(name)) == expected


@settings(max_examples=60, deadline=None)
@given(names, histories(), st.integers(1, 2400))
def test_limits_in_hours_agree_with_the_walker_minute_by_minute(
    name: str, history: tuple[datetime, list[Span], list[ClockEvent]], minutes: int
) -> None:
    start, spans, events = history
    hours = Phase(minutes / 4 / 15, "hour") if minutes % 15 == 0 else Phase(minutes // 60 + 1, "hour")
    whole = round(float(hours.value) * 60)
    expected = Walker(edition(name)).hours_due(start, whole, spans)
    assert due_of(Limit((hours,), "submitted"), events, calendar_named(name)) == expected


@PROFILE
@given(moments, st.sampled_from(["working_day", "calendar_day", "month"]), st.integers(1, 20))
def test_a_due_date_is_never_a_day_off(at: datetime, unit: str, n: int) -> None:
    calendar = calendar_named("vn-hours-standard")
    due = due_of(Limit.of(n, unit), [ClockEvent("received", at)], calendar)  # type: ignore[arg-type]
    assert due is not None
    assert calendar.is_working_day(due)
    assert due == calendar.closing(due.date())


@PROFILE
@given(moments, st.sampled_from(["working_day", "calendar_day", "month", "hour"]), st.integers(1, 60))
def test_a_longer_limit_never_ends_earlier(at: datetime, unit: str, n: int) -> None:
    calendar = calendar_named("vn-hours-season")
    most = 30 if unit == "month" else n
    lengths = (min(n, most), min(n, most) + 1)
    dues = [due_of(Limit.of(k, unit), [ClockEvent("received", at)], calendar) for k in lengths]  # type: ignore[arg-type]
    assert dues[0] is not None
    assert dues[1] is not None
    assert dues[0] <= dues[1]


@PROFILE
@given(histories(), st.sampled_from(["working_day", "calendar_day", "month", "hour"]), st.integers(1, 12))
def test_pausing_never_makes_due_earlier(
    history: tuple[datetime, list[Span], list[ClockEvent]], unit: str, n: int
) -> None:
    calendar = calendar_named("vn-hours-standard")
    limit = Limit.of(n, unit, "submitted")  # type: ignore[arg-type]
    _, _, events = history
    plain, paused = due_of(limit, events[:1], calendar), due_of(limit, events, calendar)
    assert plain is not None
    assert paused is None or plain <= paused


@PROFILE
@given(histories(), st.integers(0, 25), st.sampled_from(["working_day", "calendar_day", "hour"]), st.integers(1, 12))
def test_replaying_a_history_gives_the_same_reading_and_every_explanation_ends_at_the_due_date(
    history: tuple[datetime, list[Span], list[ClockEvent]], later: int, unit: str, n: int
) -> None:
    calendar = calendar_named("vn-hours-standard")
    limit = Limit.of(n, unit, "submitted")  # type: ignore[arg-type]
    _, _, events = history
    now = max(event.at for event in events) + timedelta(hours=6 * later)
    first, second = (read_clock(limit, iter(events), now, calendar) for _ in range(2))
    assert first == second
    entries = first.explain()
    assert entries == second.explain()
    if first.due is not None:
        assert entries[-1].date == first.due.date()
        told = sum(entry.minutes or entry.counted or 0 for entry in entries)
        assert told == (n * 60 if unit == "hour" else n)


@PROFILE
@given(moments, st.integers(1, 40), st.sampled_from(["hours", "days"]))
def test_the_fast_step_agrees_with_the_full_reading(at: datetime, n: int, step_days: str) -> None:
    calendar = calendar_named("vn-hours-standard")
    chosen = ClockSettings.from_mapping({"step_days": step_days})
    for unit in ("hour", "working_day", "calendar_day"):
        budget = Limit.budget((Phase(n, unit),))
        reading = read_clock(budget, [ClockEvent("entered", at)], at, calendar, chosen)
        assert step_due(n, unit, at, calendar, chosen) == reading.due


@PROFILE
@given(moments, moments)
def test_office_minutes_add_up(first: datetime, second: datetime) -> None:
    calendar = calendar_named("vn-hours-season")
    begin, end = sorted((first, second))
    run = calendar.office_minutes(begin, end)
    assert run >= 0
    assert calendar.office_minutes(end, begin) == -run
    assert sum(calendar.office_minutes_by_day(begin, min(end, begin + timedelta(days=40))).values()) == (
        calendar.office_minutes(begin, min(end, begin + timedelta(days=40)))
    )
    if run > 0:
        assert calendar.add_office_minutes(begin, run) <= end


@pytest.mark.parametrize("name", NAMES)
def test_every_known_day_is_the_kind_that_the_walker_says(name: str) -> None:
    walker, calendar = Walker(edition(name)), calendar_named(name)
    every = [date(2017, 1, 1) + timedelta(days=number) for number in range(14 * 365)]
    assert [day for day in every if calendar.is_working_day(day) != walker.works(day)] == []
