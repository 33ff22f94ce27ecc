"""Dates and moments as Vietnamese offices write and type them: 26/11/2026 and 17:00 thứ Năm, 26/11/2026."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time

from app.vietnamese.fault import Fault

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
FIRST_YEAR = 1800  # an earlier year in a form is a slip of the finger (0202 for 2020)

_DAY_FIRST = re.compile(r"([0-9]{1,2})([/-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{2}")
_MONTH = re.compile(r"(?:tháng\s*)?([0-9]{1,2})\s*[/-]\s*([0-9]{4})", re.IGNORECASE)
_QUARTER = re.compile(r"(?:quý|q)?\s*([1-4]|iii|ii|iv|i)\s*[/-]\s*([0-9]{4})", re.IGNORECASE)
_MONTH_ISO, _QUARTER_ISO = re.compile(r"([0-9]{4})-([0-9]{2})"), re.compile(r"([0-9]{4})-[qQ]([1-4])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?")


def weekday_name(day: date) -> str:
    """`thứ Năm`."""
    return WEEKDAYS[day.weekday()]


def format_date(day: date) -> str:
    """`26/11/2026`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_time(moment: time | datetime) -> str:
    """`17:00`."""
    return f"{moment.hour:02}:{moment.minute:02}"


def format_moment(moment: datetime) -> str:
    """`17:00, 26/11/2026`."""
    return f"{format_time(moment)}, {format_date(moment)}"


def format_moment_long(moment: datetime) -> str:
    """`17:00 thứ Năm, 26/11/2026`."""
    return f"{format_time(moment)} {weekday_name(moment)}, {format_date(moment)}"


def day_text(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: NĐ 30/2020 writes days under 10 and months 1 and 2 with a leading zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def moment_text(moment: datetime) -> str:
    """`09 giờ 12 phút, ngày 18 tháng 11 năm 2026`."""
    return f"{moment.hour:02} giờ {moment.minute:02} phút, {day_text(moment.date())}"


def parse_date(text: str) -> date | Fault:
    """`26/11/2026`, `26-11-2026` or `2026-11-26`; the day stands before the month unless the year comes first."""
    typed = text.strip()
    if not typed:
        return Fault("date_empty")
    if found := _YEAR_FIRST.fullmatch(typed):
        return _real_date(*(int(part) for part in found.groups()))
    if found := _DAY_FIRST.fullmatch(typed):
        return _real_date(int(found[4]), int(found[3]), int(found[1]))
    if _SHORT_YEAR.fullmatch(typed):
        return Fault("date_short_year", {"found": typed})
    return Fault("date_shape", {"found": typed[:40]})


def _real_date(year: int, month: int, day: int) -> date | Fault:
    if year < FIRST_YEAR:
        return Fault("date_year", {"year": year, "first": FIRST_YEAR})
    if not 1 <= month <= 12:
        return Fault("date_month", {"month": month})
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Fault("date_day", {"day": day, "month": month, "year": year, "last": last})
    return date(year, month, day)


def parse_month(text: str) -> str | Fault:
    """`08/2026`, `8/2026`, `tháng 8/2026` or `2026-08`, as `2026-08`."""
    typed = " ".join(text.split())
    if iso := _MONTH_ISO.fullmatch(typed):
        year, month = int(iso[1]), int(iso[2])
    elif found := _MONTH.fullmatch(typed):
        year, month = int(found[2]), int(found[1])
    else:
        return Fault("month_shape", {"found": typed[:40]})
    day = _real_date(year, month, 1)
    return day if isinstance(day, Fault) else f"{year:04}-{month:02}"


def format_month(stored: str) -> str:
    """`08/2026` of `2026-08`."""
    year, _, month = stored.partition("-")
    return f"{month}/{year}"


def parse_quarter(text: str) -> str | Fault:
    """`quý 3/2026`, `quý III/2026`, `3/2026`, `Q3/2026` or `2026-Q3`, as `2026-Q3`."""
    typed = " ".join(text.split())
    if iso := _QUARTER_ISO.fullmatch(typed):
        year, quarter = int(iso[1]), int(iso[2])
    elif found := _QUARTER.fullmatch(typed):
        year, quarter = int(found[2]), _ROMAN.get(found[1].lower()) or int(found[1])
    else:
        return Fault("quarter_shape", {"found": typed[:40]})
    day = _real_date(year, 1, 1)
    return day if isinstance(day, Fault) else f"{year:04}-Q{quarter}"


def format_quarter(stored: str) -> str:
    """`quý 3/2026` of `2026-Q3`."""
    year, _, quarter = stored.partition("-Q")
    return f"quý {quarter}/{year}"


def parse_time(text: str) -> time | Fault:
    """`7:30` or `17:00`; seconds are taken and dropped only when they are zero."""
    typed = text.strip()
    if not typed:
        return Fault("time_empty")
    found = _TIME.fullmatch(typed)
    if not found or int(found[3] or 0):
        return Fault("time_shape", {"found": typed[:40]})
    hour, minute = int(found[1]), int(found[2])
    if hour > 23 or minute > 59:
        return Fault("time_range", {"found": typed})
    return time(hour, minute)


def parse_moment(text: str) -> datetime | Fault:
    """`17:00, 26/11/2026`, `26/11/2026 17:00` or the `2026-11-26T17:00` of browsers."""
    parts = text.replace(",", " ").split() if "T" not in text else text.strip().split("T")
    if not parts:
        return Fault("date_empty")
    if len(parts) != 2:
        return Fault("moment_shape", {"found": text.strip()[:40]})
    clock, day = parts if ":" in parts[0] else reversed(parts)
    parsed_time, parsed_day = parse_time(clock), parse_date(day)
    if isinstance(parsed_day, Fault):
        return parsed_day
    return parsed_time if isinstance(parsed_time, Fault) else datetime.combine(parsed_day, parsed_time)
