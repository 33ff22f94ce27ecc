"""Adding a step "nếu cần" from the step after it: conduct ``add_step`` (section 8.3, ruling 11).

A consultation that closed by itself leaves nobody to tick the steps that may follow; the work must not stand still
until somebody does. So the dossier goes on, and whoever has the next step adds what is needed.
"""

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.conduct import as_worker, not_allowed, wrong_status
from app.engine.filling import invalid_answers
from app.engine.leaving import leave
from app.engine.optional import skipped_before
from app.engine.routing import enter
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal

PUT_OFF = "put_off"


def may_add_step(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step after it, as long as nothing was sent out from there."""
    at = turn.route.steps[visit.step]
    if turn.state.finished_at is not None or visit.sent is not None or not skipped_before(turn, at):
        return wrong_status(turn, "add_step")
    return as_worker(turn, visit) or not_allowed("add_step", visit.positions)


def add_step(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """The optional step opens; this one comes again after it."""
    at = turn.route.steps[visit.step]
    wanted = str(action.arguments.get("to", ""))
    if not wanted:
        return Refusal("required", {"field": "to"})
    if wanted not in skipped_before(turn, at):
        return invalid_answers([invalid("to", "not_option", value=wanted)])
    data = {"visit": visit.number, "position": position, "outcome": PUT_OFF}
    leave(turn, at, visit, {**data, "comment": action.comment} if action.comment else data)
    enter(turn, turn.route.steps[wanted], visit.number)
    return None
