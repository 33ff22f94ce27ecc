"""Write what follows from journals anew: columns, answers, readers; after a change of organisation or code."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.organisation import Organisation
from app.storage.catalogue_store import holder
from app.storage.database import reading, writing
from app.storage.dossier_writing import derived_columns
from app.storage.dossiers import lock_dossier
from app.storage.field_values import write_field_values
from app.storage.following import dossiers_to_follow, note_followed, organisation_in_force
from app.storage.readers import write_reader_people
from app.storage.sensitive import seal_state
from app.storage.tables import Dossier


def rebuild_dossiers() -> int:
    """How many were rebuilt; each in a transaction of its own, so that work goes on meanwhile."""
    catalogue = holder.refresh()
    with reading() as session:
        ids = session.scalars(select(Dossier.id).order_by(Dossier.id)).all()
        organisation_id = organisation_in_force(session)
    count = _rebuild(ids, catalogue)
    with writing() as session:
        note_followed(session, organisation_id, None)
    return count


def follow_organisation(now: datetime, limit: int = 200) -> int:
    """After another organisation was published: rebuild the next dossiers. How many; 0 when all follow it."""
    catalogue = holder.refresh()
    with reading() as session:
        organisation_id = organisation_in_force(session)
        ids = dossiers_to_follow(session, now, limit)
    if ids is None:
        return 0
    count = _rebuild(ids, catalogue)
    with writing() as session:
        note_followed(session, organisation_id, ids[-1] if len(ids) == limit else None)
    return count


def _rebuild(ids: Iterable[int], catalogue: Catalogue) -> int:
    organisation = catalogue.organisation
    if organisation is None:
        return 0
    count = 0
    for dossier_id in ids:
        with writing() as session:
            count += _rebuild_one(session, dossier_id, catalogue, organisation)
    return count


def _rebuild_one(session: Session, dossier_id: int, catalogue: Catalogue, organisation: Organisation) -> bool:
    stored = lock_dossier(session, dossier_id)
    if stored is None:
        return False
    procedure = catalogue.procedure(stored.state.procedure, stored.state.number)
    sealed = seal_state(stored.state, procedure, stored.sealer.seal)
    columns, allowed = derived_columns(session, stored.state, sealed, procedure, organisation)
    session.execute(update(Dossier).where(Dossier.id == dossier_id).values(**columns))
    write_reader_people(session, dossier_id, allowed)
    write_field_values(session, dossier_id, procedure, sealed)
    return True
