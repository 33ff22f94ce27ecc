"""The list page of a procedure: rows, keyset paging, capped count; four statements at most.

Statements are made once for each order and scope, with parameters: making them anew costs more than running them.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select

from app.definition.model.procedure import Procedure
from app.engine.state import LONG_AGO
from app.storage.conditions import columns_of, condition_of
from app.storage.database import db
from app.storage.dossiers import READABLE, badge_parameters, reader_sets
from app.storage.keyset import USUAL, Order, Stretch, read_slice, stretched
from app.storage.list_columns import order_for
from app.storage.list_filters import Wanted, conditions
from app.storage.tables import Dossier

CAP = 1_000


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a person asked for. Anything not allowed falls back to the usual; nothing of it is an error.

    ``scope``: open | closed | all. ``card``: which counter the list is narrowed to, from 1. ``now``: what its condition
    takes for the present moment.
    """

    scope: str = "all"
    filters: Mapping[str, Wanted] = field(default_factory=dict)
    sort: str = ""
    after: str = ""
    before: str = ""
    size: int = USUAL
    card: int = 0
    now: datetime = LONG_AGO


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line. ``answers`` still hold seals: a sensitive value is no text of a list."""

    id: int
    code: str
    applicant_name: str
    status: str
    step_keys: tuple[str, ...]
    step_titles: str
    unit: str
    holder: str
    received_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    clock_state: str
    result_class: str
    procedure_number: int
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows, the cursors of the neighbouring pages ("" = none), and a count that says 1,001 for "more than 1,000"."""

    rows: tuple[ListRow, ...]
    next: str
    previous: str
    count: int

    @property
    def is_capped(self) -> bool:
        """Whether there are more than the count tells."""
        return self.count > CAP


_DOSSIER = Dossier.__table__.c

COLUMNS: tuple[Any, ...] = (
    _DOSSIER.id,
    _DOSSIER.code,
    _DOSSIER.applicant_name,
    _DOSSIER.status,
    _DOSSIER.step_keys,
    _DOSSIER.step_titles,
    _DOSSIER.unit,
    _DOSSIER.holder,
    _DOSSIER.received_at,
    _DOSSIER.due_at,
    _DOSSIER.finished_at,
    _DOSSIER.returned_at,
    _DOSSIER.clock_state,
    _DOSSIER.result_class,
    _DOSSIER.procedure_number,
    _DOSSIER.answers,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement depends on beside its parameters: open | closed | all, and whether sets of readers narrow it."""

    scope: str
    narrowed: bool


def list_dossiers(procedure: Procedure, badges: Collection[str], query: ListQuery) -> ListPage:
    """The page of this procedure's dossiers that these badges may see."""
    sets = reader_sets(badges)
    if sets == []:
        return ListPage((), "", "", 0)
    shape, order = Shape(query.scope, sets is not None), order_for(procedure, query.sort)
    parameters = _parameters(procedure, badges, query.scope, sets)
    further = (*conditions(procedure, query.filters), *_of_card(procedure, query))
    statement_for, counted = partial(_unfiltered, shape, order), _counted(shape)
    if further:
        where = (*_where(shape), *further)
        statement_for, counted = partial(stretched, select(*COLUMNS).where(*where), order), capped(*where)
    found = read_slice(db.session, statement_for, order.kind, query.after, query.before, query.size, parameters)
    count = int(db.session.execute(counted, parameters).scalar_one())
    return ListPage(tuple(map(_row, found.rows)), found.next, found.previous, count)


def _parameters(procedure: Procedure, badges: Collection[str], scope: str, sets: list[int] | None) -> dict[str, Any]:
    fixed = {"procedure_key": procedure.key, "reader_sets": sets, "closed": scope == "closed"}
    return {**fixed, **badge_parameters(badges)}


def _where(shape: Shape) -> tuple[ColumnElement[bool], ...]:
    where: list[ColumnElement[bool]] = [_DOSSIER.procedure_key == bindparam("procedure_key"), READABLE]
    if shape.scope in ("open", "closed"):
        where.append(_DOSSIER.closed == bindparam("closed"))
    if shape.narrowed:
        where.append(_DOSSIER.reader_set_id.in_(bindparam("reader_sets", expanding=True)))
    return tuple(where)


@lru_cache(maxsize=256)
def _unfiltered(shape: Shape, order: Order, stretch: Stretch) -> Select[Any]:
    return stretched(select(*COLUMNS).where(*_where(shape)), order, stretch)


@lru_cache(maxsize=8)
def _counted(shape: Shape) -> Select[Any]:
    return capped(*_where(shape))


def _of_card(procedure: Procedure, query: ListQuery) -> Iterator[ColumnElement[bool]]:
    if 0 < query.card <= len(procedure.screens.cards):
        yield condition_of(procedure.screens.cards[query.card - 1].when, columns_of(procedure, query.now))


def count_cards(procedure: Procedure, badges: Collection[str], scope: str, now: datetime) -> tuple[int, ...]:
    """How many dossiers each counter counts of those these badges may see, 1,001 for more; two statements."""
    cards = procedure.screens.cards
    sets = reader_sets(badges) if cards else []
    if sets == []:
        return (0,) * len(cards)
    seen, columns = _where(Shape(scope, sets is not None)), columns_of(procedure, now)
    counts = [capped(*seen, condition_of(card.when, columns)).scalar_subquery() for card in cards]
    return tuple(db.session.execute(select(*counts), _parameters(procedure, badges, scope, sets)).one())


def capped(*where: ColumnElement[bool]) -> Select[Any]:
    """How many dossiers there are, at most 1,001: counting further would cost with the size of the table."""
    return select(func.count()).select_from(select(_DOSSIER.id).where(*where).limit(CAP + 1).subquery())


def _row(row: Any) -> ListRow:
    values = row[: len(COLUMNS)]
    return ListRow(values[0], values[1] or "", values[2], values[3], tuple(values[4].split()), *values[5:])
