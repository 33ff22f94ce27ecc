"""What a form field offers as a filter of a list, and what was typed there, spelled the way answers are kept."""

from decimal import Decimal
from typing import Any

from flask import g

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.forms.inputs import as_tree
from app.forms.shown import shown_value
from app.storage.list_filters import Wanted
from app.storage.people import people_in
from app.vietnamese.fault import Fault
from app.vietnamese.numbers import parse_number

MEASURED = frozenset(("integer", "decimal", "percent", "area", "money", "year"))
DATED = frozenset(("date", "datetime", "month"))
# Found by any part of their words; everything else is read as an answer would be.
SEARCHED = frozenset(("text", "long_text", "address", "party", "parcel", "email", "url", "file"))
PEOPLE = frozenset(("user", "users"))
Options = tuple[tuple[str, str], ...]


def field_named(procedure: Procedure, name: str) -> Field | None:
    """The field, or the column of a table (`table.column`)."""
    table, dot, column = name.partition(".")
    field = procedure.form.fields.get(table)
    return field.column(column) if field is not None and dot else field


def kind_and_options(field: Field) -> tuple[str, Options]:
    """How the filter is drawn: choice | span | range | text."""
    if field.type in ("yes_no", "pledge"):
        return "choice", (("true", shown_value(field, True)), ("false", shown_value(field, False)))
    if field.options:
        return "choice", tuple(as_tree(field.options))
    if field.type in ("unit", "units"):
        return "choice", _units(field.of)
    if field.type in PEOPLE:
        positions = g.catalogue.organisation.positions()
        return "choice", tuple((one.username, one.full_name) for one in people_in(positions))
    if field.type in DATED:
        return "span", ()
    return ("range" if field.type in MEASURED else "text"), ()


def _units(of: str) -> Options:
    units = g.catalogue.organisation.units.values()
    return tuple((unit.key, unit.short or unit.title) for unit in units if of in ("", unit.type))


def wanted_of(field: Field, kind: str, value: str, low: str, high: str) -> Wanted:
    """What the filter asks for; what cannot be read narrows nothing."""
    if kind == "span":
        return Wanted(low=_day(field, low), high=_day(field, high))
    if kind == "range":
        return Wanted(low=_number(field, low), high=_number(field, high))
    if kind == "choice" or field.type in SEARCHED:
        return Wanted(values=(value,))
    stored = store_value(field, value)
    return Wanted(values=(value if isinstance(stored, AnswerError) or stored is None else str(stored),))


def _day(field: Field, text: str) -> str:
    """A day, of a moment too: whole days are what people filter by."""
    kind = "month" if field.type == "month" else "date"
    stored: Any = store_value(Field(field.key, "", type=kind), text)
    return stored if isinstance(stored, str) else ""


def _number(field: Field, text: str) -> str:
    """As people type it, in the measure of the field; areas are kept in square metres."""
    number = parse_number(text.removesuffix("%").removesuffix(field.measure).strip()) if text else Fault("empty")
    if isinstance(number, Fault):
        return ""
    return f"{number * Decimal(10_000) if field.type == 'area' and field.measure == 'ha' else number:f}"
