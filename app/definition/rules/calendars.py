"""Rules about the calendar: days off, make-up days, office hours (O05 O06 O10)."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from app.definition.rules.references import listed
from app.definition.rules.subject import Finding, KeyPath, Library

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKEND = ("sat", "sun")
_SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])")


def off_and_made_up(library: Library) -> Iterator[Finding]:
    """O05: one day is both a day off and a make-up day."""
    off = {day for body in library.calendar_years.values() for day in _days_off(body)}
    for year, at, day in _makeup_days(library):
        if day in off:
            path: KeyPath = ("makeup_days", at, "date")
            yield Finding(path, "O05", {"day": day}, document=f"calendar/{year}")


def made_up_for_nothing(library: Library) -> Iterator[Finding]:
    """O06: a make-up day on which the office is open anyway."""
    off = {day for body in library.calendar_years.values() for day in _days_off(body)}
    for year, at, day in _makeup_days(library):
        weekly = listed(library.calendar_years[year].get("weekly_off")) or list(_WEEKEND)
        if _WEEKDAYS[day.weekday()] not in weekly and day not in off:
            path: KeyPath = ("makeup_days", at, "date")
            yield Finding(path, "O06", {"day": day}, document=f"calendar/{year}")


def _makeup_days(library: Library) -> Iterator[tuple[int, int, date]]:
    for year, body in library.calendar_years.items():
        for at, entry in enumerate(listed(body.get("makeup_days"))):
            day = _day(entry.get("date") if isinstance(entry, Mapping) else None)
            if day is not None:
                yield year, at, day


def _days_off(body: Mapping[str, Any]) -> Iterator[date]:
    for entry in listed(body.get("days_off")):
        first = _day(entry.get("from") if isinstance(entry, Mapping) else None)
        if first is None:
            continue
        last = _day(entry.get("to")) or first
        for number in range(max(0, min((last - first).days, 366)) + 1):
            yield first + timedelta(days=number)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def office_hours(library: Library) -> Iterator[Finding]:
    """O10: office hours that are reversed, overlap or are none."""
    for year, body in library.calendar_years.items():
        for name in ("office_hours", "counter_hours"):
            for at, entry in enumerate(listed(body.get(name))):
                spans = listed(entry.get("open") if isinstance(entry, Mapping) else None)
                if not _in_order(spans):
                    path: KeyPath = (name, at, "open")
                    shown = ", ".join(str(span) for span in spans)
                    yield Finding(path, "O10", {"hours": shown or "[]"}, document=f"calendar/{year}")


def _in_order(spans: list[Any]) -> bool:
    times: list[str] = []
    for span in spans:
        if not isinstance(span, str) or _SPAN.fullmatch(span) is None:
            return False
        times.extend(span.split("-"))
    rising = all(first < last for first, last in zip(times[::2], times[1::2], strict=True))
    return bool(times) and rising and times == sorted(times)
