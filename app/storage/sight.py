"""Who may see and do what, as the rows have it, against what follows from the journal and the organisation."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.rights import readers
from app.engine.state import State
from app.storage.readers import reader_people, reader_positions
from app.storage.tables import Dossier, Reader, ReaderPerson, VisitPosition, VisitRow


class Sight(NamedTuple):
    """The rows of one dossier: positions of its set, single people, and (visit number, position) of open work."""

    positions: frozenset[str]
    people: frozenset[str]
    work: frozenset[tuple[int, str]]


def read_sights(session: Session, dossier_ids: Collection[int]) -> dict[int, Sight]:
    """The rows of several dossiers, by dossier."""
    ids = list(dossier_ids)
    positions: dict[int, set[str]] = {one: set() for one in ids}
    people: dict[int, set[str]] = {one: set() for one in ids}
    work: dict[int, set[tuple[int, str]]] = {one: set() for one in ids}
    sets = select(Dossier.id, Reader.position).join(Reader, Reader.reader_set_id == Dossier.reader_set_id)
    for dossier_id, position in session.execute(sets.where(Dossier.id.in_(ids))):
        positions[dossier_id].add(position)
    single = select(ReaderPerson.dossier_id, ReaderPerson.username).where(ReaderPerson.dossier_id.in_(ids))
    for dossier_id, username in session.execute(single):
        people[dossier_id].add(username)
    opened = select(VisitRow.dossier_id, VisitRow.number, VisitPosition.position)
    opened = opened.join(VisitPosition, VisitPosition.visit_id == VisitRow.id).where(VisitRow.dossier_id.in_(ids))
    for dossier_id, number, position in session.execute(opened):
        work[dossier_id].add((number, position))
    return {one: Sight(frozenset(positions[one]), frozenset(people[one]), frozenset(work[one])) for one in ids}


def sight_faults(
    sight: Sight, procedure: Procedure, state: State, organisation: Organisation, actors: Collection[str]
) -> Iterator[tuple[str, str]]:
    """(kind, position or user name) of every row that is too much or missing; kinds: reader, position.

    ``actors`` are the people of the journal: whoever worked on a dossier may keep sight of it.
    """
    allowed = readers(procedure, state, organisation)
    for position in sorted(sight.positions ^ frozenset(reader_positions(allowed))):
        yield "reader", position
    for username in sorted(sight.people - frozenset(reader_people(allowed)) - frozenset(actors)):
        yield "reader", username
    expected = {(visit.number, position) for visit in state.visits for position in visit.positions}
    for _number, position in sorted(sight.work ^ expected):
        yield "position", position
