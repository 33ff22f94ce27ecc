"""Which days and minutes are not counted because of pauses, as merged intervals (rules 20 and 22)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from app.engine.clock.values import Pause

T = TypeVar("T", date, datetime)
Still = tuple[tuple[T, T | None], ...]
"""In order and not overlapping; None as its end: for ever, as far as is known."""


def still_days(pauses: Iterable[Pause]) -> "Still[date]":
    """Day D is not counted iff begin < D <= end: the day of the pause counts, that of the resumption does not."""
    return _merged((pause.begin.date(), pause.end.date() if pause.end else None) for pause in pauses)


def still_minutes(pauses: Iterable[Pause]) -> "Still[datetime]":
    """Minutes from the pause until before the resumption do not run."""
    return _merged((pause.begin, pause.end) for pause in pauses)


def is_still(day: date, still: "Still[date]") -> bool:
    """Whether the day is not counted."""
    return any(begin < day and (end is None or day <= end) for begin, end in still)


def _merged(intervals: Iterable[tuple[T, T | None]]) -> "Still[T]":
    merged: list[tuple[T, T | None]] = []
    for begin, end in sorted(intervals, key=lambda interval: interval[0]):
        if end is not None and end <= begin:
            continue
        if merged:
            before, until = merged[-1]
            if until is None:
                break
            if begin <= until:
                merged[-1] = (before, None if end is None else max(until, end))
                continue
        merged.append((begin, end))
    return tuple(merged)
