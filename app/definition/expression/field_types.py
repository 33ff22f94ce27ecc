"""Which expression type a form field has (language section 6.3)."""

from collections.abc import Mapping

from app.definition.expression.types import (
    DATE,
    DURATION,
    FLAG,
    MOMENT,
    MONEY,
    NUMBER,
    OBJECT,
    PERCENT,
    TEXT,
    UNIT,
    USER,
    Name,
    Type,
    calendar,
    listed,
    money,
    option,
    rows,
)

_SIMPLE: dict[str, Type] = {
    "text": TEXT,
    "long_text": TEXT,
    "integer": NUMBER,
    "decimal": NUMBER,
    "money": MONEY,
    "percent": PERCENT,
    "area": NUMBER,
    "date": DATE,
    "datetime": MOMENT,
    "time": calendar("time"),
    "year": NUMBER,
    "month": calendar("month"),
    "quarter": calendar("quarter"),
    "duration": DURATION,
    "yes_no": FLAG,
    "pledge": FLAG,
    "phone": TEXT,
    "email": TEXT,
    "url": TEXT,
    "person_id": TEXT,
    "org_id": TEXT,
    "passport": TEXT,
    "bank_account": TEXT,
    "address": OBJECT,
    "parcel": OBJECT,
    "coordinate": OBJECT,
    "party": OBJECT,
    "file": OBJECT,
    "user": USER,
    "users": listed(USER),
    "unit": UNIT,
    "units": listed(UNIT),
    "dossier": OBJECT,
}


def field_type(
    type_name: str,
    *,
    options: Mapping[str, str] | None = None,
    options_name: str = "",
    measure: str | None = None,
    columns: Mapping[str, Name] | None = None,
    many: bool = False,
) -> Type | None:
    """The type of a field; None for what holds no value (a note) or is no field type at all."""
    if type_name in ("choice", "choices", "commune"):
        chosen = option(options, options_name)
        return listed(chosen) if type_name == "choices" else chosen
    if type_name == "table":
        return rows(columns or {})
    if type_name == "money" and measure and measure != "đồng":
        return money(measure)
    simple = _SIMPLE.get(type_name)
    return listed(simple) if simple is OBJECT and many else simple
