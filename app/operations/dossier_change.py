"""What every change of a dossier shares: it is written with all that follows from it, in one transaction."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.procedure import Procedure
from app.engine.moves import next_sweep
from app.engine.state import State
from app.engine.world import Effect, Outcome, World
from app.operations.prints.print_data import print_data
from app.storage.catalogue_store import holder
from app.storage.dossier_writing import Change, write_dossier
from app.storage.dossiers import StoredDossier
from app.storage.outcomes import Done, NewPrint, write_messages, write_payments, write_prints
from app.storage.people import Person


class Setting(NamedTuple):
    """What the engine is asked with: the pinned procedure and the world of this transaction."""

    procedure: Procedure
    world: World


def setting_for(session: Session, catalogue: Catalogue, key: str, number: int | None, now: datetime) -> Setting:
    """The procedure in its version, and a world whose numbers are taken in this transaction."""
    return Setting(catalogue.procedure(key, number), holder.world(catalogue, session, now.date()))


def keep_outcome(
    session: Session, stored: StoredDossier | None, outcome: Outcome, setting: Setting, by: Person, now: datetime
) -> Done:
    """Write what a move did, and what it asks for."""
    procedure, world = setting
    before = stored.state if stored is not None else State()
    if not outcome.events:
        return done_of(stored.id if stored is not None else 0, before)
    wake = next_sweep(outcome.state)
    change = Change(outcome.state, outcome.events, wake)
    dossier_id = write_dossier(session, stored, change, procedure, world.organisation)
    prints = list(_prints(outcome, setting, by, now))
    if prints:
        write_prints(session, dossier_id, prints, by.username, now)
    messages = [(_event_of(effect), effect.data) for effect in outcome.effects if effect.kind != "print_ordered"]
    write_messages(session, dossier_id, outcome.state.sequence, messages, now)
    write_payments(session, dossier_id, before, outcome.events)
    return done_of(dossier_id, outcome.state)


def done_of(dossier_id: int, state: State) -> Done:
    """The answer to whoever asked."""
    return Done(dossier_id, state.procedure, state.sequence, state.code)


def _prints(outcome: Outcome, setting: Setting, by: Person, now: datetime) -> Iterator[NewPrint]:
    for effect in outcome.effects:
        if effect.kind == "print_ordered":
            yield print_data(
                str(effect.data["print"]), effect.data, outcome.state, setting.procedure, setting.world, by, now
            )


def _event_of(effect: Effect) -> str:
    return str(effect.data.get("event", effect.kind))
