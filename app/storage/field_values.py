"""Answers of fields marked list or filter, as typed rows that any database can sort and filter."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.state import State
from app.storage.projection import moment_of, text_of
from app.storage.tables import FieldValue
from app.vietnamese.search import search_key, sort_key

NUMBERS = frozenset(("integer", "decimal", "money", "percent", "area", "year"))
MOMENTS = frozenset(("date", "datetime", "month"))
KEYS = frozenset(("choice", "choices", "unit", "units", "user", "users", "commune", "yes_no", "pledge"))
UNSORTABLE = frozenset(("note", "coordinate", "table"))

Values = dict[str, Any]


def kind_of(field: Field) -> str:
    """Which column of the projection sorts and filters this field: number | date | key | text."""
    if field.type in NUMBERS:
        return "number"
    if field.type in MOMENTS:
        return "date"
    return "key" if field.type in KEYS else "text"


def projected(procedure: Procedure) -> dict[str, Field]:
    """The fields that have rows, table columns under ``table.column``; never a sensitive one."""
    found: dict[str, Field] = {}
    for field in procedure.form.fields.values():
        candidates = {field.key: field} | {f"{field.key}.{column.key}": column for column in field.columns}
        for name, one in candidates.items():
            if (one.in_list or one.in_filter or one.expires) and not _is_kept_apart(one, field):
                found[name] = one
    return found


def _is_kept_apart(one: Field, field: Field) -> bool:
    """Sensitive values and those shown to few stand in no table that is sorted or searched."""
    return one.sensitive or field.sensitive or field.shown_to is not None or one.type in UNSORTABLE


def field_rows(procedure: Procedure, state: State) -> list[Values]:
    """All rows of one dossier; a field without an answer has one empty row, so that sorting loses no dossier."""
    rows = []
    for name, field in projected(procedure).items():
        found = list(_answers(name, state.answers)) or [(0, None)]
        for row, answer in found:
            for part, values in enumerate(_parts(field, answer)):
                rows.append({"field": name, "row": row, "part": part, **values})
    return rows


def write_field_values(session: Session, dossier_id: int, procedure: Procedure, state: State) -> None:
    """Replace the rows of a dossier."""
    session.execute(delete(FieldValue).where(FieldValue.dossier_id == dossier_id))
    rows = field_rows(procedure, state)
    if rows:
        fixed = {"dossier_id": dossier_id, "procedure_key": state.procedure}
        session.execute(insert(FieldValue), [{**fixed, **row} for row in rows])


def _answers(name: str, answers: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    table, _, column = name.partition(".")
    value = answers.get(table)
    if not column:
        if value is not None:
            yield 0, value
    elif isinstance(value, list):
        for number, row in enumerate(value):
            if isinstance(row, Mapping) and row.get(column) is not None:
                yield number, row[column]


def _parts(field: Field, answer: Any) -> Iterator[Values]:
    if isinstance(answer, list) and field.type in KEYS:
        if not answer:
            yield _row()
        for one in answer:
            yield _value(field, one)
    else:
        yield _row() if answer is None else _value(field, answer)


def _row(text: str | None = None, **values: Any) -> Values:
    return {"text": text, "sort": None, "folded": None, "number": None, "date": None, **values}


def _value(field: Field, answer: Any) -> Values:
    kind = kind_of(field)
    if kind == "number":
        return _row(number=_number(answer))
    if kind == "date":
        return _row(date=moment_of(str(answer)))
    if kind == "key":
        key = str(answer).lower() if isinstance(answer, bool) else str(answer)
        return _row(key[:200], number=_place(field, key))
    shown = text_of(answer)
    return _row(shown[:200], sort=sort_key(shown)[:300], folded=search_key(shown)[:200])


def _place(field: Field, key: str) -> float | None:
    """Where an option stands in its list: choices sort as people read them."""
    if field.type in ("yes_no", "pledge"):
        return float(key == "true")
    return next((float(place) for place, option in enumerate(field.options) if option.key == key), None)


def _number(answer: Any) -> float | None:
    try:
        return float(Decimal(str(answer)))
    except InvalidOperation:
        return None
