"""The names of a procedure as columns: stored answers, what else the row of the dossier says, its visits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, exists, func, literal, select

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.storage.conditions import functions as sql
from app.storage.conditions.numbers import Number
from app.storage.tables import Dossier, VisitRow

HECTARE = 10_000  # an area in hectares is stored in square metres
Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """What a condition may read. ``answers``: the column of stored answers; ``others``: names that are no answers."""

    answers: Any
    fields: Mapping[str, Field]
    others: Mapping[str, Column]
    now: datetime

    def text(self, key: str) -> Column:
        """A name as the text it is stored as; empty is missing."""
        if key not in self.fields:
            return self.others[key]
        return sql.known(self.answers[key].as_string())

    def flag(self, key: str) -> Column:
        """A yes or no."""
        return sql.flag(self.answers[key].as_string())

    def number(self, key: str) -> Number:
        """A number as it counts: hectares, hundredths of a percentage."""
        field = self.fields[key]
        top = sql.exact(self.answers[key].as_string())
        if field.type == "percent":
            return Number(top, 100)
        return Number(top, HECTARE if field.type == "area" and field.measure == "ha" else 1)

    def moment(self, key: str) -> Column:
        """A moment with its microseconds, as ISO text."""
        return sql.stored_moment(self.text(key)) if key in self.fields else self.others[key]


def columns_of(procedure: Procedure, now: datetime) -> Columns:
    """The names of a procedure in the table of dossiers, at this moment."""
    others: dict[str, Column] = {
        "applicant.kind": sql.known(Dossier.applicant_kind),
        "applicant.name": sql.known(Dossier.applicant_name),
        "holder": sql.known(Dossier.holder),
        "today": literal(now.date().isoformat(), Text()),
        "now": literal(now.isoformat(timespec="microseconds"), Text()),
    }
    for name in ("channel", "variant", "agency", "authority", "unit", "status", "period"):
        others[name] = sql.known(getattr(Dossier, name))
    for name in ("received", "accepted", "due", "finished"):
        others[name] = sql.iso_moment(getattr(Dossier, f"{name}_at"))
    return Columns(Dossier.answers, procedure.form.fields, others, now)


# ---- the course of the dossier


def stands_at(steps: Column) -> Column:
    """Whether a visit of a step is open; ``steps`` is a condition on the visit."""
    return exists().where(_of_this(), VisitRow.left_at.is_(None), VisitRow.kind != "opinion", steps)


def _of_this() -> Column:
    return VisitRow.dossier_id == Dossier.id


def _stays(step: str) -> tuple[Column, ...]:
    return _of_this(), VisitRow.step == step, VisitRow.kind == "step"


def _visits(_columns: Columns, step: str) -> Number:
    count = select(func.count(VisitRow.id)).where(*_stays(step)).scalar_subquery()
    return Number(sql.exact(cast(count, Text)))


def _late(columns: Columns, step: str) -> Column:
    left = func.coalesce(VisitRow.left_at, columns.now)
    return exists().where(*_stays(step), VisitRow.due_at < left)


def _chosen(_columns: Columns, step: str) -> Column:
    chosen = select(VisitRow.chosen).where(*_stays(step), VisitRow.left_at.is_not(None), VisitRow.chosen != "")
    return chosen.order_by(VisitRow.number.desc()).limit(1).scalar_subquery()


def _done(_columns: Columns, step: str) -> Column:
    past = sql.in_state(Dossier.state, literal("past", Text()))
    return sql.has_done(past, literal(step, Text()))


def _supplements(_columns: Columns) -> Number:
    return Number(sql.exact(sql.entries(sql.in_state(Dossier.state, literal("requests", Text())))))


def _handed_in(_columns: Columns, document: str) -> Column:
    return sql.has_key(sql.in_state(Dossier.state, literal("documents", Text())), literal(document, Text()))


FACTS: Mapping[str, Callable[..., Any]] = {
    "visits": _visits,
    "late": _late,
    "chosen": _chosen,
    "done": _done,
    "supplements": _supplements,
    "handed_in": _handed_in,
}
