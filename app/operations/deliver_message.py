"""Deliver a message of another system to the dossier that waits for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.engine.moves import Action, move
from app.engine.world import Refusal
from app.operations.dossier_change import done_of, keep_outcome, refusing_calls, setting_for
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.dossiers import lock_dossier, with_code
from app.storage.outcomes import Done
from app.storage.people import system_person


@refusing_calls
def deliver_message(
    code: str, message: str, values: Mapping[str, Any], now: datetime, *, reference: str = ""
) -> Done | Refusal:
    """What it led to, or not_found, or the engine's refusal (``wrong_status``: no step waits for this message).

    ``reference``: what the sender calls the message. Sent again it changes nothing and is answered as the first time.
    """
    catalogue = holder.current()
    with writing() as session:
        stored = lock_dossier(session, with_code(session, code))
        if stored is None:
            return Refusal("not_found", {"code": code})
        if reference and reference in stored.state.messages:
            return done_of(stored.id, stored.state)
        setting = setting_for(session, catalogue, stored.state.procedure, stored.state.number, now)
        by = system_person()
        action = Action("message", choose=message, fill=values, arguments={"reference": reference})
        outcome = move(setting.procedure, stored.state, action, by.actor, now, setting.world)
        if isinstance(outcome, Refusal):
            session.rollback()  # numbers may have been taken on the way
            return outcome
        return keep_outcome(session, stored, outcome, setting, by, now)
