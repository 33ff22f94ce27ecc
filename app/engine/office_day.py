"""The office hours of one kind of day, as tables by the minute so that the calendar only looks up."""

from dataclasses import dataclass
from datetime import timedelta

Interval = tuple[int, int]
"""Half-open `[open, close)` in minutes of the day."""

MINUTES_OF_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """`elapsed[m]`: office minutes run at minute m; `after_opening[t]`: how long after the opening t have run."""

    intervals: tuple[Interval, ...]
    opening: timedelta
    closing: timedelta
    total: int
    elapsed: tuple[int, ...]
    after_opening: tuple[timedelta, ...]

    @classmethod
    def of(cls, intervals: tuple[Interval, ...]) -> "OfficeDay":
        """Intervals are in order, not empty and do not overlap; the edition has checked it."""
        elapsed = tuple(
            sum(min(max(minute - begin, 0), end - begin) for begin, end in intervals)
            for minute in range(MINUTES_OF_DAY + 1)
        )
        # the first minute with that many run: a full morning ends at its closing, not at the next opening (rule 15)
        first: dict[int, int] = {}
        for minute, run in enumerate(elapsed):
            first.setdefault(run, minute)
        opens, closes = intervals[0][0], intervals[-1][1]
        lengths = tuple(timedelta(minutes=first[run] - opens) for run in range(elapsed[-1] + 1))
        return cls(intervals, timedelta(minutes=opens), timedelta(minutes=closes), elapsed[-1], elapsed, lengths)

    def is_inside(self, minute: int) -> bool:
        """Whether the minute lies in office hours, closing minutes inside."""
        return any(begin <= minute <= end for begin, end in self.intervals)
