"""Raw input to the JSON that is stored, and stored JSON to the typed value that expressions see (section 6.3).

Reading is generous (a number typed the Vietnamese way, a date as dd/mm/yyyy or ISO, a flag as text), the result exact:
whatever was written comes out in one form only.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.definition.duration import parse_duration
from app.definition.model.form import Field
from app.engine.answer_dates import (
    fault_in,
    read_date,
    read_datetime,
    read_duration,
    read_month,
    read_quarter,
    read_time,
    read_year,
)
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_parts import plain_text, read_parts
from app.vietnamese.fault import Fault
from app.vietnamese.identity import check_tax_code, compact, format_tax_code, national_phone
from app.vietnamese.numbers import parse_number
from app.vietnamese.text import hidden_characters, normal

ROW_KEY = "_key"
HECTARE = Decimal(10_000)
_TRUE = frozenset(("true", "1", "yes", "on", "y"))
_FALSE = frozenset(("false", "0", "no", "off", "n"))
_CURRENCY = ("đồng", "vnđ", "vnd", "đ", "₫")
MOST_DIGITS = 20  # before the comma: more than any sum or area of an office, and exact in every reader
TOO_LARGE = Decimal(10) ** MOST_DIGITS
_LONGEST_KEY, _MOST_KEYS = 120, 500
_FILE_PARTS = ("name", "sha256", "size", "id", "type")

Reader = Callable[[Field, Any], Any]


def store_value(field: Field, raw: object) -> Any:
    """The stored form of what was filled in, None for nothing, or an `AnswerError`."""
    if raw is None or (isinstance(raw, str) and not raw.strip()) or raw == [] or raw == () or raw == {}:
        return None
    reader: Reader = _READERS.get(field.type, _text)
    return reader(field, raw)


def load_value(field: Field, stored: object) -> object:
    """The typed value for expressions; None where nothing is stored."""
    if stored is None:
        return None
    loader = _LOADERS.get(field.type)
    return loader(field, stored) if loader is not None else stored


# ---- reading


def _text(field: Field, raw: object) -> Any:
    if isinstance(raw, bool | Mapping) or not isinstance(raw, str | int | Decimal | date):
        return invalid(field.key, "bad_text")
    text = normal(str(raw)).strip()
    lines = field.type == "long_text"
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if hidden_characters(text, lines=lines) or (not lines and "\n" in text):
        return invalid(field.key, "bad_text")
    return text


def _number(field: Field, raw: object) -> Decimal | AnswerError:
    if isinstance(raw, bool):
        return invalid(field.key, "not_a_number")
    if isinstance(raw, float):
        raw = repr(raw)
    read = raw if isinstance(raw, int | Decimal) else parse_number(_bare(field, raw)) if isinstance(raw, str) else None
    if isinstance(read, Fault) or read is None:
        return fault_in(field, "not_a_number", read)
    number = Decimal(read)
    if not number.is_finite():
        return invalid(field.key, "not_a_number")
    return number if abs(number) < TOO_LARGE else invalid(field.key, "number_too_large", digits=MOST_DIGITS)


def _bare(field: Field, text: str) -> str:
    """Without the sign or measure that people put behind a number: `5%`, `810.000 đồng`, `120 m²`."""
    typed = text.strip()
    ends = ("%",) if field.type == "percent" else _CURRENCY if field.type == "money" else ()
    for end in (*ends, field.measure):
        if end and typed.lower().endswith(end.lower()):
            return typed[: -len(end)].rstrip()
    return typed


def _whole(field: Field, raw: object) -> Any:
    number = _number(field, raw)
    if isinstance(number, AnswerError):
        return number
    if number != number.to_integral_value():
        return invalid(field.key, "not_whole")
    return int(number)


def _decimal(field: Field, raw: object) -> Any:
    number = _number(field, raw)
    if isinstance(number, AnswerError):
        return number
    most = field.decimals
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > most:
        return invalid(field.key, "decimals", most=most)
    if field.type == "area" and field.measure == "ha":
        number *= HECTARE
    return plain_text(number)


def is_foreign(field: Field) -> bool:
    """Money in another currency than the đồng, which has parts."""
    return bool(field.measure) and field.measure not in ("đồng", "VND", "đ")


def _money(field: Field, raw: object) -> Any:
    return _decimal(field, raw) if is_foreign(field) else _whole(field, raw)


def _flag(field: Field, raw: object) -> Any:
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    return invalid(field.key, "not_a_flag")


def _key(field: Field, raw: object) -> Any:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    text = normal(str(raw)).strip() if isinstance(raw, str | int) else ""
    return text if _is_key(text) else invalid(field.key, "not_option")


def _is_key(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_KEY and not hidden_characters(text)


def _keys(field: Field, raw: object) -> Any:
    items = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple | set | frozenset) else None
    if items is None or len(items) > _MOST_KEYS or not all(isinstance(item, str | int) for item in items):
        return invalid(field.key, "not_option")
    keys = list(dict.fromkeys(text for item in items if (text := normal(str(item)).strip())))
    return (keys or None) if all(map(_is_key, keys)) else invalid(field.key, "not_option")


def _word(raw: object) -> str:
    """What was typed, where only text or digits can be meant; anything else reads as nothing that could be right."""
    return normal(str(raw)) if isinstance(raw, str | int) and not isinstance(raw, bool) else "?"


def _phone(field: Field, raw: object) -> Any:
    return national_phone(_word(raw))


def _compact(field: Field, raw: object) -> Any:
    return compact(_word(raw)).upper()


def _tax_code(field: Field, raw: object) -> Any:
    text = _word(raw)
    return compact(text) if check_tax_code(text) is not None else format_tax_code(text)


def _file(field: Field, raw: object) -> Any:
    items = raw if isinstance(raw, list | tuple) else [raw]
    files = []
    for item in items:
        entry = {"name": item} if isinstance(item, str) else item
        if not isinstance(entry, Mapping) or not entry.get("name") or set(entry) - set(_FILE_PARTS):
            return invalid(field.key, "bad_file")
        files.append(dict(entry))
    if field.many:
        return files
    return files[0] if len(files) == 1 else invalid(field.key, "bad_file")


def _nothing(field: Field, raw: object) -> None:
    return None


_READERS: dict[str, Reader] = {
    "integer": _whole,
    "decimal": _decimal,
    "money": _money,
    "percent": _decimal,
    "area": _decimal,
    "date": read_date,
    "datetime": read_datetime,
    "time": read_time,
    "year": read_year,
    "month": read_month,
    "quarter": read_quarter,
    "duration": read_duration,
    "yes_no": _flag,
    "pledge": _flag,
    "choice": _key,
    "choices": _keys,
    "phone": _phone,
    "person_id": _compact,
    "org_id": _tax_code,
    "passport": _compact,
    "bank_account": _compact,
    "address": read_parts,
    "commune": _key,
    "parcel": read_parts,
    "coordinate": read_parts,
    "party": read_parts,
    "file": _file,
    "user": _key,
    "users": _keys,
    "unit": _key,
    "units": _keys,
    "dossier": _key,
    "note": _nothing,
}


# ---- loading


def _plain_number(text: object) -> int | Decimal:
    number = Decimal(str(text))
    return int(number) if number == number.to_integral_value() else number


def _load_number(field: Field, stored: object) -> object:
    number = _plain_number(stored)
    return _plain_number(number / HECTARE) if field.type == "area" and field.measure == "ha" else number


def _load_list(field: Field, stored: object) -> object:
    return tuple(stored) if isinstance(stored, Iterable) else ()


def _load_rows(field: Field, stored: object) -> object:
    rows = stored if isinstance(stored, list | tuple) else ()
    return tuple(
        {column.key: load_value(column, row[column.key]) for column in field.columns if column.key in row}
        for row in rows
    )


def _load_file(field: Field, stored: object) -> object:
    return tuple(stored) if isinstance(stored, list) else stored


_LOADERS: dict[str, Callable[[Field, Any], object]] = {
    "decimal": _load_number,
    "money": _load_number,
    "percent": _load_number,
    "area": _load_number,
    "date": lambda field, stored: date.fromisoformat(stored),
    "datetime": lambda field, stored: datetime.fromisoformat(stored),
    "duration": lambda field, stored: parse_duration(stored),
    "choices": _load_list,
    "users": _load_list,
    "units": _load_list,
    "table": _load_rows,
    "file": _load_file,
}
