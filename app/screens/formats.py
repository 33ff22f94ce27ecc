"""Dates, numbers, money and time left as the reader's language writes them; the filters of all templates.

Vietnamese comes from `app.vietnamese` (offices write 26/11/2026, not Babel's "26 thg 11, 2026"), others from Babel.
Moments are naive office time; one that carries a zone is turned into office time first.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.units import format_unit
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

from app.vietnamese import dates as vietnamese_dates
from app.vietnamese import identity as vietnamese_identity
from app.vietnamese import numbers as vietnamese_numbers
from app.vietnamese.durations import length_text

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR, WORKING_DAY = 60, 480  # minutes of office time; 8 hours are one working day

Number = int | Decimal | str  # answers keep exact numbers as decimal text
_SIZES = ("B", "KB", "MB", "GB")


def locale_code() -> str:
    """`vi`: the language of this page, for `<html lang>`."""
    locale = get_locale()
    return locale.language if locale else "vi"


def _vietnamese() -> bool:
    return locale_code() == "vi"


def _office_time(moment: datetime) -> datetime:
    return moment.astimezone(OFFICE_ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def format_date(value: date | datetime | None) -> str:
    """`26/11/2026`."""
    if value is None:
        return ""
    day = _office_time(value) if isinstance(value, datetime) else value
    if _vietnamese():
        return vietnamese_dates.format_date(day)
    return babel_dates.format_date(day, "medium", locale=get_locale())


def format_time(value: time | datetime | None) -> str:
    """`17:00`."""
    if value is None:
        return ""
    return vietnamese_dates.format_time(_office_time(value) if isinstance(value, datetime) else value)


def format_moment(value: datetime | None) -> str:
    """`17:00, 26/11/2026`."""
    if value is None:
        return ""
    return f"{format_time(value)}, {format_date(value)}"


def format_moment_long(value: datetime | None) -> str:
    """`17:00 thứ Năm, 26/11/2026`."""
    if value is None:
        return ""
    return f"{format_time(value)} {format_weekday(value)}, {format_date(value)}"


def format_weekday(value: date | datetime | None) -> str:
    """`thứ Năm`."""
    if value is None:
        return ""
    day = _office_time(value) if isinstance(value, datetime) else value
    if _vietnamese():
        return vietnamese_dates.weekday_name(day)
    return babel_dates.format_date(day, "EEEE", locale=get_locale())


def format_number(value: Number | None, decimals: int | None = None) -> str:
    """`1.234,5`; `|number(2)` keeps two decimals."""
    if value is None or value == "":
        return ""
    number = Decimal(value)
    if _vietnamese():
        return vietnamese_numbers.format_number(number, decimals)
    if decimals is not None:
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return babel_numbers.format_decimal(vietnamese_numbers.rounded(number, decimals), pattern, locale=get_locale())
    return babel_numbers.format_decimal(number, locale=get_locale(), decimal_quantization=False)


def format_money(value: Number | None) -> str:
    """`810.000 đ`."""
    text = format_number(value)
    return text and f"{text} {'đ' if _vietnamese() else 'VND'}"


def format_money_long(value: Number | None) -> str:
    """`810.000 đồng`."""
    text = format_number(value)
    return text and f"{text} {'đồng' if _vietnamese() else 'dong'}"


def format_percent(share: Number | None, decimals: int = 2) -> str:
    """`98,50 %` for the share 0.985."""
    if share is None or share == "":
        return ""
    return f"{format_number(Decimal(share) * 100, decimals)} %"


def format_file_size(size: int | None) -> str:
    """`1,2 MB`."""
    if size is None:
        return ""
    value, unit = Decimal(size), 0
    while value >= 1024 and unit < len(_SIZES) - 1:
        value, unit = value / 1024, unit + 1
    return f"{format_number(vietnamese_numbers.rounded(value, 1 if unit else 0))} {_SIZES[unit]}"


def format_time_left(minutes: int | None, day: int = WORKING_DAY) -> str:
    """Office minutes to the due moment: `Còn 2 ngày 3 giờ`; below zero the time since then: `Quá 1 ngày 6 giờ`."""
    if minutes is None:
        return ""
    if minutes == 0:
        return _("Due now")
    amount = _working_time(abs(minutes), day)
    return _("%(time)s late", time=amount) if minutes < 0 else _("%(time)s left", time=amount)


def format_length(minutes: int, day: int = WORKING_DAY) -> str:
    """`2 ngày 3 giờ`: a length of office time; empty for none."""
    return _working_time(minutes, day)


def _working_time(minutes: int, day: int) -> str:
    """Days and hours, or hours and minutes."""
    if _vietnamese():
        return length_text(minutes, day)
    days, rest = divmod(minutes, day)
    hours, left = divmod(rest, HOUR)
    parts = ((days, "day"), (hours, "hour"), (0 if days else left, "minute"))
    return " ".join(format_unit(amount, f"duration-{unit}", locale=get_locale()) for amount, unit in parts if amount)


def format_identity(value: str | None) -> str:
    """`0••••••••123`."""
    return vietnamese_identity.mask(value) if value else ""


def format_phone(value: str | None) -> str:
    """`0912 345 678`."""
    return vietnamese_identity.format_phone(value) if value else ""


FILTERS: dict[str, Callable[..., Any]] = {
    "date": format_date,
    "time": format_time,
    "moment": format_moment,
    "moment_long": format_moment_long,
    "weekday": format_weekday,
    "number": format_number,
    "money": format_money,
    "money_long": format_money_long,
    "percent": format_percent,
    "file_size": format_file_size,
    "time_left": format_time_left,
    "identity": format_identity,
    "phone": format_phone,
}


def install_formats(app: Flask) -> None:
    """Give the filters, and `locale_code()`, to every template."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals["locale_code"] = locale_code
