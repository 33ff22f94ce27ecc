"""What a list may sort by: a closed set, so that nothing hidden leaks through an order."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_

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

# What the values of the other columns of the projection are.
_KINDS: Mapping[str, str] = {"number": "number", "date": "date"}


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
    return _field_order(procedure.key, name, _sorted_by(projected(procedure)[name]), descending)


@lru_cache(maxsize=64)
def _built_in_order(name: str, descending: bool) -> Order:
    column, kind = BUILT_IN[name]

    def with_value(statement: Select[Any]) -> Select[Any]:
        return statement.where(column.is_not(None))

    def without(statement: Select[Any]) -> Select[Any]:
        return statement.where(column.is_(None))

    number = Dossier.__table__.c.id
    return Order(column, number, number, kind, descending, with_value, without)


@lru_cache(maxsize=64)
def _field_order(procedure_key: str, name: str, sorted_by: str, descending: bool) -> Order:
    answers = FieldValue.__table__.alias()
    values = answers.c
    column, kind = values[sorted_by], _KINDS.get(sorted_by, "text")
    here = and_(
        values.dossier_id == Dossier.__table__.c.id,
        values.procedure_key == procedure_key,
        values.field == name,
        values.row == 0,
        values.part == 0,
    )

    def with_value(statement: Select[Any]) -> Select[Any]:
        return statement.join(answers, here).where(column.is_not(None))

    def without(statement: Select[Any]) -> Select[Any]:
        return statement.outerjoin(answers, here).where(column.is_(None))

    number = Dossier.__table__.c.id
    return Order(column, values.dossier_id, number, kind, descending, with_value, without)


def _sorted_by(field: Field) -> str:
    """The column of the projection that orders this field: choices stand as in their list, texts as in Vietnamese."""
    kind = kind_of(field)
    if kind == "key" and (field.options or field.type in ("yes_no", "pledge")):
        return "number"
    return {"key": "text", "text": "sort"}.get(kind, kind)
