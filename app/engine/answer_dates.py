"""Dates, times and lengths of time as they are typed, to the ISO or duration text that is stored (section 6.3)."""

from datetime import date, datetime, time
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.model.form import Field
from app.engine.answer_error import AnswerError, invalid
from app.vietnamese.dates import FIRST_YEAR, parse_date, parse_moment, parse_month, parse_quarter, parse_time
from app.vietnamese.durations import typed_length
from app.vietnamese.fault import Fault

LAST_YEAR = 2999


def fault_in(field: Field, reason: str, fault: object) -> AnswerError:
    """The reason, with the closer one where the reader of the text gave it."""
    if not isinstance(fault, Fault):
        return invalid(field.key, reason)
    return invalid(field.key, reason, why=fault.code, **fault.params)


def read_date(field: Field, raw: Any) -> Any:
    """An ISO date."""
    if isinstance(raw, datetime):
        raw = raw.date()
    day = raw if isinstance(raw, date) else parse_date(raw) if isinstance(raw, str) else None
    return day.isoformat() if isinstance(day, date) else fault_in(field, "not_a_date", day)


def read_datetime(field: Field, raw: Any) -> Any:
    """An ISO moment, exact to the minute, in office time."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        raw = datetime.combine(raw, time.min)
    moment = raw if isinstance(raw, datetime) else parse_moment(raw) if isinstance(raw, str) else None
    if not isinstance(moment, datetime):
        return fault_in(field, "not_a_moment", moment)
    return moment.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def read_time(field: Field, raw: Any) -> Any:
    """`09:30`."""
    moment = raw if isinstance(raw, time) else parse_time(raw) if isinstance(raw, str) else None
    return moment.isoformat(timespec="minutes") if isinstance(moment, time) else fault_in(field, "not_a_time", moment)


def read_year(field: Field, raw: Any) -> Any:
    """A year of four digits."""
    text = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    is_year = len(text) == 4 and text.isascii() and text.isdecimal()
    if not is_year or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        return invalid(field.key, "not_a_year", least=str(FIRST_YEAR), most=str(LAST_YEAR))
    return int(text)


def read_month(field: Field, raw: Any) -> Any:
    """`2026-08`."""
    month = parse_month(raw) if isinstance(raw, str) else None
    return month if isinstance(month, str) else fault_in(field, "not_a_month", month)


def read_quarter(field: Field, raw: Any) -> Any:
    """`2026-Q3`."""
    quarter = parse_quarter(raw) if isinstance(raw, str) else None
    return quarter if isinstance(quarter, str) else fault_in(field, "not_a_quarter", quarter)


def read_duration(field: Field, raw: Any) -> Any:
    """`5 working days`; Vietnamese units are read too. Limits that are no length (`none`, `until …`) are refused."""
    duration = parse_duration(typed_length(raw)) if isinstance(raw, str) else raw
    if isinstance(duration, Duration) and duration.kind in ("segments", "same_day"):
        return duration.to_text()
    return invalid(field.key, "not_a_duration")
