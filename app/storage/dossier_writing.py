"""Writing what a move did: journal, row, open work, readers, projected answers and timer in one transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.events import Event
from app.engine.rights import readers
from app.engine.state import State, Visit
from app.storage.dossiers import StoredDossier
from app.storage.field_values import write_field_values
from app.storage.identity_mark import identity_mark
from app.storage.journal import BEGINNING, append_events
from app.storage.keys import keys
from app.storage.projection import dossier_columns, visit_columns
from app.storage.readers import reader_set, write_reader_people
from app.storage.sealing import Sealer
from app.storage.sensitive import seal_event, seal_state
from app.storage.tables import Dossier, Timer, VisitPosition, VisitRow
from app.storage.upsert import upsert

ARRIVING = {"head_hash": "", "head_mac": ""}


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written: the new state, its new events, and when the sweep should look again."""

    state: State
    events: tuple[Event, ...]
    wake: datetime | None


def write_dossier(
    session: Session,
    old: StoredDossier | None,
    change: Change,
    procedure: Procedure,
    organisation: Organisation,
) -> int:
    """Append the events and make every row follow from them. Returns the dossier's id."""
    sealer = old.sealer if old is not None else Sealer(keys())
    state = seal_state(change.state, procedure, sealer.seal)
    events = [seal_event(event, procedure, sealer.seal) for event in change.events]
    before = old.state if old is not None else State()
    columns, allowed = derived_columns(session, change.state, state, procedure, organisation)
    columns["updated_by"] = events[-1].actor
    dossier_id = _insert(session, columns) if old is None else old.id
    sealer.keep(session, dossier_id)
    head = append_events(session, keys(), dossier_id, old.head if old is not None else BEGINNING, events)
    columns |= {"head_hash": head.hash, "head_mac": head.mac}
    session.execute(update(Dossier).where(Dossier.id == dossier_id).values(**columns))
    write_visits(session, dossier_id, procedure.field, before, state)
    write_reader_people(session, dossier_id, allowed)
    if old is None or before.answers != change.state.answers:
        write_field_values(session, dossier_id, procedure, state)
    set_timer(session, dossier_id, change.wake)
    return dossier_id


def derived_columns(
    session: Session, state: State, sealed: State, procedure: Procedure, organisation: Organisation
) -> tuple[dict[str, Any], frozenset[str]]:
    """Everything in the row that follows from the state and the organisation; and who may see the dossier."""
    allowed = readers(procedure, state, organisation)
    columns = dossier_columns(sealed, procedure)
    columns["reader_set_id"] = reader_set(session, allowed)
    columns["applicant_mark"] = identity_mark(keys(), state.applicant.get("identity"))
    return columns, allowed


def _insert(session: Session, columns: dict[str, Any]) -> int:
    added = session.execute(insert(Dossier).values(**columns, **ARRIVING).returning(Dossier.id))
    return int(added.scalar_one())


def write_visits(session: Session, dossier_id: int, field: str, before: State, after: State) -> None:
    """Bring the visit rows up to the state; positions stand only at open visits."""
    known = {visit.number: visit for visit in (*before.past, *before.visits)}
    changed = [visit for visit in (*after.past, *after.visits) if known.get(visit.number) != visit]
    if not changed:
        return
    ids = upsert_visits(session, dossier_id, changed)
    stale = [ids[visit.number] for visit in changed if visit.number in known]
    if stale:
        session.execute(delete(VisitPosition).where(VisitPosition.visit_id.in_(stale)))
    rows = [
        {"visit_id": ids[visit.number], "position": position, "field": field, "dossier_id": dossier_id}
        for visit in changed
        if visit.left is None
        for position in dict.fromkeys(visit.positions)
    ]
    if rows:
        session.execute(insert(VisitPosition), rows)


def upsert_visits(session: Session, dossier_id: int, visits: Iterable[Visit]) -> dict[int, int]:
    """Visit number → row id."""
    rows = [{"dossier_id": dossier_id, **visit_columns(visit)} for visit in visits]
    changing = [name for name in rows[0] if name not in ("dossier_id", "number")]
    statement = upsert(session, VisitRow, rows, ("dossier_id", "number"), changing)
    return {row.number: row.id for row in session.execute(statement.returning(VisitRow.number, VisitRow.id))}


def set_timer(session: Session, dossier_id: int, wake: datetime | None) -> None:
    """When the sweep should look at this dossier next; never, if nothing waits for time."""
    if wake is None:
        session.execute(delete(Timer).where(Timer.dossier_id == dossier_id))
        return
    row = {"dossier_id": dossier_id, "due_at": wake, "state": "waiting"}
    session.execute(upsert(session, Timer, [row], ("dossier_id",), ("due_at", "state")))
