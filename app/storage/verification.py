"""Proof that nothing was changed behind our back: every row must be the fold of a journal whose chain is whole."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.fold import fold
from app.engine.state import State, state_to_json
from app.storage.field_values import field_rows
from app.storage.journal import Head, Link, broken_link, read_chains
from app.storage.keys import Keys
from app.storage.projection import dossier_columns, visit_columns
from app.storage.sight import Sight, read_sights, sight_faults
from app.storage.tables import Dossier, FieldValue, VisitRow

BATCH = 100
_VALUES = ("field", "row", "part", "text", "sort", "folded", "number", "date")


class Fault(NamedTuple):
    """What is wrong with a dossier.

    ``kind`` of the journal, at event ``sequence``: changed removed foreign cut head; of rows that are not what the
    journal says: state column visit field_value position reader (``place`` names the column or the position). A dossier
    that an export of the ends of all journals knows, and that is not there any more as it was then: missing.
    """

    dossier_id: int
    code: str
    kind: str
    sequence: int = 0
    place: str = ""


def verify(
    session: Session,
    keys: Keys,
    procedure: Callable[[str, int], Procedure],
    organisation: Organisation | None = None,
) -> Iterator[Fault | None]:
    """One answer per dossier, in order: None when it is whole, else the first fault.

    ``organisation`` is the one that the readers of all dossiers follow; without it readers are not looked at.
    """
    last = 0
    while rows := session.execute(
        select(Dossier.__table__).where(Dossier.id > last).order_by(Dossier.id).limit(BATCH)
    ).all():
        ids = [row.id for row in rows]
        chains = read_chains(session, ids)
        visits = _grouped(session, VisitRow, ("number", *_VISIT), ids)
        values = _grouped(session, FieldValue, _VALUES, ids)
        sights = read_sights(session, ids)
        for row in rows:
            subject = _Subject(row, chains.get(row.id, []), visits.get(row.id, []), values.get(row.id, []))
            yield _first_fault(subject, keys, procedure, sights[row.id], organisation)
        last = ids[-1]


class _Subject(NamedTuple):
    row: Row[Any]
    links: list[Link]
    visits: list[tuple[Any, ...]]
    values: list[tuple[Any, ...]]


_VISIT = ("step", "kind", "title", "holder", "actor", "chosen", "entered_at", "due_at", "left_at")


def _grouped(session: Session, table: Any, names: tuple[str, ...], ids: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of a table by dossier, as plain tuples."""
    columns = [getattr(table, name) for name in names]
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in session.execute(select(table.dossier_id, *columns).where(table.dossier_id.in_(ids))):
        found.setdefault(row[0], []).append(tuple(row[1:]))
    return found


def _first_fault(
    subject: _Subject,
    keys: Keys,
    procedure: Callable[[str, int], Procedure],
    sight: Sight,
    organisation: Organisation | None,
) -> Fault | None:
    row = subject.row
    code = row.code or ""
    broken = broken_link(keys, row.id, subject.links, Head(row.row_version, row.head_hash, row.head_mac))
    if broken is not None:
        return Fault(row.id, code, broken.kind, broken.sequence)
    state = fold(link.event for link in subject.links)
    if state_to_json(state) != row.state:
        return Fault(row.id, code, "state")
    found = procedure(state.procedure, state.number)
    for kind, place in _differences(subject, state, found):
        return Fault(row.id, code, kind, place=place)
    if organisation is not None:
        actors = {link.actor for link in subject.links}
        for kind, place in sight_faults(sight, found, state, organisation, actors):
            return Fault(row.id, code, kind, place=place)
    return None


def _differences(subject: _Subject, state: State, procedure: Procedure) -> Iterator[tuple[str, str]]:
    stored: Mapping[Any, Any] = subject.row._mapping
    for name, value in dossier_columns(state, procedure).items():
        if stored[name] != value:
            yield "column", name
    if stored["updated_by"] != subject.links[-1].actor:
        yield "column", "updated_by"
    visits = [visit_columns(visit) for visit in (*state.past, *state.visits)]
    if _unequal(subject.visits, [tuple(visit[name] for name in ("number", *_VISIT)) for visit in visits]):
        yield "visit", ""
    rows = [tuple(row[name] for name in _VALUES) for row in field_rows(procedure, state)]
    if _unequal(subject.values, rows):
        yield "field_value", ""


def _unequal(stored: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> bool:
    """Whether two sets of rows differ, whatever their order."""
    return sorted(map(repr, stored)) != sorted(map(repr, expected))
