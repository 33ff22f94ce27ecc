"""Answers of several parts: addresses, people, parcels and coordinates, each part text of one line (section 6.3)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from app.definition.model.form import Field
from app.engine.answer_dates import fault_in
from app.engine.answer_error import invalid
from app.vietnamese.fault import Fault
from app.vietnamese.numbers import parse_number
from app.vietnamese.text import hidden_characters, normal

PARTS = {
    "address": ("commune", "line"),
    "parcel": ("sheet", "number"),
    "coordinate": ("zone", "x", "y"),
    "party": ("kind", "name", "id", "address"),
}
_NEEDED = {"address": ("line",), "parcel": ("sheet", "number"), "coordinate": ("zone", "x", "y"), "party": ("name",)}
_WHOLE = {"address": "line", "party": "name"}  # the part that a plain text stands for
# Central meridians of the provinces for VN-2000 (Circular 25/2014/TT-BTNMT): whole and quarter degrees.
MERIDIANS = tuple(
    f"{degree}°{minute:02}′" for degree in range(102, 110) for minute in (0, 15, 30, 45) if (degree, minute) > (102, 30)
)
_MERIDIAN = re.compile(r"(1[0-9]{2})\s*(?:[°ºdo]\s*|\s)?\s*(?:([0-5]?[0-9])\s*['′’]?)?", re.IGNORECASE)


def read_parts(field: Field, raw: Any) -> Any:
    """The parts that were given; None when there is none."""
    names = PARTS[field.type]
    if isinstance(raw, str) and field.type in _WHOLE:
        raw = {_WHOLE[field.type]: raw}
    if not isinstance(raw, Mapping) or set(raw) - set(names):
        return invalid(field.key, "bad_parts", parts=list(names))
    given = {name: raw[name] for name in names if raw.get(name) not in (None, "")}
    if any(isinstance(part, bool) or not isinstance(part, str | int | Decimal) for part in given.values()):
        return invalid(field.key, "bad_parts", parts=list(names))
    values = {name: text for name, part in given.items() if (text := normal(str(part)).strip())}
    if any(hidden_characters(value) for value in values.values()):
        return invalid(field.key, "bad_text")
    missing = [name for name in _NEEDED[field.type] if name not in values]
    if missing:
        return invalid(field.key, "bad_parts", parts=missing) if values else None
    return _coordinate(field, values) if field.type == "coordinate" else values


def _coordinate(field: Field, values: dict[str, str]) -> Any:
    zone = meridian(values["zone"])
    if zone is None:
        return invalid(field.key, "not_a_meridian", part="zone")
    values["zone"] = zone
    for name in ("x", "y"):
        number = parse_number(values[name])
        if isinstance(number, Fault):
            return fault_in(field, "not_a_number", number)
        values[name] = plain_text(number)
    return values


def meridian(text: str) -> str | None:
    """`105°45′`, typed in any usual way (`105 45`, `105°45'`); None where no province has such a meridian."""
    found = _MERIDIAN.fullmatch(text.strip())
    written = f"{found[1]}°{int(found[2] or 0):02}′" if found else ""
    return written if written in MERIDIANS else None


def plain_text(number: Decimal) -> str:
    """One spelling for one number: no exponent, no zeros behind, no ``-0``."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
