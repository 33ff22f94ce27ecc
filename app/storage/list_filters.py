"""Filters of a list, from what a person chose to conditions on indexed columns; what is not allowed is not applied."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false, select

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.storage.field_values import kind_of, projected
from app.storage.projection import moment_of, words
from app.storage.tables import Dossier, FieldValue, VisitRow
from app.vietnamese.search import search_key

MOST_VALUES = 50
LONGEST_TEXT = 100
MONTH = len("2026-08")
LARGEST = 1e21  # answers are smaller
BUILT_IN_FILTERS = ("code", "applicant", "status", "step", "unit", "holder", "channel", "received", "due", "finished")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one filter asks for: any of these values, or a span (days and moments as ISO text; numbers as text)."""

    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


def filterable(procedure: Procedure) -> tuple[str, ...]:
    """The filters of this list, in the order of the definition."""
    fields = projected(procedure)
    return tuple(name for name in procedure.screens.filters if name in BUILT_IN_FILTERS or name in fields)


def conditions(procedure: Procedure, wanted: Mapping[str, Wanted]) -> Iterator[ColumnElement[bool]]:
    """One condition per filter that is allowed and asks for something."""
    fields = projected(procedure)
    for name in filterable(procedure):
        asked = wanted.get(name)
        if asked is None or not (asked.values or asked.low or asked.high):
            continue
        if name in fields:
            yield _by_field(procedure.key, name, fields[name], asked)
        else:
            yield _by_column(name, asked)


def _by_column(name: str, asked: Wanted) -> ColumnElement[bool]:
    if name in ("received", "due", "finished"):
        return _span(getattr(Dossier, f"{name}_at"), asked)
    if name == "step":
        standing = select(VisitRow.dossier_id).where(
            VisitRow.step.in_(asked.values[:MOST_VALUES]), VisitRow.left_at.is_(None)
        )
        return Dossier.id.in_(standing)
    if name == "code":
        return Dossier.code.startswith(_one(asked), autoescape=True)
    if name == "applicant":
        found: ColumnElement[bool] = Dossier.search.is_not(None) if _one(asked) else false()
        for word in words(_one(asked)):
            found = found & Dossier.search.contains(f" {word}", autoescape=True)
        return found
    column: Any = getattr(Dossier, name)
    return column.in_(asked.values[:MOST_VALUES])  # type: ignore[no-any-return]


def _one(asked: Wanted) -> str:
    return asked.values[0][:LONGEST_TEXT].strip() if asked.values else ""


def _by_field(procedure_key: str, name: str, field: Field, asked: Wanted) -> ColumnElement[bool]:
    value = FieldValue
    kind = kind_of(field)
    if kind == "number":
        fits = _numbers(asked)
    elif kind == "date":
        fits = _span(value.date, asked)
    elif kind == "key":
        fits = value.text.in_(asked.values[:MOST_VALUES])
    else:
        fits = value.folded.contains(search_key(_one(asked)), autoescape=True)
    matching = select(value.dossier_id).where(value.procedure_key == procedure_key, value.field == name, fits)
    return Dossier.id.in_(matching)


def _numbers(asked: Wanted) -> ColumnElement[bool]:
    low, high = _number(asked.low or _one(asked)), _number(asked.high or _one(asked))
    found: ColumnElement[bool] = FieldValue.number.is_not(None)
    if low is not None:
        found = found & (FieldValue.number >= low)
    return found if high is None else found & (FieldValue.number <= high)


def _number(text: str) -> float | None:
    """Plain decimal text."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < LARGEST else None


def _span(column: Any, asked: Wanted) -> ColumnElement[bool]:
    low = moment_of(asked.low or _one(asked))
    high = _end_of(asked.high or _one(asked))
    found: ColumnElement[bool] = column.is_not(None)
    if low is not None:
        found = found & (column >= low)
    return found if high is None else found & (column < high)


def _end_of(text: str) -> datetime | None:
    """The first moment behind a month, a day, or a moment's minute."""
    moment = moment_of(text)
    if moment is None or moment.year > 9000:
        return None
    if len(text) == MONTH:
        return (moment + timedelta(days=31)).replace(day=1)
    return moment + (timedelta(days=1) if len(text) == 10 else timedelta(minutes=1))
