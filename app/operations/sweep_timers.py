"""Let time pass: every dossier whose moment has come is looked at once, each in its own transaction."""

import traceback
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.engine.moves import next_sweep, sweep
from app.operations.dossier_change import keep_outcome, setting_for
from app.storage.catalogue_store import holder
from app.storage.database import is_sqlite, writing
from app.storage.dossier_writing import set_timer
from app.storage.dossiers import lock_dossier
from app.storage.incidents import report_incident
from app.storage.people import system_person
from app.storage.tables import Heartbeat, Timer
from app.storage.upsert import upsert


def sweep_timers(now: datetime, limit: int = 200) -> int:
    """How many dossiers were looked at. A dossier that cannot be swept becomes an incident and stops nothing else."""
    catalogue = holder.current()
    looked_at = 0
    while looked_at < limit:
        try:
            dossier_id = 0
            with writing() as session:
                dossier_id = _next_due(session, now)
                if not dossier_id:
                    break
                _sweep_one(session, dossier_id, catalogue, now)
        except Exception:  # whatever is wrong with one dossier, the others have their rights to time
            if not dossier_id:
                raise
            _set_aside(dossier_id, now)
        looked_at += 1
    with writing() as session:
        session.execute(upsert(session, Heartbeat, [{"name": "sweep", "at": now}], ("name",), ("at",)))
    return looked_at


def _next_due(session: Session, now: datetime) -> int:
    due = select(Timer.dossier_id).where(Timer.state == "waiting", Timer.due_at <= now).order_by(Timer.due_at).limit(1)
    if not is_sqlite(session):
        due = due.with_for_update(skip_locked=True)
    return session.scalars(due).first() or 0


def _sweep_one(session: Session, dossier_id: int, catalogue: Catalogue, now: datetime) -> None:
    stored = lock_dossier(session, dossier_id)
    if stored is None:
        set_timer(session, dossier_id, None)
        return
    setting = setting_for(session, catalogue, stored.state.procedure, stored.state.number, now)
    outcome = sweep(setting.procedure, stored.state, now, setting.world)
    if outcome is not None:
        keep_outcome(session, stored, outcome, setting, system_person(), now)
    wake = next_sweep(outcome.state if outcome is not None else stored.state)
    if wake is not None and wake <= now:
        raise RuntimeError(f"dossier {dossier_id} waits for {wake}, which has passed: its sweep does nothing")
    set_timer(session, dossier_id, wake)


def _set_aside(dossier_id: int, now: datetime) -> None:
    fault = traceback.format_exc(limit=-6)
    with writing() as session:
        session.execute(update(Timer).where(Timer.dossier_id == dossier_id).values(state="failed"))
        report_incident(session, "sweep", f"dossier {dossier_id}", fault, now)
