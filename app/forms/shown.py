"""A stored answer as people read it: dates dd/mm/yyyy, 1.234,5, labels instead of keys, masks over identity numbers."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.definition.model.form import Field
from app.forms.typed import typed_form
from app.forms.wording import kind_title, word
from app.vietnamese.dates import format_date, format_moment
from app.vietnamese.identity import format_phone, format_tax_code, mask
from app.vietnamese.numbers import format_money_long, format_number

HIDDEN = "••••"


def shown_value(field: Field, stored: Any, *, open_sensitive: bool = False) -> str:
    """One line of text for a stored answer; empty for none. Tables and files are shown by their own templates."""
    if stored is None or stored == "" or stored == []:
        return ""
    if field.sensitive and not open_sensitive:
        return mask(stored) if isinstance(stored, str) else HIDDEN
    if field.type == "party" and open_sensitive:
        return _party_open(stored)
    shower = SHOWERS.get(field.type)
    return str(stored) if shower is None else shower(field, stored)


def _option(field: Field, stored: Any) -> str:
    return next((option.label for option in field.options if option.key == stored), str(stored))


def _options(field: Field, stored: Any) -> str:
    return ", ".join(_option(field, key) for key in stored)


def _flag(_field: Field, stored: Any) -> str:
    return word("yes") if stored else word("no")


def _pledge(_field: Field, stored: Any) -> str:
    return word("pledged") if stored else ""


def _number(field: Field, stored: Any) -> str:
    unit = f" {field.measure}" if field.measure else ""
    return format_number(Decimal(str(stored))) + unit


def _percent(_field: Field, stored: Any) -> str:
    return f"{format_number(Decimal(str(stored)))} %"


def _area(field: Field, stored: Any) -> str:
    """Areas are stored in m² whatever their measure."""
    if field.measure == "ha":
        return f"{format_number(Decimal(str(stored)) / 10_000)} ha"
    return f"{format_number(Decimal(str(stored)))} m²"


def _money(field: Field, stored: Any) -> str:
    if field.measure and field.measure != "VND":
        return f"{format_number(Decimal(str(stored)))} {field.measure}"
    return format_money_long(int(stored))


def _date(_field: Field, stored: Any) -> str:
    return format_date(date.fromisoformat(stored))


def _moment(_field: Field, stored: Any) -> str:
    return format_moment(datetime.fromisoformat(stored))


def _joined(*keys: str) -> Callable[[Field, Any], str]:
    def show(_field: Field, stored: Mapping[str, Any]) -> str:
        return ", ".join(str(stored[key]) for key in keys if stored.get(key))

    return show


def _party(_field: Field, stored: Mapping[str, Any]) -> str:
    """The name with its kind and place, the identity number masked."""
    number = stored.get("id") or ""
    return _party_open({**stored, "id": mask(number) if isinstance(number, str) else HIDDEN})  # lists hold seals


def _party_open(stored: Mapping[str, Any]) -> str:
    number = stored.get("id", "")
    rest = [kind_title(stored.get("kind", "")), number, stored.get("address", "")]
    said = ", ".join(str(one) for one in rest if one)
    return f"{stored.get('name', '')} ({said})" if said else str(stored.get("name", ""))


def _parcel(_field: Field, stored: Mapping[str, Any]) -> str:
    return word("parcel", number=stored.get("number", ""), sheet=stored.get("sheet", ""))


def _coordinate(_field: Field, stored: Mapping[str, Any]) -> str:
    x, y = (format_number(Decimal(str(stored.get(part) or 0))) for part in ("x", "y"))
    return f"X {x}, Y {y}, KTT {stored.get('zone', '')}"


def _phone(_field: Field, stored: Any) -> str:
    return format_phone(stored)


def _tax_code(_field: Field, stored: Any) -> str:
    return format_tax_code(stored)


SHOWERS: dict[str, Callable[[Field, Any], str]] = {
    "choice": _option,
    "choices": _options,
    "yes_no": _flag,
    "pledge": _pledge,
    "integer": _number,
    "decimal": _number,
    "percent": _percent,
    "area": _area,
    "money": _money,
    "date": _date,
    "datetime": _moment,
    "address": _joined("line", "commune"),
    "party": _party,
    "parcel": _parcel,
    "coordinate": _coordinate,
    "commune": _option,
    "month": typed_form,
    "quarter": typed_form,
    "duration": typed_form,
    "phone": _phone,
    "org_id": _tax_code,
    "users": lambda _field, stored: ", ".join(stored),
    "units": lambda _field, stored: ", ".join(stored),
}
