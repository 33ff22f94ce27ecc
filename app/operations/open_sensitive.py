"""Open the sensitive values of a dossier for one look: noted before anybody sees them."""

from datetime import datetime

from app.engine.rights import may_open
from app.engine.world import Refusal
from app.operations.dossier_change import setting_for
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.dossiers import lock_dossier
from app.storage.openings import note_opening
from app.storage.people import Person


def open_sensitive(dossier_id: int, by: Person, now: datetime) -> Refusal | None:
    """None when it is noted. Refusals: not_found; not_allowed, for who was asked for an opinion only."""
    catalogue = holder.current()
    with writing() as session:
        stored = lock_dossier(session, dossier_id, by.badges)
        if stored is None:
            return Refusal("not_found")
        state = stored.state
        procedure, world = setting_for(session, catalogue, state.procedure, state.number, now)
        if not may_open(by.badges, procedure, state, world.organisation):
            return Refusal("not_allowed")
        note_opening(session, dossier_id, by.username, now)
        return None
