"""Working days and office hours of one calendar edition, laid out as tables: every question is a look-up.

Everything is naive local time (Asia/Ho_Chi_Minh knows no daylight saving), by the minute. A date outside the known
years raises `CalendarUnknown`: a due date is never guessed.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app.engine.edition import Edition, Habits, Hours, parse_edition
from app.engine.office_day import Interval, OfficeDay

MIDNIGHT = time()
NEVER = datetime(1, 1, 1)


class ClockError(ValueError):
    """Something for which no due date can be given; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class CalendarUnknown(ClockError):
    """A date of a year whose days off are not known (rule 4)."""

    def __init__(self, year: int) -> None:
        super().__init__("calendar_unknown", f"there is no calendar for {year}")
        self.year = year


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Built once an edition by `from_edition`, then only read.

    Days are numbered from the first known one, working days from 1; `_upto[i]` is the number of working days up to
    and including day i, so the n-th working day after it is number `_upto[i] + n`.
    """

    edition: Edition = field(repr=False)
    _first: int = field(repr=False)
    _upto: tuple[int, ...] = field(repr=False)
    _office: tuple[OfficeDay | None, ...] = field(repr=False)
    _minutes_before: tuple[int, ...] = field(repr=False)
    _dates: tuple[date, ...] = field(repr=False)
    _openings: tuple[datetime, ...] = field(repr=False)
    _closings: tuple[datetime, ...] = field(repr=False)
    _after_opening: tuple[tuple[timedelta, ...], ...] = field(repr=False)
    _ends: tuple[int, ...] = field(repr=False)

    @classmethod
    def from_edition(cls, document: Mapping[str, Any]) -> "Calendar":
        """The calendar of an edition in its JSON form; raises `EditionFault` naming the wrong place."""
        return _laid_out(parse_edition(document))

    # ---- kinds of day (rule 2)

    def is_working_day(self, day: date) -> bool:
        """Rule 2: a make-up day, or an ordinary weekday that is no day off."""
        return self._office[self._position(day)] is not None

    def kind_of_day(self, day: date) -> str:
        """`working`, `makeup`, `off` (a named day off) or `weekend`."""
        if self.is_working_day(day):
            return "makeup" if day in self.edition.makeup_days else "working"
        return "off" if day in self.edition.days_off else "weekend"

    def title(self, day: date) -> str:
        """What the edition calls the day off or make-up day; empty for an ordinary day."""
        return self.edition.makeup_days.get(day) or self.edition.days_off.get(day, "")

    def decision(self, day: date) -> str:
        """The decision that made it a day off or a make-up day, where one is recorded."""
        return self.edition.decisions.get(day, "")

    def is_projected(self, day: date) -> bool:
        """Whether the days off around that date are not decided yet."""
        return self.edition.projected_from is not None and day >= self.edition.projected_from

    def is_counter_open(self, moment: datetime) -> bool:
        """Receipts are taken on a weekend that is no named day off, ends included (rule 3); nothing is counted."""
        day = moment.date()
        habits = self.edition.habits_in(day.year)
        if self.kind_of_day(day) != "weekend" or day.isoweekday() not in habits.counter_hours:
            return False
        minute = moment.hour * 60 + moment.minute
        return any(begin <= minute <= end for begin, end in habits.counter_hours[day.isoweekday()])

    # ---- working days

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after the day, which is itself never counted; n from 1."""
        position = day.toordinal() - self._first
        if position < 0 or n < 1:
            raise _unusable(day, n)
        try:
            return self._dates[self._upto[position] + n]
        except IndexError:
            raise self._beyond(day) from None

    def closing_after(self, day: date, n: int) -> datetime:
        """The closing of the n-th working day after the day; n from 1."""
        position = day.toordinal() - self._first
        if position < 0 or n < 1:
            raise _unusable(day, n)
        try:
            return self._closings[self._upto[position] + n]
        except IndexError:
            raise self._beyond(day) from None

    def next_working_day(self, day: date) -> date:
        """The first working day after the day."""
        return self.add_working_days(day, 1)

    def rolled(self, day: date) -> date:
        """The day itself if it is worked, else the next working day (rule 12)."""
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def working_day_before(self, day: date, k: int) -> date | None:
        """The k-th working day before the day; None where it lies before the first known day."""
        position = self._position(day)
        number = self._upto[position] - (self._office[position] is not None) - k + 1
        return self._dates[number] if number >= 1 else None

    def working_days_between(self, after: date, upto: date) -> int:
        """How many working days lie after the first date, up to and including the second."""
        return self._upto[self._position(upto)] - self._upto[self._position(after)]

    def check_known(self, day: date) -> None:
        """Raise `CalendarUnknown` for a date outside the known years."""
        self._position(day)

    # ---- office hours

    def opening(self, working_day: date) -> datetime:
        """The first minute of the office on a working day."""
        return self._openings[self._upto[self._position(working_day)]]

    def closing(self, working_day: date) -> datetime:
        """The end of office hours on a working day."""
        return self._closings[self._upto[self._position(working_day)]]

    def add_office_minutes(self, moment: datetime, minutes: int) -> datetime:
        """When that many office minutes have run; exhausted at a closing it is that closing (rule 15). From 1."""
        position = moment.toordinal() - self._first
        if position < 0 or minutes < 1:
            raise _unusable(moment, minutes)
        try:
            target = self._minutes_before[position] + minutes
            office = self._office[position]
            if office is not None:
                target += office.elapsed[moment.hour * 60 + moment.minute]
            number = bisect_left(self._ends, target)
            return self._openings[number] + self._after_opening[number][target - self._ends[number - 1]]
        except IndexError:
            raise self._beyond(moment) from None

    def add_working_hours(self, moment: datetime, hours: int) -> datetime:
        """When that many hours of office time have run; from 1."""
        return self.add_office_minutes(moment, hours * 60)

    def office_minutes(self, begin: datetime, end: datetime) -> int:
        """Office minutes from one moment to the other; negative if the other lies earlier."""
        return self._elapsed(end) - self._elapsed(begin)

    def office_minutes_by_day(self, begin: datetime, end: datetime) -> dict[date, int]:
        """The days on which office minutes run from one moment to the other, and how many."""
        found: dict[date, int] = {}
        day = begin.date()
        while day <= end.date():
            from_ = max(begin, datetime.combine(day, MIDNIGHT))
            to = min(end, datetime.combine(day, MIDNIGHT) + timedelta(hours=23, minutes=59))
            run = self.office_minutes(from_, to)
            if run > 0:
                found[day] = run
            day += timedelta(days=1)
        return found

    def is_office_open(self, moment: datetime) -> bool:
        """Within office hours, closing minutes inside."""
        office = self._office[self._position(moment)]
        return office is not None and office.is_inside(moment.hour * 60 + moment.minute)

    def office_moment(self, moment: datetime) -> datetime:
        """The moment itself within office hours (closing minutes inside), else the next opening."""
        if self.is_office_open(moment):
            return moment
        office = self._office[self._position(moment)]
        minute = moment.hour * 60 + moment.minute
        later = [begin for begin, _ in office.intervals if begin > minute] if office is not None else []
        if later:
            return datetime.combine(moment.date(), MIDNIGHT) + timedelta(minutes=later[0])
        return self.opening(self.next_working_day(moment.date()))

    def is_after_closing(self, moment: datetime) -> bool:
        """Later than the end of office hours of a working day; the closing minute itself is not."""
        return self.is_working_day(moment) and moment > self.closing(moment.date())

    def _elapsed(self, moment: datetime) -> int:
        position = self._position(moment)
        office = self._office[position]
        today = office.elapsed[moment.hour * 60 + moment.minute] if office is not None else 0
        return self._minutes_before[position] + today

    def _position(self, day: date) -> int:
        position = day.toordinal() - self._first
        if not 0 <= position < len(self._upto):
            raise CalendarUnknown(day.year)
        return position

    def _beyond(self, day: date) -> CalendarUnknown:
        if day.toordinal() - self._first >= len(self._upto):
            return CalendarUnknown(day.year)
        return CalendarUnknown((self.edition.known_to + timedelta(days=1)).year)


def _unusable(day: date, amount: int) -> ClockError:
    return CalendarUnknown(day.year) if amount >= 1 else ClockError("amount", f"{amount} is not at least 1")


def _laid_out(edition: Edition) -> Calendar:
    """Walk the known days once and write down everything that will be asked."""
    kinds: dict[tuple[Interval, ...], OfficeDay] = {}
    office: list[OfficeDay | None] = []
    upto: list[int] = []
    minutes_before: list[int] = []
    # working days are numbered from 1: entry 0 keeps the place and is never an answer
    worked: list[tuple[date, datetime, datetime, tuple[timedelta, ...]]] = [(date.min, NEVER, NEVER, ())]
    ends = [0]
    for ordinal in range(edition.known_from.toordinal(), edition.known_to.toordinal() + 1):
        day = date.fromordinal(ordinal)
        minutes_before.append(ends[-1])
        today: OfficeDay | None = None
        if _is_worked(edition, day):
            intervals = _intervals(edition.habits_in(day.year), day)
            today = kinds.get(intervals) or kinds.setdefault(intervals, OfficeDay.of(intervals))
            midnight = datetime.combine(day, MIDNIGHT)
            worked.append((day, midnight + today.opening, midnight + today.closing, today.after_opening))
            ends.append(ends[-1] + today.total)
        office.append(today)
        upto.append(len(worked) - 1)
    dates, openings, closings, after_opening = zip(*worked, strict=True)
    return Calendar(
        edition=edition,
        _first=edition.known_from.toordinal(),
        _upto=tuple(upto),
        _office=tuple(office),
        _minutes_before=tuple(minutes_before),
        _dates=dates,
        _openings=openings,
        _closings=closings,
        _after_opening=after_opening,
        _ends=tuple(ends),
    )


def _is_worked(edition: Edition, day: date) -> bool:
    if day in edition.makeup_days:
        return True
    return day not in edition.days_off and day.isoweekday() not in edition.habits_in(day.year).weekly_off


def _intervals(habits: Habits, day: date) -> tuple[Interval, ...]:
    """The last entry whose first day is not later holds; before the first entry of a year, the last one runs on."""
    holding: Hours = habits.office_hours[-1]
    for entry in habits.office_hours:
        if entry.since <= (day.month, day.day):
            holding = entry
    return holding.by_weekday.get(day.isoweekday(), holding.intervals)
