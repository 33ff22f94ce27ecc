"""A stored answer the way a person would have typed it, so that a form shows stored and typed answers alike."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.model.form import Field
from app.vietnamese.dates import format_date, format_month, format_quarter
from app.vietnamese.numbers import format_number

SQUARE_METRES_A_HECTARE = 10_000


def typed_form(field: Field, stored: Any) -> Any:
    """Text, list, parts or rows for the controls of this field; "" for nothing."""
    if stored is None:
        return ""
    if isinstance(stored, bool):
        return "true" if stored else "false"
    writer = WRITERS.get(field.type)
    return stored if writer is None else writer(field, stored)


def _number(_field: Field, stored: Any) -> str:
    return format_number(Decimal(str(stored)))


def _area(field: Field, stored: Any) -> str:
    number = Decimal(str(stored))
    return format_number(number / SQUARE_METRES_A_HECTARE if field.measure == "ha" else number)


def _date(_field: Field, stored: str) -> str:
    return format_date(date.fromisoformat(stored))


def _moment(_field: Field, stored: str) -> str:
    moment = datetime.fromisoformat(stored)
    return f"{moment:%H:%M} {format_date(moment.date())}"


def _duration(_field: Field, stored: str) -> str:
    duration = parse_duration(stored)
    return duration.to_vietnamese() if isinstance(duration, Duration) else stored


def _coordinate(_field: Field, stored: Mapping[str, str]) -> dict[str, str]:
    return {name: part.replace(".", ",") if name in ("x", "y") else part for name, part in stored.items()}


def _rows(field: Field, stored: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    columns = {column.key: column for column in field.columns}
    return [
        {key: typed_form(columns[key], value) if key in columns else value for key, value in row.items()}
        for row in stored
    ]


WRITERS: dict[str, Callable[[Field, Any], Any]] = {
    "integer": _number,
    "decimal": _number,
    "percent": _number,
    "money": _number,
    "area": _area,
    "date": _date,
    "datetime": _moment,
    "month": lambda _field, stored: format_month(stored),
    "quarter": lambda _field, stored: format_quarter(stored),
    "duration": _duration,
    "coordinate": _coordinate,
    "table": _rows,
}
