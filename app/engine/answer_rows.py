"""Rows of a table: read cell by cell, each row under a key that stays the same for ever."""

from collections.abc import Mapping
from typing import Any

from app.definition.model.form import Field
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_values import ROW_KEY, store_value

LONGEST_KEY = 6  # digits of a row key; nobody gets so far
Rows = list[dict[str, Any]]


def store_rows(field: Field, raw: object, before: object, only: tuple[str, ...] = ()) -> tuple[Rows, list[AnswerError]]:
    """The rows to store and what is wrong with them.

    A row given with the key of an old one changes it; one without, or with a key that may have belonged to a row that
    is gone, gets one that no row has. ``only``: just these
    columns may be written, in rows that exist; everything else in them stays.
    """
    if not isinstance(raw, list | tuple) or not all(isinstance(item, Mapping) for item in raw):
        return [], [invalid(field.key, "not_rows")]
    old = {str(row[ROW_KEY]): dict(row) for row in before} if isinstance(before, list) else {}
    return _only(field, raw, old, only) if only else _whole(field, raw, old)


def read_answer(
    field: Field, raw: object, before: object, columns: tuple[str, ...] = ()
) -> tuple[Any, list[AnswerError]]:
    """Any answer in its stored form, None for nothing; and what is wrong with it."""
    if field.type == "table":
        rows, errors = store_rows(field, [] if raw in (None, "") else raw, before, columns)
        return rows or None, errors
    stored = store_value(field, raw)
    return (None, [stored]) if isinstance(stored, AnswerError) else (stored, [])


def _whole(
    field: Field, raw: list[Any] | tuple[Any, ...], old: Mapping[str, dict[str, Any]]
) -> tuple[Rows, list[AnswerError]]:
    rows: Rows = []
    errors: list[AnswerError] = []
    last = max((int(key) for key in old if key.isdecimal()), default=0)
    given = [_number(item.get(ROW_KEY)) for item in raw]
    fresh = max([last, *given])
    taken: set[str] = set()
    for item, number in zip(raw, given, strict=True):
        key = str(item.get(ROW_KEY) or "")
        if key in taken or (key not in old and number <= last):
            fresh += 1
            key = str(fresh)
        taken.add(key)
        cells, wrong = _cells(field, item, {column.key for column in field.columns})
        errors.extend(error.inside(field.key, key) for error in wrong)
        filled = {name: cell for name, cell in cells.items() if cell is not None}
        if filled:
            rows.append({ROW_KEY: key, **filled})
    return rows, errors


def _number(key: object) -> int:
    """The number that a key is; 0 for any other key."""
    text = str(key)
    plain = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY and text == str(int(text))
    return int(text) if plain else 0


def _only(
    field: Field, raw: list[Any] | tuple[Any, ...], old: Mapping[str, dict[str, Any]], only: tuple[str, ...]
) -> tuple[Rows, list[AnswerError]]:
    """Rows are matched by their key; without keys in the order they stand."""
    errors: list[AnswerError] = []
    changed = {key: dict(row) for key, row in old.items()}
    for place, item in enumerate(raw):
        key = str(item.get(ROW_KEY) or (list(old)[place] if place < len(old) else ""))
        if key not in changed:
            errors.append(invalid(field.key, "not_a_row", row=key))
            continue
        cells, wrong = _cells(field, item, set(only))
        errors.extend(error.inside(field.key, key) for error in wrong)
        merged = {**changed[key], **cells}
        changed[key] = {name: cell for name, cell in merged.items() if cell is not None}
    return list(changed.values()), errors


def _cells(field: Field, item: Mapping[str, Any], allowed: set[str]) -> tuple[dict[str, Any], list[AnswerError]]:
    """The cells of one row in their stored form; an empty one is None."""
    cells: dict[str, Any] = {}
    errors: list[AnswerError] = []
    for name, value in item.items():
        column = field.column(name)
        if column is None and name != ROW_KEY:
            errors.append(invalid(name, "unknown_field"))
        if column is None or column.value is not None or name not in allowed:
            continue
        stored = store_value(column, value)
        if isinstance(stored, AnswerError):
            errors.append(stored)
        else:
            cells[name] = stored
    return cells, errors
