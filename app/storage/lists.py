"""The list page of a procedure: rows, keyset paging, capped count; four statements at most."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.definition.model.procedure import Procedure
from app.engine.state import LONG_AGO
from app.storage.conditions import columns_of, condition_of
from app.storage.database import db
from app.storage.dossiers import narrowed_to, readable_by
from app.storage.keyset import USUAL, read_slice
from app.storage.list_columns import order_for
from app.storage.list_filters import Wanted, conditions
from app.storage.tables import Dossier

CAP = 1_000
# Work that is over; everything else is still somebody's, a result waiting to be collected included.
CLOSED = ("returned", "stopped", "not_accepted")


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


COLUMNS: tuple[Any, ...] = (
    Dossier.id,
    Dossier.code,
    Dossier.applicant_name,
    Dossier.status,
    Dossier.step_keys,
    Dossier.step_titles,
    Dossier.unit,
    Dossier.holder,
    Dossier.received_at,
    Dossier.due_at,
    Dossier.finished_at,
    Dossier.returned_at,
    Dossier.clock_state,
    Dossier.result_class,
    Dossier.procedure_number,
    Dossier.answers,
)


def list_dossiers(procedure: Procedure, badges: Collection[str], query: ListQuery) -> ListPage:
    """The page of this procedure's dossiers that these badges may see."""
    where = (
        Dossier.procedure_key == procedure.key,
        readable_by(badges),
        *narrowed_to(badges),
        *in_scope(query.scope),
        *conditions(procedure, query.filters),
        *_of_card(procedure, query),
    )
    order = order_for(procedure, query.sort)
    found = read_slice(db.session, select(*COLUMNS).where(*where), order, query.after, query.before, query.size)
    return ListPage(tuple(map(_row, found.rows)), found.next, found.previous, count_capped(*where))


def in_scope(scope: str) -> tuple[ColumnElement[bool], ...]:
    """Open dossiers, closed ones, or both."""
    if scope == "open":
        return (Dossier.status.not_in(CLOSED),)
    return (Dossier.status.in_(CLOSED),) if scope == "closed" else ()


def _of_card(procedure: Procedure, query: ListQuery) -> Iterator[ColumnElement[bool]]:
    if 0 < query.card <= len(procedure.screens.cards):
        yield condition_of(procedure.screens.cards[query.card - 1].when, columns_of(procedure, query.now))


def count_cards(procedure: Procedure, badges: Collection[str], scope: str, now: datetime) -> tuple[int, ...]:
    """How many dossiers each counter counts of those these badges may see, 1,001 for more; all in one statement."""
    if not procedure.screens.cards:
        return ()
    seen = (Dossier.procedure_key == procedure.key, readable_by(badges), *narrowed_to(badges), *in_scope(scope))
    columns, counts = columns_of(procedure, now), []
    for card in procedure.screens.cards:
        some = select(Dossier.id).where(*seen, condition_of(card.when, columns)).limit(CAP + 1).subquery()
        counts.append(select(func.count()).select_from(some).scalar_subquery())
    return tuple(db.session.execute(select(*counts)).one())


def count_capped(*where: ColumnElement[bool]) -> int:
    """How many dossiers there are, at most 1,001: counting further would cost with the size of the table."""
    some = select(Dossier.id).where(*where).limit(CAP + 1).subquery()
    return int(db.session.execute(select(func.count()).select_from(some)).scalar_one())


def _row(row: Any) -> ListRow:
    values = row[: len(COLUMNS)]
    return ListRow(values[0], values[1] or "", values[2], values[3], tuple(values[4].split()), *values[5:])
