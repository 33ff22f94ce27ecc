"""Runs the phases of a limit one after the other over a calendar, leaving out what stands still (rules 11–22)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.engine.calendar import Calendar, CalendarUnknown
from app.engine.clock.settings import ClockSettings
from app.engine.clock.spans import Span, is_zero, spans_of
from app.engine.clock.standstill import Still, still_days, still_minutes
from app.engine.clock.start import Start, day_zero, end_moment, hour_zero, same_day
from app.engine.clock.values import Pause, Phase

MONTHS_PER_YEAR = 12
LAST_YEAR = date.max.year


@dataclass(frozen=True, slots=True)
class Stretch:
    """How one span ran. `zero` is day zero, `begin` the moment from which hours run, `days` how many days are counted.

    `last` is the last counted day (before rolling), `ended` the due moment before rule 21, `due` the due moment: None
    while it stands still.
    """

    span: Span
    zero: date | None = None
    begin: datetime | None = None
    days: int = 0
    last: date | None = None
    ended: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """Everything that a run of phases depends on beside the phases."""

    start: Start
    pauses: tuple[Pause, ...]
    calendar: Calendar
    settings: ClockSettings

    def run(self, phases: tuple[Phase, ...]) -> tuple[Stretch, ...]:
        """One stretch for each span; a limit of zero that is not measured has none."""
        if not phases:
            return ()
        spans = spans_of(phases, self.settings, steps=self.start.steps)
        self.calendar.check_known(self.start.at)
        if is_zero(phases):
            return self._nothing(spans)
        return tuple(self._stretches(spans))

    def due(self, phases: tuple[Phase, ...]) -> datetime | None:
        """The due moment of the last phase; None where nothing is measured or the clock stands still."""
        stretches = self.run(phases)
        return stretches[-1].due if stretches else None

    def _nothing(self, spans: tuple[Span, ...]) -> tuple[Stretch, ...]:
        if self.settings.zero_step == "unmeasured":
            return ()
        due = self.calendar.office_moment(self.start.at)
        return tuple(Stretch(Span("hours", span.unit, 0), begin=due, ended=due, due=due) for span in spans)

    def _stretches(self, spans: tuple[Span, ...]) -> Iterator[Stretch]:
        days: Still[date] = still_days(self.pauses)
        minutes: Still[datetime] = still_minutes(self.pauses)
        before: Stretch | None = None
        for number, span in enumerate(spans, 1):
            if before is not None and before.due is None:
                before = Stretch(span)
            elif span.kind == "hours":
                before = self._run_hours(span, before, minutes)
            elif span.kind == "days":
                before = self._run_days(span, before, days)
            else:
                before = self._run_same_day(span, before)
            if number == len(spans) and span.kind != "hours" and before.due is not None:
                before = self._settled(before)
            yield before

    def _run_hours(self, span: Span, before: Stretch | None, still: "Still[datetime]") -> Stretch:
        begin = before.due if before and before.due else hour_zero(self.start, self.calendar, self.settings)
        due = nth_minute(begin, span.amount, still, self.calendar)
        return Stretch(span, begin=begin, ended=due, due=due)

    def _run_days(self, span: Span, before: Stretch | None, still: "Still[date]") -> Stretch:
        zero = before.due.date() if before and before.due else day_zero(self.start, self.calendar, self.settings)
        if span.unit == "working_day":
            days, last = span.amount, nth_working_day(zero, span.amount, still, self.calendar)
        else:
            days = span.amount if span.unit == "calendar_day" else (months_later(zero, span.amount) - zero).days
            last = nth_calendar_day(zero, days, still)
        if last is None:
            return Stretch(span, zero=zero, days=days)
        due = end_moment(self.calendar.rolled(last), self.calendar, self.settings)
        return Stretch(span, zero=zero, days=days, last=last, ended=due, due=due)

    def _run_same_day(self, span: Span, before: Stretch | None) -> Stretch:
        # a later phase starts at a due moment, which no cut-off touches
        start = Start(before.due, "notice") if before and before.due else self.start
        day = same_day(start, self.calendar, self.settings)
        due = end_moment(day, self.calendar, self.settings)
        return Stretch(span, zero=day, last=day, ended=due, due=due)

    def _settled(self, stretch: Stretch) -> Stretch:
        """Rule 21: a limit does not end while it stands still."""
        due = stretch.due
        while due is not None:
            ends = [pause.end for pause in self.pauses if covers(pause, due)]
            if not ends:
                break
            due = None if None in ends else self._end_after(max(end for end in ends if end is not None))
        return Stretch(stretch.span, stretch.zero, stretch.begin, stretch.days, stretch.last, stretch.ended, due)

    def _end_after(self, resumed: datetime) -> datetime:
        return end_moment(self.calendar.next_working_day(resumed.date()), self.calendar, self.settings)


def covers(pause: Pause, moment: datetime) -> bool:
    """Whether the clock stands still at that moment by this pause."""
    return pause.begin <= moment and (pause.end is None or moment < pause.end)


def nth_working_day(zero: date, n: int, still: "Still[date]", calendar: Calendar) -> date | None:
    """The n-th working day after day zero that does not stand still; None if it never comes."""
    position, need = zero, n
    for begin, end in still:
        if end is not None and end <= position:
            continue
        stop = max(begin, position)
        run = calendar.working_days_between(position, stop)
        if run >= need:
            break
        need -= run
        if end is None:
            return None
        position = end
    return calendar.add_working_days(position, need) if need else position


def nth_calendar_day(zero: date, n: int, still: "Still[date]") -> date | None:
    """The n-th day after day zero that does not stand still; None if it never comes."""
    position, need = zero, n
    for begin, end in still:
        if end is not None and end <= position:
            continue
        run = max((begin - position).days, 0)
        if run >= need:
            break
        need -= run
        if end is None:
            return None
        position = end
    if position.toordinal() + need > date.max.toordinal():
        raise CalendarUnknown(LAST_YEAR)
    return position + timedelta(days=need)


def nth_minute(begin: datetime, n: int, still: "Still[datetime]", calendar: Calendar) -> datetime | None:
    """When n office minutes have run outside the pauses; used up exactly when a pause begins, it ended there."""
    if n == 0:
        return calendar.office_moment(begin)
    position, need = begin, n
    for pause, resumed in still:
        if resumed is not None and resumed <= position:
            continue
        if pause > position:
            run = calendar.office_minutes(position, pause)
            if run >= need:
                break
            need -= run
        if resumed is None:
            return None
        position = resumed
    return calendar.add_office_minutes(position, need)


def months_later(day: date, months: int) -> date:
    """The corresponding day, or the month's last day if it lacks it (BLDS Đ.148.3–4)."""
    count = day.year * MONTHS_PER_YEAR + day.month - 1 + months
    year, month = count // MONTHS_PER_YEAR, count % MONTHS_PER_YEAR + 1
    if year >= LAST_YEAR:
        raise CalendarUnknown(LAST_YEAR)
    following = date(year + month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))
