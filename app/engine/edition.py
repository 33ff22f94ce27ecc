"""Reads the JSON form of a calendar edition: checked, typed, and naming the place of whatever is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from app.engine.office_day import Interval

T = TypeVar("T")
MonthDay = tuple[int, int]

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2][0-9]|3[01])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOST_YEARS = 200
"""An edition is a table of days; a longer span is a slip of the finger and would only cost memory."""


class EditionFault(ValueError):
    """A calendar edition that cannot be used: where, and what is expected there."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place, self.message = place, message


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours that hold from a day of the year on; `by_weekday` says where one weekday differs from them."""

    since: MonthDay
    intervals: tuple[Interval, ...]
    by_weekday: Mapping[int, tuple[Interval, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Habits:
    """What an ordinary week looks like: `office_hours` in order of their first day."""

    weekly_off: frozenset[int]
    office_hours: tuple[Hours, ...]
    counter_hours: Mapping[int, tuple[Interval, ...]]


@dataclass(frozen=True, slots=True)
class Edition:
    """A calendar as it was decided at one time. `years` holds the habits of years that differ from `habits`."""

    name: str
    known_from: date
    known_to: date
    projected_from: date | None
    habits: Habits
    years: Mapping[int, Habits]
    days_off: Mapping[date, str]
    makeup_days: Mapping[date, str]
    decisions: Mapping[date, str]

    def habits_in(self, year: int) -> Habits:
        """The weekly habits of that year."""
        return self.years.get(year, self.habits)


def parse_edition(document: Mapping[str, Any]) -> Edition:
    """Raise `EditionFault` for anything that is missing or not what the format says."""
    if not isinstance(document, Mapping):
        raise EditionFault("calendar", "must be a mapping")
    known_from, known_to = _date(document, "known_from"), _date(document, "known_to")
    if known_to < known_from or known_to.year - known_from.year > MOST_YEARS:
        raise EditionFault("known_to", f"must lie after known_from and at most {MOST_YEARS} years later")
    habits = _habits(document, "")
    return Edition(
        name=str(document.get("id", "")),
        known_from=known_from,
        known_to=known_to,
        projected_from=_date(document, "projected_from") if document.get("projected_from") is not None else None,
        habits=habits,
        years=_years(document.get("years", {}), document),
        days_off=_titles(document, "days_off"),
        makeup_days=_titles(document, "makeup_days"),
        decisions=_titles(document, "decisions") if "decisions" in document else {},
    )


def parse_time(value: object, place: str) -> int:
    """`07:30` as minutes of the day."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise EditionFault(place, f'{value!r} is not a time such as "07:30"')
    return int(found[1]) * 60 + int(found[2])


def parse_intervals(value: object, place: str) -> tuple[Interval, ...]:
    """Pairs of times in order, none empty, none overlapping; at least one."""
    if not isinstance(value, list) or not value:
        raise EditionFault(place, 'must be a list of pairs such as ["07:30", "11:30"], at least one')
    intervals: list[Interval] = []
    for number, pair in enumerate(value):
        here = f"{place}[{number}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise EditionFault(here, "must be a pair [start, end]")
        begin, end = (parse_time(text, here) for text in pair)
        if end <= begin or (intervals and begin < intervals[-1][1]):
            raise EditionFault(here, "hours are reversed, empty, out of order or overlap")
        intervals.append((begin, end))
    return tuple(intervals)


def _habits(document: Mapping[str, Any], place: str) -> Habits:
    off = _need(document, "weekly_off", list, place)
    if not all(type(day) is int and 1 <= day <= 7 for day in off):
        raise EditionFault(f"{place}weekly_off", "must hold ISO weekdays 1 (Monday) … 7 (Sunday)")
    entries = _need(document, "office_hours", list, place)
    if not entries:
        raise EditionFault(f"{place}office_hours", "must hold at least one entry")
    hours = [_hours(entry, f"{place}office_hours[{number}]") for number, entry in enumerate(entries)]
    return Habits(
        weekly_off=frozenset(off),
        office_hours=tuple(sorted(hours, key=lambda entry: entry.since)),
        counter_hours=_by_weekday(document.get("counter_hours", {}), f"{place}counter_hours"),
    )


def _hours(entry: object, place: str) -> Hours:
    if not isinstance(entry, Mapping):
        raise EditionFault(place, "must be a mapping with from and intervals")
    since = entry.get("from", "01-01")
    found = _MONTH_DAY.fullmatch(since) if isinstance(since, str) else None
    if not found:
        raise EditionFault(f"{place}.from", f'{since!r} is not a day of the year such as "04-16"')
    return Hours(
        since=(int(found[1]), int(found[2])),
        intervals=parse_intervals(entry.get("intervals"), f"{place}.intervals"),
        by_weekday=_by_weekday(entry.get("by_weekday", {}), f"{place}.by_weekday"),
    )


def _by_weekday(value: object, place: str) -> dict[int, tuple[Interval, ...]]:
    if not isinstance(value, Mapping) or not all(day in tuple("1234567") for day in value):
        raise EditionFault(place, 'must map ISO weekdays "1" … "7" to lists of hours')
    return {int(day): parse_intervals(pairs, f"{place}.{day}") for day, pairs in value.items()}


def _years(value: object, document: Mapping[str, Any]) -> dict[int, Habits]:
    if not isinstance(value, Mapping) or not all(isinstance(year, str) and year.isdecimal() for year in value):
        raise EditionFault("years", "must map years to the habits that differ in them")
    years: dict[int, Habits] = {}
    for year, changes in value.items():
        if not isinstance(changes, Mapping):
            raise EditionFault(f"years.{year}", "must be a mapping")
        years[int(year)] = _habits({**document, **changes}, f"years.{year}.")
    return years


def _need(document: Mapping[str, Any], key: str, kind: type[T], place: str = "") -> T:
    value = document.get(key)
    if not isinstance(value, kind):
        raise EditionFault(f"{place}{key}", f"is missing or not a {_KINDS[kind]}")
    return value


_KINDS: dict[type, str] = {list: "list", dict: "mapping", str: "text"}


def parse_date(value: object, place: str) -> date:
    """`2025-05-12`, nothing else."""
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # the shape is right and there is no such day: the same message
    raise EditionFault(place, f'{value!r} is not a date such as "2025-05-12"')


def _date(document: Mapping[str, Any], key: str) -> date:
    return parse_date(document.get(key), key)


def _titles(document: Mapping[str, Any], key: str) -> dict[date, str]:
    titles: dict[date, str] = {}
    for day, title in _need(document, key, dict).items():
        if not isinstance(title, str):
            raise EditionFault(f"{key}.{day}", "the title must be a text")
        titles[parse_date(day, f"{key}.{day}")] = title
    return titles
