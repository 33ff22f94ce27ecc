"""Joins the calendar files of single years into one edition, the form that is stored and that `Calendar` reads.

Pure: the years come as plain data, already parsed, dates as ISO text. What a file can get wrong is reported before,
with its line, by the checks of the definition; here a contradiction raises `YearFault` naming the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKEND = ("sat", "sun")
DAY = timedelta(days=1)
NEW_YEAR = (1, 1)

Plain = Mapping[str, Any]
Hours = list[list[str]]


class YearFault(ValueError):
    """Calendar years that cannot be joined: where, and what is expected there."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place, self.message = place, message


def edition_from_years(years: Iterable[Plain], name: str = "") -> dict[str, Any]:
    """The edition of all years; they follow one another without a gap.

    Habits (weekly days off, office and counter hours) of the first year are the edition's; a year that differs stands
    under `years`. `settings` lists, from the year in which they change, the settings of the clock.
    """
    ordered = sorted(years, key=lambda year: int(year["year"]))
    if not ordered:
        raise YearFault("calendar", "there is no year")
    numbers = [int(year["year"]) for year in ordered]
    for before, after in pairwise(numbers):
        if after != before + 1:
            raise YearFault(str(after), f"the year after {before} must be {before + 1}, once")
    habits = [_habits(year) for year in ordered]
    projected = [number for number, year in zip(numbers, ordered, strict=True) if year.get("projection")]
    return {
        "id": name,
        "time_zone": "Asia/Ho_Chi_Minh",
        "known_from": f"{numbers[0]:04}-01-01",
        "known_to": f"{numbers[-1]:04}-12-31",
        "projected_from": f"{projected[0]:04}-01-01" if projected else None,
        **habits[0],
        "years": {str(number): own for number, own in zip(numbers, habits, strict=True) if own != habits[0]},
        "days_off": {day: str(entry["title"]) for year in ordered for day, entry in _days_off(year)},
        "makeup_days": {
            entry["date"]: _makeup_title(entry) for year in ordered for entry in _list(year, "makeup_days")
        },
        "decisions": {day: text for year in ordered for day, text in _decisions(year)},
        "settings": _settings(numbers, ordered),
    }


def settings_on(edition: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The settings of the clock that hold on a date; what is not named there has its default."""
    holding: dict[str, Any] = {}
    for entry in edition.get("settings", ()):
        if entry["from"] <= day.isoformat():
            holding = dict(entry["values"])
    return holding


def _settings(numbers: Sequence[int], ordered: Sequence[Plain]) -> list[dict[str, Any]]:
    changes: list[dict[str, Any]] = []
    for number, year in zip(numbers, ordered, strict=True):
        values = {**_cutoff(year), **(year.get("settings") or {})}
        if values != (changes[-1]["values"] if changes else {}):
            changes.append({"from": f"{number:04}-01-01", "values": values})
    return changes


def _cutoff(year: Plain) -> dict[str, Any]:
    """The older way to write the cut-off; by it the hand-over always moves."""
    cutoff = year.get("cutoff")
    if not cutoff:
        return {}
    defaults = {"same_day": True, "hours": True, "days": False}
    moved = [what for what, default in defaults.items() if cutoff.get(what, default)]
    return {"cutoff": cutoff["time"], "cutoff_moves": ["hand_over", *moved]}


# ---- days


def _list(year: Plain, key: str) -> Sequence[Plain]:
    found: Sequence[Plain] = year.get(key) or ()
    return found


def _days_off(year: Plain) -> Iterable[tuple[str, Plain]]:
    for entry in _list(year, "days_off"):
        place = f"{year['year']}.days_off"
        first = _date(entry["from"], place)
        last = _date(entry.get("to") or entry["from"], place)
        if last < first or first.year != int(year["year"]) or last.year != first.year:
            raise YearFault(place, f"{entry['from']} … {entry.get('to')}: reversed, or not in that year")
        for number in range((last - first).days + 1):
            yield (first + number * DAY).isoformat(), entry


def _decisions(year: Plain) -> Iterable[tuple[str, str]]:
    general = year.get("decision") or ""
    for day, entry in _days_off(year):
        if entry.get("decision") or general:
            yield day, entry.get("decision") or general
    for entry in _list(year, "makeup_days"):
        if entry.get("decision") or general:
            yield entry["date"], entry.get("decision") or general


def _makeup_title(entry: Plain) -> str:
    if not entry.get("for"):
        return "Ngày làm bù"
    replaced = _date(entry["for"], "makeup_days.for")
    return f"Làm bù cho ngày {replaced:%d/%m/%Y}"


# ---- hours


def _habits(year: Plain) -> dict[str, Any]:
    off = year.get("weekly_off")
    counter: dict[str, Hours] = {}
    for entry in _list(year, "counter_hours"):
        if entry.get("from") or entry.get("to"):
            raise YearFault(f"{year['year']}.counter_hours", "from and to are not possible: they hold the whole year")
        for day in entry["days"]:
            counter.setdefault(str(_weekday(day)), []).extend(_open(entry))
    return {
        "weekly_off": sorted(_weekday(day) for day in (WEEKEND if off is None else off)),
        "office_hours": _office_hours(year),
        "counter_hours": counter,
    }


def _office_hours(year: Plain) -> list[dict[str, Any]]:
    """Cut the year where an entry begins or has ended; in each part the last entry naming a weekday holds for it."""
    number = int(year["year"])
    entries = [(*_span(entry, number), entry) for entry in _list(year, "office_hours")]
    cuts = {date(number, *NEW_YEAR)}
    for first, last, _ in entries:
        cuts |= {day for day in (first, last + DAY) if day.year == number}
    parts = [_part(day, [entry for first, last, entry in entries if first <= day <= last]) for day in sorted(cuts)]
    kept = parts[:1]
    for part in parts[1:]:
        if {**part, "from": ""} != {**kept[-1], "from": ""}:
            kept.append(part)
    return kept


def _part(day: date, entries: Sequence[Plain]) -> dict[str, Any]:
    by_weekday: dict[str, Hours] = {}
    for entry in entries:
        for name in entry.get("days") or WEEKDAYS:
            by_weekday[str(_weekday(name))] = _open(entry)
    if not by_weekday:
        raise YearFault(str(day.year), f"no office hours hold on {day:%d/%m/%Y}")
    ordinary = by_weekday[min(by_weekday)]
    different = {weekday: hours for weekday, hours in sorted(by_weekday.items()) if hours != ordinary}
    part: dict[str, Any] = {"from": f"{day:%m-%d}", "intervals": ordinary}
    return {**part, "by_weekday": different} if different else part


def _span(entry: Plain, year: int) -> tuple[date, date]:
    """From and to of an entry: whole dates or days of the year; the whole year where they are missing."""
    first, last = (_day_in(entry.get(key), year, fallback) for key, fallback in (("from", "01-01"), ("to", "12-31")))
    return first, last


def _day_in(text: str | None, year: int, fallback: str) -> date:
    day = text or fallback
    return _date(day if len(day) > len("MM-DD") else f"{year:04}-{day}", f"{year}.office_hours")


def _open(entry: Plain) -> Hours:
    """`"07:30-11:30"` as a pair."""
    return [[part.strip() for part in hours.split("-", 1)] for hours in entry["open"]]


def _weekday(name: str) -> int:
    if name not in WEEKDAYS:
        raise YearFault("weekday", f"{name!r} is none of {', '.join(WEEKDAYS)}")
    return WEEKDAYS.index(name) + 1


def _date(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise YearFault(place, f'{text!r} is not a date such as "2025-05-12"') from None
