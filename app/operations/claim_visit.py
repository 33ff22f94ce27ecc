"""Take open work for oneself, or give it back."""

from datetime import datetime

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.take_action import take_action
from app.storage.people import Person


def claim_visit(dossier_id: int, visit: int, by: Person, now: datetime) -> Refusal | None:
    """None when it is mine now. Whoever comes second is refused by the engine: held {holder}."""
    return _moved("claim", dossier_id, visit, by, now)


def release_visit(dossier_id: int, visit: int, by: Person, now: datetime) -> Refusal | None:
    """None when it is free again."""
    return _moved("release", dossier_id, visit, by, now)


def _moved(kind: str, dossier_id: int, visit: int, by: Person, now: datetime) -> Refusal | None:
    answer = take_action(dossier_id, None, Action(kind, visit=visit), by, now)
    return answer if isinstance(answer, Refusal) else None
