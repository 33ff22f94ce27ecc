"""A message of another system: it ends a step that waits for it and fills what the step takes from it (section 8.5)."""

from collections.abc import Mapping

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.clocking import rechain
from app.engine.conduct import not_allowed, wrong_status
from app.engine.filling import fill, invalid_answers, save
from app.engine.leaving import complete
from app.engine.rights import SYSTEM_POSITION
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_hear(turn: Turn, _visit: Visit) -> str | Refusal:
    """Messages come from systems, never from people; who knows what happened ends the wait by hand, with a proof."""
    if SYSTEM_POSITION not in turn.actor.positions:
        return not_allowed("message", (SYSTEM_POSITION,))
    return (
        SYSTEM_POSITION if any(_expected(turn, visit) for visit in turn.state.visits) else wrong_status(turn, "message")
    )


def hear(turn: Turn, _visit: Visit, action: Action, position: str) -> Refusal | None:
    """Take a message in; ``choose`` is its name, ``fill`` its values under the sender's names.

    ``arguments["reference"]`` is what the sender calls it; it stays known, so that nobody delivers it twice.
    """
    visit = next((visit for visit in turn.state.visits if action.choose in _expected(turn, visit)), None)
    if visit is None:
        return wrong_status(turn, "message")
    at = turn.route.steps[visit.step]
    take: Mapping[str, str] = at.step.wait.take if at.step.wait is not None else {}
    strange = [name for name in action.fill if name not in take.values()]
    if strange:
        return invalid_answers([invalid(name, "unknown_field") for name in strange])
    reference = str(action.arguments.get("reference", "")).strip()
    turn.emit("message_received", {"visit": visit.number, "message": action.choose, "reference": reference})
    values = {field: action.fill[name] for field, name in take.items() if name in action.fill}
    filled = fill(turn, at, values, "", leaving=True)
    if isinstance(filled, Refusal):
        return filled
    save(turn, filled)
    rechain(turn, filled.changed)
    return complete(turn, visit, at, by_system=True)


def _expected(turn: Turn, visit: Visit) -> tuple[str, ...]:
    """The messages of which one ends this stay."""
    wait = turn.route.steps[visit.step].step.wait if visit.kind == "step" else None
    return wait.of if wait is not None and wait.on == "message" else ()
