"""What a list may sort by: a closed set, so that nothing hidden leaks through an order."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import aliased

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.storage.field_values import kind_of, projected
from app.storage.keyset import Order
from app.storage.tables import Dossier, FieldValue

BUILT_IN: Mapping[str, tuple[ColumnElement[Any], str]] = {
    "code": (Dossier.__table__.c.code, "text"),
    "applicant": (Dossier.__table__.c.applicant_sort, "text"),
    "received": (Dossier.__table__.c.received_at, "date"),
    "due": (Dossier.__table__.c.due_at, "date"),
    "finished": (Dossier.__table__.c.finished_at, "date"),
    "status": (Dossier.__table__.c.status, "text"),
    "step": (Dossier.__table__.c.step_titles, "text"),
    "unit": (Dossier.__table__.c.unit, "text"),
    "holder": (Dossier.__table__.c.holder, "text"),
}


def sortable(procedure: Procedure) -> tuple[str, ...]:
    """The columns of the list that have an order."""
    fields = projected(procedure)
    shown = dict.fromkeys((*procedure.screens.columns, procedure.screens.sort.removeprefix("-")))
    return tuple(name for name in shown if name in BUILT_IN or name in fields)


def order_for(procedure: Procedure, sort: str) -> Order:
    """The order asked for, or the procedure's own when that may not be had."""
    allowed = sortable(procedure)
    if sort.removeprefix("-") not in allowed:
        sort = procedure.screens.sort
    name = sort.removeprefix("-")
    if name not in allowed:
        sort = name = "due"
    descending = sort.startswith("-")
    if name in BUILT_IN:
        return _built_in_order(name, descending)
    return _field_order(procedure.key, name, projected(procedure)[name], descending)


def _built_in_order(name: str, descending: bool) -> Order:
    column, kind = BUILT_IN[name]

    def with_value(statement: Select[Any]) -> Select[Any]:
        return statement.where(column.is_not(None))

    def without(statement: Select[Any]) -> Select[Any]:
        return statement.where(column.is_(None))

    number = Dossier.__table__.c.id
    return Order(column, number, number, kind, descending, with_value, without)


def _field_order(procedure_key: str, name: str, field: Field, descending: bool) -> Order:
    values = aliased(FieldValue)
    column, kind = _sorted_column(values, field)
    here = and_(
        values.dossier_id == Dossier.id,
        values.procedure_key == procedure_key,
        values.field == name,
        values.row == 0,
        values.part == 0,
    )

    def with_value(statement: Select[Any]) -> Select[Any]:
        return statement.join(values, here).where(column.is_not(None))

    def without(statement: Select[Any]) -> Select[Any]:
        return statement.outerjoin(values, here).where(column.is_(None))

    number = Dossier.__table__.c.id
    return Order(column, values.dossier_id, number, kind, descending, with_value, without)  # type: ignore[arg-type]


def _sorted_column(values: Any, field: Field) -> tuple[ColumnElement[Any], str]:
    kind = kind_of(field)
    if kind == "number" or (kind == "key" and (field.options or field.type in ("yes_no", "pledge"))):
        return values.number, "number"
    if kind == "date":
        return values.date, "date"
    return (values.text if kind == "key" else values.sort), "text"
