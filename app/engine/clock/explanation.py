"""Explains a due moment day by day: what was counted, what was not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.engine.clock.standstill import Still, is_still, still_days, still_minutes
from app.engine.clock.stretch import Stretch, Track

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day. Days of a limit in hours have `minutes`, all others `counted` (0 or 1).

    `title` and `decision` come from the calendar; `pause` is the key of a pause that stands over the day.
    """

    date: date
    reason: str
    phase: int | None = None
    counted: int | None = None
    minutes: int | None = None
    title: str = ""
    decision: str = ""
    pause: str | None = None

    def as_plain(self) -> dict[str, Any]:
        """As the test vectors write it."""
        if self.minutes is not None:
            return {"date": self.date.isoformat(), "minutes": self.minutes, "phase": self.phase}
        plain: dict[str, Any] = {"date": self.date.isoformat(), "counted": self.counted, "reason": self.reason}
        return plain if self.phase is None else {**plain, "phase": self.phase}


def explain(track: Track, stretches: tuple[Stretch, ...]) -> Iterator[Entry]:
    """The entries of every phase in order; where the clock stands still, up to the day on which it was stopped."""
    for number, stretch in enumerate(stretches):
        if stretch.begin is not None:
            yield from _hours(track, stretch, number)
        elif stretch.zero is not None:
            yield from _Days(track, stretch, stretch.zero, number).entries()


def _hours(track: Track, stretch: Stretch, phase: int) -> Iterator[Entry]:
    minutes: dict[date, int] = {}
    for begin, end in _running(track, stretch):
        for day, run in track.calendar.office_minutes_by_day(begin, end).items():
            minutes[day] = minutes.get(day, 0) + run
    for day, run in minutes.items():
        title, decision = track.calendar.title(day), track.calendar.decision(day)
        yield Entry(day, "hours", phase, minutes=run, title=title, decision=decision)


def _running(track: Track, stretch: Stretch) -> Iterator[tuple[datetime, datetime]]:
    position = stretch.begin
    for pause, resumed in still_minutes(track.pauses):
        if position is None or (stretch.due is not None and pause >= stretch.due):
            break
        if pause > position:
            yield position, pause
        position = None if resumed is None else max(position, resumed)
    if position is not None and stretch.due is not None:
        yield position, stretch.due


class _Days:
    """The days of one stretch counted in days, walked one by one."""

    def __init__(self, track: Track, stretch: Stretch, zero: date, phase: int) -> None:
        self.track, self.stretch, self.zero, self.phase = track, stretch, zero, phase
        self.still: Still[date] = still_days(track.pauses)
        # the clock still stands: nothing after the day on which it was stopped can be told
        stopped = [pause.begin.date() for pause in track.pauses if pause.end is None] if stretch.due is None else []
        self.until = min(stopped, default=date.max)

    def entries(self) -> Iterator[Entry]:
        for entry in self._all():
            if entry.date > self.until:
                return
            yield entry

    def _all(self) -> Iterator[Entry]:
        last = self.zero
        if self.stretch.span.kind == "same_day":
            yield self._entry(last, "same_day", 1, phase=None)
        elif self.phase == 0:
            yield self._entry(last, "start", 0, phase=None)
        for entry in self._counting():
            yield entry
            last = entry.date
        ended = self.stretch.ended.date() if self.stretch.ended else last
        due = self.stretch.due.date() if self.stretch.due else ended
        for day in _days_after(last, ended):
            yield self._entry(day, "roll", 0)
        for day in _days_after(max(last, ended), due):
            yield self._after_end(day)

    def _counting(self) -> Iterator[Entry]:
        counted, day = 0, self.zero
        while counted < self.stretch.days and day < self.until:
            day += DAY
            entry = self._counted(day)
            counted += entry.counted or 0
            yield entry

    def _counted(self, day: date) -> Entry:
        is_paused = is_still(day, self.still)
        if self.stretch.span.unit != "working_day":
            return self._entry(day, "paused", 0) if is_paused else self._entry(day, "calendar", 1)
        kind = self.track.calendar.kind_of_day(day)
        if kind in ("weekend", "off"):
            return self._entry(day, kind, 0)
        return self._entry(day, "paused", 0) if is_paused else self._entry(day, kind, 1)

    def _after_end(self, day: date) -> Entry:
        """A day between the end of the limit and its due moment after a pause (rule 21)."""
        kind = self.track.calendar.kind_of_day(day)
        if kind in ("weekend", "off"):
            return self._entry(day, kind, 0)
        return self._entry(day, "paused" if is_still(day, self.still) else "after_pause", 0)

    def _entry(self, day: date, reason: str, counted: int, phase: int | None = -1) -> Entry:
        pause = self._pause_over(day) if reason == "paused" else None
        title, decision = self.track.calendar.title(day), self.track.calendar.decision(day)
        return Entry(day, reason, self.phase if phase == -1 else None, counted, None, title, decision, pause)

    def _pause_over(self, day: date) -> str | None:
        over = (pause.key for pause in self.track.pauses if is_still(day, still_days((pause,))))
        return next(over, None)


def _days_after(after: date, upto: date) -> Iterator[date]:
    day = after
    while day < upto:
        day += DAY
        yield day
