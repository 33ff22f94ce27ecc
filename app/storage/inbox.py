"""The inbox: open work of a person across all procedures, its counts, and its pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, union

from app.storage.database import db
from app.storage.keyset import USUAL, Order, read_slice, stretched
from app.storage.people import Person, full_name
from app.storage.projection import words
from app.storage.tables import Dossier, VisitPosition, VisitRow

SCOPES = ("all", "mine", "unit", "consulted")
QUEUES = ("late", "soon", "ok", "pause", "new")
PAUSED = ("paused", "waiting")


class WorkFilter(NamedTuple):
    """``scope``: all | mine (I hold it) | unit (others or nobody hold it) | consulted (my opinion is asked).

    ``queue``: late | soon | ok | pause (the dossier's clock) | new (nobody holds it) | "". Unknown ones mean all.
    """

    scope: str = "all"
    queue: str = ""
    words: str = ""
    procedure: str = ""
    step: str = ""


@dataclass(frozen=True, slots=True)
class WorkCounts:
    """How much there is: per scope, and per queue within the scope asked for."""

    scopes: Mapping[str, int]
    queues: Mapping[str, int]


class WorkRow(NamedTuple):
    """One piece of open work. ``due_at`` is promised to the applicant, ``visit_due_at`` is the step's own."""

    dossier_id: int
    procedure_key: str
    procedure_number: int
    code: str
    channel: str
    applicant_name: str
    status: str
    clock_state: str
    due_at: datetime | None
    result_class: str
    row_version: int
    visit: int
    step: str
    title: str
    kind: str
    holder: str
    entered_at: datetime
    visit_due_at: datetime | None
    holder_name: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Rows and the cursors of the neighbouring pages ("" = none)."""

    rows: tuple[WorkRow, ...]
    next: str
    previous: str


def work_counts(person: Person, chosen: WorkFilter, now: datetime, soon_until: datetime) -> WorkCounts:
    """All counts of the inbox, in one statement."""
    mine, consulted = VisitRow.holder == person.username, VisitRow.kind == "opinion"
    groups = (_flag(mine), _flag(consulted), _flag(VisitRow.holder == ""), _queue(now, soon_until))
    grouped = _open_work(person, chosen).with_only_columns(*groups, func.count()).group_by(*groups)
    scopes, queues = dict.fromkeys(SCOPES, 0), dict.fromkeys((*QUEUES, "all"), 0)
    for is_mine, is_consulted, is_new, queue, count in db.session.execute(grouped):
        held = {"all": True, "mine": is_mine, "consulted": is_consulted, "unit": not (is_mine or is_consulted)}
        for scope in SCOPES:
            scopes[scope] += count if held[scope] else 0
        if held.get(chosen.scope, True):
            queues[queue] += count
            queues["new"] += count if is_new else 0
            queues["all"] += count
    return WorkCounts(scopes, queues)


def work_page(
    person: Person,
    chosen: WorkFilter,
    now: datetime,
    soon_until: datetime,
    after: str = "",
    before: str = "",
    size: int = USUAL,
) -> WorkPage:
    """A page of the inbox: the most urgent dossier first, work without a date last."""
    statement = _open_work(person, chosen).outerjoin(User, User.username == VisitRow.holder)
    if chosen.scope in SCOPES[1:]:
        statement = statement.where(_scope(person, chosen.scope))
    if chosen.queue == "new":
        statement = statement.where(VisitRow.holder == "")
    elif chosen.queue in QUEUES:
        statement = statement.where(_queue(now, soon_until) == chosen.queue)
    statement = statement.with_only_columns(VisitRow.id, *_ROW, User.first_name, User.last_name)
    found = read_slice(db.session, partial(stretched, statement, _ORDER), _ORDER.kind, after, before, size)
    return WorkPage(tuple(map(_row, found.rows)), found.next, found.previous)


def work_choices(person: Person, scope: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The procedure keys and the (step, title) pairs among open work: what the filters offer."""
    statement = _open_work(person, WorkFilter(scope))
    if scope in SCOPES[1:]:
        statement = statement.where(_scope(person, scope))
    columns = (Dossier.procedure_key, VisitRow.step, VisitRow.title)
    rows = db.session.execute(statement.with_only_columns(*columns).distinct().order_by(*columns).limit(500)).all()
    return tuple(dict.fromkeys(row[0] for row in rows)), tuple(dict.fromkeys((row[1], row[2]) for row in rows))


def open_work_by_field(person: Person) -> dict[str, int]:
    """How many dossiers wait for this person in each field of work."""
    rows = db.session.execute(_COUNTED, {"badges": sorted(person.badges), "holder": person.username})
    return {row.field: row.waiting for row in rows}


_OFFERED, _VISIT, _DOSSIER = VisitPosition.__table__.c, VisitRow.__table__.c, Dossier.__table__.c
# Asked for by every page: made once, and what is offered is counted from an index alone.
_WAITING = union(
    select(_OFFERED.field, _OFFERED.dossier_id).where(_OFFERED.position.in_(bindparam("badges", expanding=True))),
    select(_DOSSIER.field, _VISIT.dossier_id)
    .join_from(VisitRow.__table__, Dossier.__table__, _DOSSIER.id == _VISIT.dossier_id)
    .where(_VISIT.holder == bindparam("holder"), _VISIT.left_at.is_(None)),
).subquery()
_COUNTED = select(_WAITING.c.field, func.count().label("waiting")).group_by(_WAITING.c.field)


def _open_work(person: Person, chosen: WorkFilter) -> Select[Any]:
    """Open visits one of the badges may do, or that the person holds; with the filters that counts respect too."""
    offered = select(VisitPosition.visit_id).where(VisitPosition.position.in_(sorted(person.badges)))
    held = select(VisitRow.id).where(VisitRow.holder == person.username, VisitRow.left_at.is_(None))
    statement = (
        select(VisitRow.id)
        .join(Dossier, Dossier.id == VisitRow.dossier_id)
        .where(VisitRow.left_at.is_(None), VisitRow.id.in_(union(offered, held)))
    )
    for word in words(chosen.words[:200]):
        statement = statement.where(Dossier.search.contains(f" {word}", autoescape=True))
    if chosen.procedure:
        statement = statement.where(Dossier.procedure_key == chosen.procedure)
    return statement.where(VisitRow.step == chosen.step) if chosen.step else statement


def _scope(person: Person, scope: str) -> ColumnElement[bool]:
    if scope == "mine":
        return VisitRow.holder == person.username
    if scope == "consulted":
        return VisitRow.kind == "opinion"
    return (VisitRow.kind != "opinion") & (VisitRow.holder != person.username)


def _queue(now: datetime, soon_until: datetime) -> ColumnElement[str]:
    return case(
        (Dossier.clock_state.in_(PAUSED), "pause"),
        (Dossier.finished_at.is_not(None) | Dossier.due_at.is_(None), "ok"),
        (Dossier.due_at < now, "late"),
        (Dossier.due_at < soon_until, "soon"),
        else_="ok",
    )


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


_ROW: tuple[Any, ...] = (
    Dossier.id.label("dossier_id"),
    Dossier.procedure_key,
    Dossier.procedure_number,
    func.coalesce(Dossier.code, "").label("code"),
    Dossier.channel,
    Dossier.applicant_name,
    Dossier.status,
    Dossier.clock_state,
    Dossier.due_at,
    Dossier.result_class,
    Dossier.row_version,
    VisitRow.number,
    VisitRow.step,
    VisitRow.title,
    VisitRow.kind,
    VisitRow.holder,
    VisitRow.entered_at,
    VisitRow.due_at.label("visit_due_at"),
)


def _row(row: Any) -> WorkRow:
    holder = full_name(row.first_name or "", row.last_name or "")
    return WorkRow._make((*row[1 : len(_ROW) + 1], holder))


def _with_due(statement: Select[Any]) -> Select[Any]:
    return statement.where(Dossier.due_at.is_not(None))


def _without_due(statement: Select[Any]) -> Select[Any]:
    return statement.where(Dossier.due_at.is_(None))


_ID = VisitRow.__table__.c.id
_ORDER = Order(Dossier.__table__.c.due_at, _ID, _ID, "date", False, _with_due, _without_due)
