"""Valid made-up answers for scenarios: what a test need not say, because nothing depends on it (rulings 25 and 26)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.definition.model.form import Field
from app.engine.answer_checks import Test, bound, in_force, is_demanded, is_shown

# A number with a right check digit, and a citizen's number of a province that exists.
TAX_CODE = "0100109106"
CITIZEN = "031088000123"
NAME = "Nguyễn Văn Mẫu"


def make_up(field: Field, test: Test) -> Any:
    """A value that the field accepts; None for what cannot be made up."""
    maker = _MAKERS.get(field.type)
    return maker(field, test) if maker is not None else _FIXED.get(field.type)


def complete_rows(field: Field, rows: list[Any], test: Test) -> list[Any]:
    """The rows of a test with their demanded cells filled, and as many rows as the table wants."""
    wanted = max(field.min_rows, len(rows))
    return [_row(field, rows[i] if i < len(rows) else {}, test) for i in range(wanted)]


def _row(field: Field, given: Mapping[str, Any], test: Test) -> dict[str, Any]:
    row = dict(given)
    for column in field.columns:
        if row.get(column.key) in (None, "") and column.value is None:
            cells = {name: value for name, value in row.items() if not isinstance(value, Mapping | list)}
            if is_shown(column, test.env, cells) and is_demanded(column, test.env, cells):
                row[column.key] = make_up(column, test._replace(row=cells))
    return row


def _text(field: Field, test: Test) -> str:
    if field.mask:
        return "".join({"A": "A", "9": "1", "X": "1", "?": ""}.get(sign, sign) for sign in field.mask)
    text = field.label or NAME
    while len(text) < field.min_length:
        text += " mẫu"
    return text[: field.max_length].strip() or "x"


def _number(field: Field, test: Test) -> Any:
    least, most = bound(field.minimum, test), bound(field.maximum, test)
    if isinstance(least, int | Decimal):
        return least
    value: int | Decimal = 1
    if isinstance(most, int | Decimal) and most < value:
        value = most
    return value


def _date(field: Field, test: Test) -> date:
    """The day of the test, or the nearest one that the bounds allow."""
    return _within(test.env.get("now") or test.on, field, test)


def _moment(field: Field, test: Test) -> datetime:
    now = test.env.get("now")
    day = _within(now or test.on, field, test)
    least = bound(field.minimum, test)
    if isinstance(least, datetime) and least.date() == day:
        return least
    return datetime.combine(day, now.time() if isinstance(now, datetime) else datetime.min.time())


def _within(start: object, field: Field, test: Test) -> date:
    least, most = (_day(bound(edge, test)) for edge in (field.minimum, field.maximum))
    day = _day(start) or test.on
    if least is not None and day < least:
        day = least
    return most if most is not None and day > most else day


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _option(field: Field, test: Test) -> str | None:
    return next((option.key for option in field.options if in_force(option, test.on)), None)


def _options(field: Field, test: Test) -> list[str]:
    first = _option(field, test)
    return [first] if first is not None else []


def _file(field: Field, test: Test) -> dict[str, str]:
    return {"name": f"mau.{field.accept[0] if field.accept else 'pdf'}"}


def _unit(field: Field, test: Test) -> object:
    return test.env.get("agency")


def _units(field: Field, test: Test) -> list[object]:
    return [test.env.get("agency")]


def _rows(field: Field, test: Test) -> list[Any]:
    return complete_rows(field, [{}] if not field.min_rows else [], test)


_FIXED: dict[str, Any] = {
    "time": "09:00",
    "duration": "1 day",
    "yes_no": False,
    "pledge": True,
    "phone": "0912345678",
    "email": "mau@example.vn",
    "url": "https://example.vn",
    "person_id": CITIZEN,
    "org_id": TAX_CODE,
    "passport": "C1234567",
    "bank_account": "0123456789",
    "address": {"line": "Số 1, đường Mẫu"},
    "commune": "mau",
    "parcel": {"sheet": "1", "number": "1"},
    "coordinate": {"zone": "105°45′", "x": "2308000", "y": "594000"},
    "party": {"name": NAME},
    "dossier": "mau",
}
_MAKERS: dict[str, Callable[[Field, Test], Any]] = {
    "text": _text,
    "long_text": _text,
    "integer": _number,
    "decimal": _number,
    "money": _number,
    "percent": _number,
    "area": _number,
    "date": _date,
    "datetime": _moment,
    "year": lambda field, test: test.on.year,
    "month": lambda field, test: f"{test.on:%Y-%m}",
    "quarter": lambda field, test: f"{test.on:%Y}-Q{(test.on.month + 2) // 3}",
    "choice": _option,
    "choices": _options,
    "file": _file,
    # somebody else for each field, so that what one person may not do alone can be done
    "user": lambda field, test: f"nguoi-{field.key}",
    "users": lambda field, test: [f"nguoi-{field.key}"],
    "unit": _unit,
    "units": _units,
    "table": _rows,
}
