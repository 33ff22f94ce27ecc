"""Raw input to the JSON that is stored, and stored JSON to the typed value that expressions see (section 6.3).

Reading is generous (a number typed the Vietnamese way, a date as dd/mm/yyyy or ISO, a flag as text), the result exact:
whatever was written comes out in one form only.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.model.form import Field
from app.engine.answer_error import AnswerError, invalid
from app.vietnamese.dates import parse_date, parse_moment, parse_time
from app.vietnamese.fault import Fault
from app.vietnamese.identity import check_tax_code, compact, format_tax_code, national_phone
from app.vietnamese.numbers import parse_number
from app.vietnamese.text import hidden_characters, normal

ROW_KEY = "_key"
HECTARE = Decimal(10_000)
_TRUE = frozenset(("true", "1", "yes", "on", "y"))
_FALSE = frozenset(("false", "0", "no", "off", "n"))
_PARTS = {
    "address": ("commune", "line"),
    "parcel": ("sheet", "number"),
    "coordinate": ("zone", "x", "y"),
    "party": ("kind", "name", "id", "address"),
}
_NEEDED = {"address": ("line",), "parcel": ("sheet", "number"), "coordinate": ("zone", "x", "y"), "party": ("name",)}
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
    if isinstance(raw, int | Decimal):
        number = Decimal(raw)
        return number if number.is_finite() else invalid(field.key, "not_a_number")
    read = parse_number(raw) if isinstance(raw, str) else Fault("number_shape")
    return invalid(field.key, "not_a_number") if isinstance(read, Fault) else read


def _whole(field: Field, raw: object) -> Any:
    number = _number(field, raw)
    if isinstance(number, AnswerError):
        return number
    if number != number.to_integral_value():
        return invalid(field.key, "not_a_number")
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
    return decimal_text(number)


def decimal_text(number: Decimal) -> str:
    """One spelling for one number: no exponent, no zeros behind, no ``-0``."""
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def is_foreign(field: Field) -> bool:
    """Money in another currency than the đồng, which has parts."""
    return bool(field.measure) and field.measure not in ("đồng", "VND", "đ")


def _money(field: Field, raw: object) -> Any:
    return _decimal(field, raw) if is_foreign(field) else _whole(field, raw)


def _date(field: Field, raw: object) -> Any:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return raw.isoformat()
    day = parse_date(raw) if isinstance(raw, str) else Fault("date_shape")
    return day.isoformat() if isinstance(day, date) else invalid(field.key, "not_a_date")


def _datetime(field: Field, raw: object) -> Any:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        raw = datetime.combine(raw, time.min)
    moment = raw if isinstance(raw, datetime) else parse_moment(raw) if isinstance(raw, str) else None
    if not isinstance(moment, datetime):
        return invalid(field.key, "not_a_date")
    return moment.replace(tzinfo=None, second=0, microsecond=0).isoformat(timespec="minutes")


def _time(field: Field, raw: object) -> Any:
    moment = raw if isinstance(raw, time) else parse_time(raw) if isinstance(raw, str) else None
    return moment.isoformat(timespec="minutes") if isinstance(moment, time) else invalid(field.key, "not_a_time")


def _year(field: Field, raw: object) -> Any:
    text = str(raw).strip()
    return int(text) if re.fullmatch(r"[12][0-9]{3}", text) else invalid(field.key, "not_a_date")


def _pattern(pattern: str, reason: str, change: Callable[[str], str] = str.upper) -> Reader:
    """A reader of short codes of one shape."""
    shape = re.compile(pattern)

    def read(field: Field, raw: object) -> Any:
        text = change(str(raw).strip()) if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
        return text if shape.fullmatch(text) else invalid(field.key, reason)

    return read


def _duration(field: Field, raw: object) -> Any:
    duration = raw if isinstance(raw, Duration) else parse_duration(str(raw))
    return duration.to_text() if isinstance(duration, Duration) else invalid(field.key, "not_a_duration")


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
    return str(raw).strip() if isinstance(raw, str | int) else invalid(field.key, "not_option")


def _keys(field: Field, raw: object) -> Any:
    items = [raw] if isinstance(raw, str) else list(raw) if isinstance(raw, list | tuple | set | frozenset) else None
    if items is None or not all(isinstance(item, str | int) for item in items):
        return invalid(field.key, "not_option")
    return list(dict.fromkeys(str(item).strip() for item in items))


def _phone(field: Field, raw: object) -> Any:
    return national_phone(str(raw))


def _compact(field: Field, raw: object) -> Any:
    return compact(str(raw)).upper()


def _tax_code(field: Field, raw: object) -> Any:
    text = str(raw)
    return compact(text) if check_tax_code(text) is not None else format_tax_code(text)


def _parts(field: Field, raw: object) -> Any:
    names = _PARTS[field.type]
    if field.type == "address" and isinstance(raw, str):
        raw = {"line": raw}
    if field.type == "party" and isinstance(raw, str):
        raw = {"name": raw}
    if not isinstance(raw, Mapping) or set(raw) - set(names):
        return invalid(field.key, "bad_parts", parts=list(names))
    values = {name: normal(str(raw[name])).strip() for name in names if raw.get(name) not in (None, "")}
    if any(hidden_characters(value) for value in values.values()):
        return invalid(field.key, "bad_text")
    if any(name not in values for name in _NEEDED[field.type]):
        return invalid(field.key, "bad_parts", parts=list(_NEEDED[field.type])) if values else None
    return _coordinate(field, values) if field.type == "coordinate" else values


def _coordinate(field: Field, values: dict[str, str]) -> Any:
    for name in ("x", "y"):
        try:
            number = Decimal(values[name].replace(",", "."))
        except InvalidOperation:
            return invalid(field.key, "not_a_number", part=name)
        if not number.is_finite():
            return invalid(field.key, "not_a_number", part=name)
        values[name] = decimal_text(number)
    return values


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
    "date": _date,
    "datetime": _datetime,
    "time": _time,
    "year": _year,
    "month": _pattern(r"[12][0-9]{3}-(0[1-9]|1[0-2])", "not_a_date"),
    "quarter": _pattern(r"[12][0-9]{3}-Q[1-4]", "not_a_date"),
    "duration": _duration,
    "yes_no": _flag,
    "pledge": _flag,
    "choice": _key,
    "choices": _keys,
    "phone": _phone,
    "person_id": _compact,
    "org_id": _tax_code,
    "passport": _compact,
    "bank_account": _compact,
    "address": _parts,
    "commune": _key,
    "parcel": _parts,
    "coordinate": _parts,
    "party": _parts,
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
