"""Time passing: silence, deadlines, fixed waits (sections 4.5 and 8.5). Nobody acts, the platform does."""

from datetime import datetime, timedelta

from app.definition.model.procedure import Procedure
from app.definition.model.who import Who
from app.engine.by_itself import close_consult, finish_move
from app.engine.calendar import CalendarUnknown
from app.engine.consult import silence
from app.engine.ending import lapse
from app.engine.leaving import complete, leave
from app.engine.plan import StepPlan
from app.engine.rights import positions_of
from app.engine.routing import enter
from app.engine.state import State, Visit
from app.engine.turn import Turn
from app.engine.world import SYSTEM, Outcome, Refusal, World

LATE = "late"
MINUTE = timedelta(minutes=1)
# A dossier whose steps end by lateness one after the other; the check refuses circles without a person.
MOST_ROUNDS = 100


def sweep(procedure: Procedure, state: State, now: datetime, world: World) -> Outcome | None:
    """What has happened by time alone until now; None if nothing has."""
    if state.ended_at is not None:
        return None
    turn = Turn(procedure, state, SYSTEM, now, world)
    for _ in range(MOST_ROUNDS):
        late = next((visit for visit in turn.state.visits if is_due(visit, now)), None)
        if late is None:
            break
        refusal = _passed(turn, late)
        if refusal is not None:
            return _stuck(procedure, state, now, world, late, refusal)
        if turn.state.ended_at is not None:
            break
    return turn.outcome() if turn.events else None


def _passed(turn: Turn, visit: Visit) -> Refusal | None:
    try:
        return _pass(turn, visit) or finish_move(turn)
    except CalendarUnknown as unknown:
        return Refusal("calendar_unknown", {"year": unknown.year})


def _stuck(procedure: Procedure, state: State, now: datetime, world: World, visit: Visit, refusal: Refusal) -> Outcome:
    """The way on cannot be decided without a person: the visit is marked late, with the reason."""
    turn = Turn(procedure, state, SYSTEM, now, world)
    mark = visit.number if state.visit(visit.number) is not None else state.visits[0].number
    turn.emit("reminded", {"visit": mark, "because": refusal.code})
    turn.notice("step_late", visit=mark)
    return turn.outcome()


def is_due(visit: Visit, now: datetime) -> bool:
    """Whether the time of a visit is over and nobody has been told yet."""
    return visit.due is not None and now > visit.due and visit.note != LATE


def next_sweep(state: State) -> datetime | None:
    """When there may be something to do next: a minute after the next moment that is due."""
    if state.ended_at is not None:
        return None
    dues = [visit.due for visit in state.visits if visit.due is not None and visit.note != LATE]
    return min(dues) + MINUTE if dues else None


def _pass(turn: Turn, visit: Visit) -> Refusal | None:
    if visit.kind == "supplement":
        asked = turn.state.requests[-1]
        lapse(turn, str(asked["on_late"]), "answer_late")
        return None
    at = turn.route.steps[visit.step]
    if visit.kind == "opinion":
        return _silent(turn, at, visit)
    if visit.kind == "step" and at.step.wait is not None and at.step.wait.on in ("time", "date"):
        return complete(turn, visit, at, by_system=True)
    if visit.kind == "step" and visit.sent is None:
        return _late(turn, at, visit)
    remind(turn, visit, "step_late")
    return None


def _silent(turn: Turn, at: StepPlan, visit: Visit) -> Refusal | None:
    consult = at.step.consult
    if consult is None or consult.silence == "wait":
        remind(turn, visit, "answer_late")
        return None
    silence(turn, visit, consult.silence)
    return close_consult(turn, visit.parent)


def remind(turn: Turn, visit: Visit, event: str) -> None:
    """Mark a visit late, once, and tell whoever has it."""
    turn.emit("reminded", {"visit": visit.number})
    at = turn.route.steps.get(visit.step)
    above = escalated(turn, at.step.escalate) if at is not None and visit.kind == "step" else ()
    turn.notice(event, visit=visit.number, **({"escalate": list(above)} if above else {}))


def escalated(turn: Turn, who: Who | None) -> tuple[str, ...]:
    """The positions that are told of lateness as well."""
    if who is None:
        return ()
    return positions_of(who, turn.procedure, turn.state, turn.world.organisation, on=turn.now.date())


def _late(turn: Turn, at: StepPlan, visit: Visit) -> Refusal | None:
    """What the step says about lateness."""
    how = at.step.on_late
    if how in ("stop", "refuse"):
        lapse(turn, how, f"late:{at.key}")
        return None
    if how == "next":
        return complete(turn, visit, at, by_system=True, outcome=LATE)
    if how == "to":
        leave(turn, at, visit, {"visit": visit.number, "outcome": LATE}, by_system=True)
        enter(turn, turn.route.steps[at.step.on_late_to], visit.number)
        return None
    remind(turn, visit, "step_late")
    return None
