"""Whether the work stands still because somebody is asked whether the dossier is to be moved or ended."""

from app.engine.state import State

# While one of these waits to be agreed to, nobody works on.
HOLDS = frozenset(("refuse", "stop", "withdraw", "transfer", "supplement", "send_back"))


def is_held(state: State) -> bool:
    """An approval of such conduct is open."""
    return any(visit.kind == "approval" and visit.party in HOLDS for visit in state.visits)
