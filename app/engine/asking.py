"""Consulting out of turn, and answering: conduct ``consult`` and ``opinion``."""

from app.engine.actions import Action
from app.engine.by_itself import close_consult
from app.engine.conduct import as_worker, not_allowed, wrong_status
from app.engine.conduct_rules import is_offered
from app.engine.consult import Asked, answering, give_opinion, open_opinion
from app.engine.rights import may_act
from app.engine.state import Visit
from app.engine.timing import due_of, duration_of
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_consult(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step, where the step offers it."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "consult") or turn.state.finished_at is not None or step.consult is not None:
        return wrong_status(turn, "consult")
    return as_worker(turn, visit) or not_allowed("consult", visit.positions)


def consult(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Ask others beside the route; the step does not wait for them."""
    asked = [str(party).strip() for party in action.arguments.get("ask", ()) if str(party).strip()]
    question = str(action.arguments.get("question", "") or action.comment).strip()
    if not asked:
        return Refusal("required", {"field": "ask"})
    if not question:
        return Refusal("required", {"field": "question"})
    within = action.arguments.get("within")
    due = due_of(duration_of(str(within)), turn.now, turn.world) if within else None
    for party in asked:
        open_opinion(turn, visit, visit.step, Asked(party, question, answering(turn, party, visit), due))
    return None


def may_answer(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever was asked; for a unit outside the house, whoever asked it."""
    return may_act(turn.actor, visit.positions) or not_allowed("opinion", visit.positions)


def answer(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """One answer; the last one, or enough of them, closes the consulting step."""
    refusal = give_opinion(turn, visit, action, position)
    return refusal or close_consult(turn, visit.parent)
