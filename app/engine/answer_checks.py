"""Whether a stored answer may stand: lengths, masks, options, ranges, identities, rows and totals (6.2, 6.3)."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from app.definition.expression import Expression
from app.definition.model.form import Field, Option
from app.definition.shape.tables.wording import APPLICANT_KINDS
from app.engine.answer_dates import fault_in
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_parts import plain_text
from app.engine.answer_values import ROW_KEY, load_value
from app.vietnamese.identity import check_person_id, check_phone, check_tax_code

Env = Mapping[str, object]
LONGEST_PART = 300
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,63}")
_URL = re.compile(r"https?://[^\s<>\"]{3,2000}", re.IGNORECASE)
_SHAPES = {"passport": re.compile(r"[A-Z0-9]{6,12}"), "bank_account": re.compile(r"[A-Z0-9]{5,20}")}
# VN-2000: northing and easting in metres, anywhere in the country with its sea (false easting 500 km).
_BELTS = {"x": (Decimal(700_000), Decimal(2_700_000)), "y": (Decimal(100_000), Decimal(900_000))}


class Test(NamedTuple):
    """What an answer is checked against: the names it may refer to, the day of receipt, and what stood there before."""

    env: Env
    on: date
    kept: object = None
    row: Mapping[str, object] | None = None


Check = Callable[[Field, Any, Test], AnswerError | None]


def check_answer(field: Field, stored: object, env: Env, on: date, kept: object = None) -> AnswerError | None:
    """The first thing wrong with an answer, or None. ``kept``: the value until now; options it holds stay valid."""
    return next(check_all(field, stored, Test(env, on, kept)), None)


def check_all(field: Field, stored: object, test: Test) -> Iterator[AnswerError]:
    """Everything wrong with an answer; of a table every cell that is wrong."""
    if stored is None:
        return
    if field.type == "table":
        yield from _check_rows(field, stored if isinstance(stored, list) else [], test)
        return
    check = _CHECKS.get(field.type)
    error = (check(field, stored, test) if check is not None else None) or _out_of_range(field, stored, test)
    if error is not None:
        yield error


# ---- single values


def _check_text(field: Field, text: str, test: Test) -> AnswerError | None:
    if len(text) < field.min_length:
        return invalid(field.key, "too_short", least=field.min_length)
    if len(text) > field.max_length:
        return invalid(field.key, "too_long", most=field.max_length)
    if field.mask and not mask_pattern(field.mask).fullmatch(text):
        return invalid(field.key, "bad_mask", mask=field.mask)
    return None


@lru_cache(maxsize=512)
def mask_pattern(mask: str) -> re.Pattern[str]:
    """``A`` letter, ``9`` digit, ``X`` either, ``?`` makes what stands before it optional, all else is itself."""
    parts = {"A": r"[^\W\d_]", "9": "[0-9]", "X": r"[^\W_]"}
    signs = ("?" if sign == "?" and i else parts.get(sign, re.escape(sign)) for i, sign in enumerate(mask))
    return re.compile("".join(signs))


def in_force(option: Option, on: date) -> bool:
    """Whether an option may be chosen in a dossier received on that day."""
    return (option.since is None or option.since <= on) and (option.until is None or on <= option.until)


def _check_option(field: Field, key: str, test: Test) -> AnswerError | None:
    if not field.options or key == test.kept:
        return None
    if any(option.key == key and in_force(option, test.on) for option in field.options):
        return None
    return invalid(field.key, "not_option", value=key)


def _check_options(field: Field, keys: list[str], test: Test) -> AnswerError | None:
    kept = test.kept if isinstance(test.kept, list) else ()
    errors = (_check_option(field, key, test) for key in keys if key not in kept)
    return next((error for error in errors if error is not None), None)


def _check_pledge(field: Field, value: bool, test: Test) -> AnswerError | None:
    return None if value else AnswerError("required", field.key)


def _check_area(field: Field, text: str, test: Test) -> AnswerError | None:
    return None if Decimal(text) > 0 else invalid(field.key, "out_of_range", above="0")


def _check_percent(field: Field, text: str, test: Test) -> AnswerError | None:
    return None if 0 <= Decimal(text) <= 100 else invalid(field.key, "out_of_range", least="0", most="100")


def _check_money(field: Field, value: int | str, test: Test) -> AnswerError | None:
    if field.minimum is None and Decimal(value) < 0:
        return invalid(field.key, "out_of_range", least="0")
    return None


def _by_identity(check: Callable[[str, date], object], reason: str) -> Check:
    def checked(field: Field, text: str, test: Test) -> AnswerError | None:
        fault = check(text, test.on)
        return None if fault is None else fault_in(field, reason, fault)

    return checked


def _by_shape(shape: re.Pattern[str], reason: str) -> Check:
    def checked(field: Field, text: str, test: Test) -> AnswerError | None:
        return None if shape.fullmatch(text) else invalid(field.key, reason)

    return checked


def _check_parts(field: Field, parts: Mapping[str, str], test: Test) -> AnswerError | None:
    long = next((name for name, text in parts.items() if len(text) > LONGEST_PART), None)
    if long is not None:
        return invalid(field.key, "too_long", part=long, most=LONGEST_PART)
    if field.type == "party" and parts.get("kind", "") not in ("", *APPLICANT_KINDS):
        return invalid(field.key, "not_option", part="kind", value=parts["kind"])
    if field.type != "coordinate":
        return None
    for name, (least, most) in _BELTS.items():
        if not least <= Decimal(parts[name]) <= most:
            return invalid(field.key, "out_of_range", part=name, least=str(least), most=str(most))
    return None


def _check_file(field: Field, stored: Any, test: Test) -> AnswerError | None:
    files = stored if isinstance(stored, list) else [stored]
    for file in files:
        ending = str(file["name"]).rpartition(".")[2].lower()
        if field.accept and ending not in field.accept:
            return invalid(field.key, "bad_file", accept=list(field.accept))
        if int(file.get("size") or 0) > field.max_mb * 1024 * 1024:
            return invalid(field.key, "bad_file", max_mb=field.max_mb)
    return None


_CHECKS: dict[str, Check] = {
    "text": _check_text,
    "long_text": _check_text,
    "choice": _check_option,
    "choices": _check_options,
    "commune": _check_option,
    "pledge": _check_pledge,
    "area": _check_area,
    "percent": _check_percent,
    "money": _check_money,
    "phone": _by_identity(lambda text, on: check_phone(text), "bad_phone"),
    "person_id": _by_identity(lambda text, on: check_person_id(text, today=on), "bad_identity"),
    "org_id": _by_identity(lambda text, on: check_tax_code(text), "bad_identity"),
    "email": _by_shape(_EMAIL, "bad_email"),
    "url": _by_shape(_URL, "bad_url"),
    "passport": _by_shape(_SHAPES["passport"], "bad_passport"),
    "bank_account": _by_shape(_SHAPES["bank_account"], "bad_account"),
    "address": _check_parts,
    "parcel": _check_parts,
    "coordinate": _check_parts,
    "party": _check_parts,
    "file": _check_file,
}


# ---- ranges


def _out_of_range(field: Field, stored: object, test: Test) -> AnswerError | None:
    if field.minimum is None and field.maximum is None:
        return None
    value = load_value(field, stored)
    least, most = bound(field.minimum, test), bound(field.maximum, test)
    low, high = _compare(value, least), _compare(value, most)
    if (low is not None and low < 0) or (high is not None and high > 0):
        limits = {"least": least, "most": most}
        return invalid(field.key, "out_of_range", **{k: bound_text(v) for k, v in limits.items() if v is not None})
    return None


def bound(expression: Expression | None, test: Test) -> object:
    """A least or greatest value; None where there is none or it is not known."""
    if expression is None:
        return None
    value = expression.evaluate(test.env, test.row)
    return value if isinstance(value, int | Decimal | date) else None


def bound_text(value: object) -> str:
    """A bound as it stands in a refusal: ISO dates, decimal text."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else plain_text(Decimal(str(value)))


def _compare(value: object, other: object) -> int | None:
    """-1, 0 or 1; None where the two cannot be compared. A date compared with a moment compares the date."""
    if isinstance(value, date) and isinstance(other, date):
        if not (isinstance(value, datetime) and isinstance(other, datetime)):
            value = value.date() if isinstance(value, datetime) else value
            other = other.date() if isinstance(other, datetime) else other
        return (value > other) - (value < other)
    if isinstance(value, int | Decimal) and isinstance(other, int | Decimal):
        return (value > other) - (value < other)
    return None


# ---- tables


def _check_rows(field: Field, rows: list[Mapping[str, Any]], test: Test) -> Iterator[AnswerError]:
    if len(rows) > field.max_rows:
        yield invalid(field.key, "too_many_rows", most=field.max_rows)
        return
    if len(rows) < field.min_rows:
        yield invalid(field.key, "too_few_rows", least=field.min_rows)
    before = {row.get(ROW_KEY): row for row in test.kept} if isinstance(test.kept, list) else {}
    for row in rows:
        yield from _check_row(field, row, before.get(row.get(ROW_KEY), {}), test)
    yield from _check_totals(field, rows, test)


def row_cells(field: Field, row: Mapping[str, Any]) -> dict[str, object]:
    """A row as expressions see it."""
    return {column.key: load_value(column, row.get(column.key)) for column in field.columns}


def _check_row(field: Field, row: Mapping[str, Any], before: Mapping[str, Any], test: Test) -> Iterator[AnswerError]:
    cells = row_cells(field, row)
    for column in field.columns:
        inner = Test(test.env, test.on, before.get(column.key), cells)
        for error in check_all(column, row.get(column.key), inner):
            yield error.inside(field.key, str(row.get(ROW_KEY, "")))


def missing_cells(field: Field, rows: list[Mapping[str, Any]], env: Env, only: tuple[str, ...]) -> Iterator[str]:
    """The cells of these columns that are demanded and empty, as ``table.row.column``."""
    for row in rows:
        cells = row_cells(field, row)
        for column in field.columns:
            if column.key not in only:
                continue
            if row.get(column.key) is None and is_demanded(column, env, cells):
                yield f"{field.key}.{row.get(ROW_KEY, '')}.{column.key}"


def is_demanded(field: Field, env: Env, row: Mapping[str, object] | None = None) -> bool:
    """Whether an answer is required in this case; a hidden one never is, an unknown condition asks for nothing yet."""
    if field.type == "note" or field.value is not None or not is_shown(field, env, row):
        return False
    if field.required:
        return True
    if field.required_when is not None:
        return field.required_when.evaluate(env, row) is True
    return field.type == "table" and field.min_rows > 0


def is_shown(field: Field, env: Env, row: Mapping[str, object] | None = None) -> bool:
    """Whether a field is shown in this case."""
    return field.show_when is None or field.show_when.evaluate(env, row) is True


def _check_totals(field: Field, rows: list[Mapping[str, Any]], test: Test) -> Iterator[AnswerError]:
    for key, expression in field.must_equal.items():
        column = field.column(key)
        expected = expression.evaluate(test.env)
        if column is None or not isinstance(expected, int | Decimal) or isinstance(expected, bool):
            continue
        cells = (load_value(column, row[key]) for row in rows if row.get(key) is not None)
        total = sum((Decimal(str(cell)) for cell in cells), Decimal(0))
        if total != expected:
            params = {"column": key, "total": plain_text(total), "expected": plain_text(Decimal(expected))}
            yield AnswerError("total_mismatch", field.key, params)
