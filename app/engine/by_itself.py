"""Steps that end by themselves, and the end of every move."""

from app.engine.calling import call_out, is_answered
from app.engine.consult import is_complete, send
from app.engine.fees import unsettled
from app.engine.leaving import complete
from app.engine.plan import StepPlan
from app.engine.routing import settle
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.waiting import is_over
from app.engine.world import Refusal


def close_consult(turn: Turn, number: int) -> Refusal | None:
    """A consulting step that was sent closes when all, or enough, have answered."""
    visit = turn.state.visit(number)
    if visit is None or visit.sent is None or visit.kind != "step":
        return None
    at = turn.route.steps[visit.step]
    consult = at.step.consult
    if consult is None or not is_complete(turn, visit, consult):
        return None
    return complete(turn, visit, at, by_system=True)


def run_by_itself(turn: Turn, number: int) -> Refusal | None:
    """A step just entered that needs nobody: the system's own, or a wait for something that has happened already."""
    visit = turn.state.visit(number)
    if visit is None:
        return None
    at = turn.route.steps[visit.step]
    wait = at.step.wait
    if wait is not None:
        return complete(turn, visit, at, by_system=True) if is_over(turn, wait, visit) else None
    if at.step.pay and at.by_applicant and not at.fills:
        paid = not unsettled(turn.procedure, turn.state, turn.env, at.step.pay)
        return complete(turn, visit, at, by_system=True) if paid else None
    if at.step.call is not None:
        return _run_call(turn, visit, at)
    if not at.by_system:
        return None
    if at.step.consult is not None:
        send(turn, visit, at, {})
        return close_consult(turn, number)
    return complete(turn, visit, at, by_system=True)


def _run_call(turn: Turn, visit: Visit, at: StepPlan) -> Refusal | None:
    """A step that calls ends with the last of the dossiers it waits for; one that does not wait ends at once."""
    if visit.sent is None and not at.by_system:
        return None
    if visit.sent is None:
        call_out(turn, visit, at)
    return close_call(turn, visit.number, at)


def close_call(turn: Turn, number: int, at: StepPlan) -> Refusal | None:
    """Leave the calling step, unless it still waits."""
    visit, call = turn.state.visit(number), at.step.call
    if visit is None or call is None or (call.wait and not is_answered(turn, visit)):
        return None
    return complete(turn, visit, at, by_system=True)


def after_payment(turn: Turn) -> None:
    """Money has come in: the steps that waited for it end."""
    for visit in turn.state.visits:
        at = turn.route.steps.get(visit.step)
        if visit.kind == "step" and at is not None and _is_paid_for(at):
            turn.fresh.append(visit.number)


def _is_paid_for(at: StepPlan) -> bool:
    """Whether money may end the step: it waits for it, or the applicant's part in it is to pay."""
    wait = at.step.wait
    return (wait is not None and wait.on == "payment") or bool(at.step.pay and at.by_applicant)


def finish_move(turn: Turn) -> Refusal | None:
    """Let everything run that needs nobody, then say where the dossier stands."""
    while True:
        while turn.fresh:
            refusal = run_by_itself(turn, turn.fresh.pop(0))
            if refusal is not None:
                return refusal
        if not turn.moved:
            return None
        refusal = settle(turn)
        if refusal is not None or not turn.fresh:
            return refusal
