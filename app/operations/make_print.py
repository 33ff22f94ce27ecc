"""Make a print of a dossier because somebody wants one: the control slip, or what the procedure adds."""

from datetime import datetime

from app.engine.printing_by_hand import print_by_hand
from app.engine.world import Refusal
from app.operations.dossier_change import keep_outcome, setting_for
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.dossiers import lock_dossier
from app.storage.outcomes import Done, first_done, remember_done
from app.storage.people import Person


def make_print(dossier_id: int, print_key: str, by: Person, now: datetime, *, key: str = "") -> Done | Refusal:
    """The outcome, or the engine's refusal, or not_found. ``key``: a submission sent twice makes one print."""
    catalogue = holder.current()
    with writing() as session:
        done = first_done(session, by.user_id, key)
        if done is not None:
            return done
        stored = lock_dossier(session, dossier_id, by.badges)
        if stored is None:
            return Refusal("not_found")
        setting = setting_for(session, catalogue, stored.state.procedure, stored.state.number, now)
        outcome = print_by_hand(setting.procedure, stored.state, print_key, by.actor, now, setting.world)
        if isinstance(outcome, Refusal):
            session.rollback()
            return outcome
        done = keep_outcome(session, stored, outcome, setting, by, now)
        remember_done(session, by.user_id, key, done, now)
        return done
