"""Doing the open step: who may, what must be filled in, and everything that happens when it is left (section 8.3)."""

from app.definition.model.route import Way
from app.definition.model.who import Place
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.by_itself import close_call, close_consult
from app.engine.calling import call_out
from app.engine.clocking import arrive_at_agency
from app.engine.consult import check_recipients, reason_of, send
from app.engine.fees import unpaid
from app.engine.filling import invalid_answers
from app.engine.held import is_held
from app.engine.leaving import complete
from app.engine.optional import check_included
from app.engine.plan import StepPlan
from app.engine.preparing import has_more_turns, prepare, said
from app.engine.rights import APPLICANT, may_act, positions_of, unit_of, units_at
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.waiting import hand_positions
from app.engine.world import Refusal

BEFORE_RESULT = frozenset(("before_result", "at_return"))


# ---- may it be done


def find_visit(turn: Turn, action: Action, kind: str = "step") -> Visit | Refusal:
    """The open visit that is meant: by its number, its step, or because there is only one."""
    for visit in turn.state.visits:
        meant = visit.kind == kind and action.visit in (0, visit.number) and action.step in ("", visit.step)
        if meant and (action.visit or action.step or len(turn.state.visits) == 1):
            return visit
    step = action.step or str(action.visit)
    return Refusal("wrong_status", {"step": step, "status": turn.state.status, "open": open_steps(turn)})


def open_steps(turn: Turn) -> list[str]:
    """The steps at which the dossier stands."""
    return [visit.step for visit in turn.state.visits if visit.kind == "step"]


def gate(turn: Turn, at: StepPlan, visit: Visit) -> str | Refusal:
    """As which position the actor may do the step, or why not. Answers are not looked at."""
    position = acting(turn, at, visit)
    if not position:
        return Refusal("not_allowed", {"step": at.key, "positions": list(visit.positions)})
    step = at.step
    if step.not_by and (before := _did_before(turn, step.not_by)):
        return Refusal("same_person", {"step": at.key, "before": before, "user": turn.actor.user})
    if step.not_from is not None and (kept_away := _kept_away(turn, position, step.not_from)):
        return Refusal("not_allowed", {"step": at.key, "not_from": kept_away, "positions": list(visit.positions)})
    if visit.sent is not None:
        return Refusal("wrong_status", {"step": at.key, "status": "waiting", "open": open_steps(turn)})
    if turn.state.approvals and is_held(turn.state):
        return Refusal("wrong_status", {"step": at.key, "status": "approval", "open": open_steps(turn)})
    if step.does == "return":
        owed = unpaid(turn.procedure, turn.state, turn.env, BEFORE_RESULT)
        if owed:
            return Refusal("unpaid", {"step": at.key, "fees": list(owed)})
    return position


def acting(turn: Turn, at: StepPlan, visit: Visit) -> str:
    """The position of the actor. Reception also enters at the counter what the applicant could do online."""
    position = may_act(turn.actor, visit.positions)
    if position:
        return position
    if at.step.wait is not None:
        position = may_act(turn.actor, hand_positions(turn, at, visit))
    if not position and APPLICANT in visit.positions:
        position = may_act(turn.actor, (f"reception@{turn.state.unit}",))
    return position


def _did_before(turn: Turn, steps: tuple[str, ...]) -> str:
    """The named step that this person has done for this dossier, if any."""
    user = turn.actor.user
    for key in steps:
        if any(user == visit.actor or user in visit.taken for visit in turn.state.done(key)):
            return key
    return ""


def _kept_away(turn: Turn, position: str, place: Place) -> str:
    """The unit that is kept away from this step, if the actor acts for it or for one below it."""
    organisation = turn.world.organisation
    above = organisation.ancestry(unit_of(position))
    return next((unit for unit in units_at(place, turn.state, organisation) if unit in above), "")


# ---- doing it


def do_step(turn: Turn, action: Action) -> Refusal | None:
    """Do an open step, or the part of it that is this person's turn."""
    visit = find_visit(turn, action)
    if isinstance(visit, Refusal):
        return visit
    at = turn.route.steps[visit.step]
    position = gate(turn, at, visit)
    if isinstance(position, Refusal):
        return position
    if action.arguments.get("bulk") and not at.step.bulk:
        return Refusal("not_allowed", {"kind": "bulk", "step": at.key, "positions": []})
    if turn.state.arrived_at is None:
        arrive_at_agency(turn, position)
    way, table = _way(turn, at, action), turn.route
    if isinstance(way, Refusal):
        return way
    refusal = _asked_for(turn, at, visit, action, position)
    if refusal is not None:
        return refusal
    if turn.route is not table:  # acceptance has chosen another step table
        at = turn.route.steps.get(visit.step, at)
        way = _way(turn, at, action)
    return way if isinstance(way, Refusal) else _finish(turn, at, visit, action, position, way)


def _asked_for(turn: Turn, at: StepPlan, visit: Visit, action: Action, position: str) -> Refusal | None:
    refusal = None
    if not at.plain or action.fill or action.attach or action.pay or action.documents:
        refusal = prepare(turn, at, visit, action, position)
    if refusal is None and at.step.consult is not None:
        return check_recipients(turn, at, visit, action)
    if refusal is None and action.arguments.get("include"):
        refusal = check_included(turn, at, action.arguments["include"])
    return refusal


def _finish(turn: Turn, at: StepPlan, visit: Visit, action: Action, position: str, way: Way | None) -> Refusal | None:
    """Everything asked for is there: the next turn, the questions to others, or the leaving."""
    if has_more_turns(turn, at, visit):
        _next_turn(turn, at, visit)
        return None
    if at.step.call is not None:
        call_out(turn, visit, at)
        return close_call(turn, visit.number, at)
    if at.step.consult is not None:
        send(turn, visit, at, {**action.arguments, "reason": reason_of(action)})
        return close_consult(turn, visit.number)
    include = action.arguments.get("include", ())
    return complete(turn, visit, at, position=position, way=way, comment=action.comment, include=include)


def _way(turn: Turn, at: StepPlan, action: Action) -> Way | Refusal | None:
    """The button that was pressed; None where the system decides, after everything has been filled in."""
    if at.only_way:
        return None
    if not at.buttons:
        way = at.step.ways[0]
        if len(at.step.ways) == 1 and way.comment == "required" and not action.comment.strip():
            return Refusal("required", {"field": "comment"})
        return None
    for way in at.step.ways:
        if way.choose == action.choose:
            if way.comment == "required" and not said(action):
                return Refusal("required", {"field": "comment"})
            return way
    if not action.choose:
        return Refusal("required", {"field": "choose", "options": [way.choose for way in at.step.ways]})
    return invalid_answers([invalid("choose", "not_option", value=action.choose)])


# ---- turns inside one step


def _next_turn(turn: Turn, at: StepPlan, visit: Visit) -> None:
    who = at.people or at.step.by.pick(turn.env)
    if who is not None:
        organisation = turn.world.organisation
        following = positions_of(who, turn.procedure, turn.state, organisation, turn=visit.turn + 1, on=turn.now.date())
        turn.emit("turn_taken", {"visit": visit.number, "positions": list(following)})
