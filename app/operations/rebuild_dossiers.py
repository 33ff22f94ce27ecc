"""Write what follows from journals anew: columns, answers, readers; after a change of organisation or code."""

from sqlalchemy import select, update

from app.storage.catalogue_store import holder
from app.storage.database import reading, writing
from app.storage.dossier_writing import derived_columns
from app.storage.dossiers import lock_dossier
from app.storage.field_values import write_field_values
from app.storage.readers import write_reader_people
from app.storage.sensitive import seal_state
from app.storage.tables import Dossier


def rebuild_dossiers() -> int:
    """How many were rebuilt; each in a transaction of its own, so that work goes on meanwhile."""
    catalogue = holder.refresh()
    organisation = catalogue.organisation
    if organisation is None:
        return 0
    with reading() as session:
        ids = session.scalars(select(Dossier.id).order_by(Dossier.id)).all()
    for dossier_id in ids:
        with writing() as session:
            stored = lock_dossier(session, dossier_id)
            if stored is None:
                continue
            procedure = catalogue.procedure(stored.state.procedure, stored.state.number)
            sealed = seal_state(stored.state, procedure, stored.sealer.seal)
            columns, allowed = derived_columns(session, stored.state, sealed, procedure, organisation)
            session.execute(update(Dossier).where(Dossier.id == dossier_id).values(**columns))
            write_reader_people(session, dossier_id, allowed)
            write_field_values(session, dossier_id, procedure, sealed)
    return len(ids)
