"""A stored answer as it stands on a paper: always in Vietnamese, whatever language the person at the screen reads."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from app.definition.duration import Duration, parse_duration
from app.definition.model.form import Field
from app.engine.answer_values import HECTARE
from app.storage.projection import text_of
from app.vietnamese.dates import format_date, format_moment, format_month, format_quarter
from app.vietnamese.identity import format_phone, format_tax_code, mask
from app.vietnamese.numbers import format_money_long, format_number


class Titles(NamedTuple):
    """What keys inside answers are called: units and people."""

    unit: Callable[[str], str]
    person: Callable[[str], str]


def value_text(field: Field, stored: Any, titles: Titles) -> str:
    """The words for a stored answer, "" for none.

    A paper goes through many hands: sensitive fields are masked, and what only few may see does not stand on it.
    """
    if stored is None or stored in ("", [], {}) or field.shown_to is not None:
        return ""
    if field.type == "table":
        return "; ".join(_row(field, row, titles) for row in stored if isinstance(row, Mapping))
    if field.sensitive:
        return mask(str(stored)) if isinstance(stored, str) else ""
    if field.type in ("unit", "units", "user", "users"):
        called = titles.unit if field.type.startswith("unit") else titles.person
        return ", ".join(called(str(one)) for one in (stored if isinstance(stored, list) else [stored]))
    write = _WRITERS.get(field.type)
    return write(field, stored) if write is not None else text_of(stored)


def _row(table: Field, row: Mapping[str, Any], titles: Titles) -> str:
    cells = (value_text(column, row.get(column.key), titles) for column in table.columns)
    return ", ".join(cell for cell in cells if cell)


def _option(field: Field, stored: Any) -> str:
    return next((option.label for option in field.options if option.key == stored), str(stored))


def _number(field: Field, stored: Any) -> str:
    unit = f" {field.measure}" if field.measure else ""
    return format_number(Decimal(str(stored))) + unit


def _area(field: Field, stored: Any) -> str:
    """Areas are stored in m² whatever their measure."""
    size = Decimal(str(stored))
    return f"{format_number(size / HECTARE)} ha" if field.measure == "ha" else f"{format_number(size)} m²"


def _money(field: Field, stored: Any) -> str:
    foreign = field.measure and field.measure != "VND"
    return _number(field, stored) if foreign else format_money_long(int(stored))


def _duration(_field: Field, stored: Any) -> str:
    duration = parse_duration(str(stored))
    return duration.to_vietnamese() if isinstance(duration, Duration) else str(stored)


def _joined(*keys: str) -> Callable[[Field, Any], str]:
    def write(_field: Field, stored: Any) -> str:
        if not isinstance(stored, Mapping):
            return text_of(stored)
        return ", ".join(str(stored[key]) for key in keys if stored.get(key))

    return write


def _files(_field: Field, stored: Any) -> str:
    return ", ".join(str(one.get("name", "")) for one in (stored if isinstance(stored, list) else [stored]))


_WRITERS: Mapping[str, Callable[[Field, Any], str]] = {
    "choice": _option,
    "commune": _option,
    "choices": lambda field, stored: ", ".join(_option(field, key) for key in stored),
    "yes_no": lambda _field, stored: "Có" if stored else "Không",
    "pledge": lambda field, stored: field.label if stored else "",
    "integer": _number,
    "decimal": _number,
    "percent": lambda _field, stored: f"{format_number(Decimal(str(stored)))} %",
    "area": _area,
    "money": _money,
    "date": lambda _field, stored: format_date(date.fromisoformat(stored)),
    "datetime": lambda _field, stored: format_moment(datetime.fromisoformat(stored)),
    "month": lambda _field, stored: format_month(stored),
    "quarter": lambda _field, stored: format_quarter(stored),
    "duration": _duration,
    "phone": lambda _field, stored: format_phone(stored),
    "org_id": lambda _field, stored: format_tax_code(stored),
    "address": _joined("line", "commune"),
    "party": _joined("name", "address"),
    "parcel": lambda _field, stored: f"thửa {stored.get('number', '')}, tờ bản đồ {stored.get('sheet', '')}",
    "coordinate": lambda _field, stored: "X {x}, Y {y}, KTT {zone}".format(
        **{part: stored.get(part, "") for part in ("x", "y", "zone")}
    ),
    "file": _files,
}
