"""From step to step: lines of ``next``, steps passed over, parallel branches, joins, the end (sections 8.3 and 8.4)."""

from collections.abc import Iterable

from app.definition.model.route import Step, Target, Way
from app.engine.clock import step_due
from app.engine.clocking import begin_phase, finish_clock, pause_for, start_at
from app.engine.events import iso
from app.engine.plan import END, StepPlan
from app.engine.rights import APPLICANT, positions_of, previous_person
from app.engine.state import Visit
from app.engine.statuses import PRECEDENCE, WAYS
from app.engine.timing import citizen_due, due_of, wait_end
from app.engine.turn import Turn
from app.engine.until import until_moment
from app.engine.world import Refusal

# Steps entered and passed over in one move. Definitions with a circle without a person are refused when checked.
MOST_HOPS = 200


# ---- which way


def automatic(turn: Turn, step: Step) -> Way | None:
    """The first line whose condition is true; for a step passed over that has buttons, its ordinary one."""
    ways = step.ways
    plain = [way for way in ways if not way.choose]
    for way in plain or ways:
        if way.when is None or way.when.evaluate(turn.env) is True:
            return way
    return None


def targets_of(turn: Turn, way: Way) -> tuple[str, ...]:
    """The steps a line leads to in this case."""
    return tuple(target.step for target in way.targets if _is_open(turn, target))


def _is_open(turn: Turn, target: Target) -> bool:
    return target.when is None or target.when.evaluate(turn.env) is True


def go_on(turn: Turn, at: StepPlan, way: Way | None, after: int) -> Refusal | None:
    """Follow a line (None: the automatic one) out of a step that has been left or is passed over."""
    if at.only_way:
        return arrive(turn, at.only_way, after)
    line = way or automatic(turn, at.step)
    targets = targets_of(turn, line) if line is not None else ()
    if not targets:
        return Refusal("no_way", {"step": at.key})
    return arrive_all(turn, targets, after)


def arrive_all(turn: Turn, targets: Iterable[str], after: int) -> Refusal | None:
    """Open several branches; a join must not be fooled by one that is quicker than the next is opened."""
    waiting = list(targets)
    turn.tokens.extend(waiting)
    for key in waiting:
        turn.tokens.remove(key)
        refusal = arrive(turn, key, after)
        if refusal is not None:
            return refusal
    return None


def arrive(turn: Turn, key: str, after: int) -> Refusal | None:
    """Come to a step: wait at a join, pass over, or enter."""
    if key == END:
        return None
    at = turn.route.steps[key]
    turn.hops += 1
    if turn.hops > MOST_HOPS:
        return Refusal("no_way", {"step": key})
    if turn.state.open_step(key) is not None:
        return None
    if at.quiet:
        enter(turn, at, after)
        return None
    if at.upstream and is_blocked(turn, at):
        turn.emit("join_reached", {"step": key})
        return None
    if is_passed_over(turn, at):
        return go_on(turn, at, None, after)
    enter(turn, at, after)
    return None


def is_passed_over(turn: Turn, at: StepPlan) -> bool:
    """Whether this case skips a step: its condition is not true, or it is optional and nobody asked for it."""
    step = at.step
    if step.when is not None and step.when.evaluate(turn.env) is not True:
        return True
    if not is_optional(step):
        return False
    if step.optional_when is not None and step.optional_when.evaluate(turn.env) is True:
        return False
    return step.key not in turn.state.included


def is_optional(step: Step) -> bool:
    """Done only if somebody ticks it, or if its own condition demands it (ruling 11)."""
    return step.optional or step.optional_when is not None


def is_blocked(turn: Turn, at: StepPlan) -> bool:
    """Whether a branch that was opened may still come to this join."""
    state = turn.state
    if any(visit.step in at.upstream and visit.kind != "opinion" for visit in state.visits):
        return True
    others = (*turn.tokens, *(key for key in state.arrived if key != at.key))
    return any(key in at.upstream for key in others)


def release_joins(turn: Turn) -> Refusal | None:
    """Open the joins at which everything has arrived; if nothing else is left, the first one waited at."""
    for key in turn.state.arrived:
        at = turn.route.steps[key]
        if not is_blocked(turn, at) or not turn.state.visits:
            if is_passed_over(turn, at):
                turn.emit("join_passed", {"step": key})
                return go_on(turn, at, None, 0) or release_joins(turn)
            enter(turn, at, 0)
            return release_joins(turn)
    return None


# ---- entering


def enter(turn: Turn, at: StepPlan, after: int, *, holder: str = "", again: str = "") -> None:
    """Open a visit. ``again``: the due moment goes on as it was (the step is only taken back)."""
    step, state, now = at.step, turn.state, turn.now
    number = len(state.past) + len(state.visits) + 1
    positions, held = people(turn, at)
    data: dict[str, object] = {"visit": number, "step": step.key, "title": step.title, "positions": list(positions)}
    if holder or held:
        data["holder"] = holder or held
    if after:
        data["after"] = after
    if again:
        data["due"] = again
    elif at.budget is not None:
        amount, unit, data["budget"] = at.budget
        due = step_due(amount, unit, now, turn.world.calendar, turn.world.settings)
        data["due"] = iso(due) if due is not None else None
    elif step.within is not None or step.wait is not None:
        data.update(_unusual_budget(turn, at, positions))
    if state.included:
        data["included"] = _still_included(turn, step)
    turn.emit("step_entered", data)
    turn.moved = True
    if not at.quiet or at.by_system:
        _entered(turn, at, number)


def _still_included(turn: Turn, step: Step) -> list[str]:
    """What was ticked holds until the next ordinary step; what is entered is spent."""
    return [key for key in turn.state.included if key != step.key] if is_optional(step) else []


def people(turn: Turn, at: StepPlan) -> tuple[tuple[str, ...], str]:
    """The positions that may do a step, and who holds it from the start (an outside unit's step: who sent it there)."""
    state, organisation = turn.state, turn.world.organisation
    known = at.resolved
    if known is not None and known[0] is organisation and known[1:4] == (state.agency, state.authority, state.unit):
        return known[4], ""
    who = at.people or at.step.by.pick(turn.env)
    if who is None:
        return (f"head@{state.agency}",), ""
    positions = positions_of(who, turn.procedure, state, organisation, on=turn.now.date())
    if at.people is not None and is_static(turn, at):
        at.resolved = (organisation, state.agency, state.authority, state.unit, positions)
    return positions, _answering(turn, at) if _is_outside(turn, at) else ""


def is_static(turn: Turn, at: StepPlan) -> bool:
    """Whether the people follow from agency, authority and reception alone, not from the answers or the locality."""
    if at.people is None or at.people.each or _is_outside(turn, at):
        return False
    places = [party.place for party in at.people.parties if party.kind == "role"]
    return all(party.kind in ("role", "applicant", "system", "anyone") for party in at.people.parties) and all(
        place is None or place.kind in ("unit", "agency", "authority", "reception") for place in places
    )


def _is_outside(turn: Turn, at: StepPlan) -> bool:
    units = turn.world.organisation.units
    parties = at.people.parties if at.people is not None else ()
    places = [party.place.key for party in parties if party.place is not None and party.place.kind == "unit"]
    return any(key in units and units[key].outside for key in places)


def _answering(turn: Turn, at: StepPlan) -> str:
    before = previous_person(turn.state)
    return before.actor if before is not None else ""


def _unusual_budget(turn: Turn, at: StepPlan, positions: tuple[str, ...]) -> dict[str, object]:
    """Budgets with cases, dates, deadlines of the applicant, fixed waits."""
    step, world = at.step, turn.world
    if step.wait is not None and step.wait.on == "time" and step.wait.last is not None:
        end = wait_end(step.wait.last, turn.now, world)
        return {"due": end.isoformat(), "budget": step.wait.last.to_text()} if end is not None else {}
    if step.wait is not None and step.wait.until is not None:
        until = until_moment(step.wait.until, turn.env, world.calendar, world.settings)
        return {"due": until.isoformat()} if until is not None else {}
    duration = step.within.pick(turn.env) if step.within is not None else None
    if duration is None or duration.kind in ("none", "phases"):
        return {}
    if duration.kind == "until":
        until = until_moment(turn.plan.until(duration.until or ""), turn.env, world.calendar, world.settings)
        return {"due": until.isoformat()} if until is not None else {}
    reckon = citizen_due if APPLICANT in positions else due_of
    due = reckon(duration, turn.now, world)
    return {"due": due.isoformat(), "budget": duration.to_text()} if due is not None else {}


def _entered(turn: Turn, at: StepPlan, number: int) -> None:
    """What comes with a step beside its visit: its phase, the clock; whether it ends by itself is asked afterwards."""
    step = at.step
    begin_phase(turn, step.phase)
    start_at(turn, "step", step.key)
    if step.pauses is not None:
        fixed = step.wait.last if step.wait is not None and step.wait.on == "time" else None
        pause_for(turn, number, step.pauses, fixed)
    turn.fresh.append(number)


# ---- where the dossier stands after the move


def settle(turn: Turn) -> Refusal | None:
    """Open joins, then status, finish and end follow from what is open now."""
    if turn.state.arrived:
        refusal = release_joins(turn)
        if refusal is not None:
            return refusal
    state = turn.state
    if state.accepted_at is None or state.ended_at is not None:
        if any(visit.kind == "supplement" for visit in state.visits):
            change_status(turn, "supplement")
        return None
    if all(visit.kind in ("opinion", "approval") for visit in state.visits):
        end_of_route(turn)
        return None
    if all(_is_after_result(turn, visit) for visit in state.visits):
        hand_back(turn)
        return None
    change_status(turn, standing(turn))
    return None


def _is_after_result(turn: Turn, visit: Visit) -> bool:
    at = turn.route.steps.get(visit.step)
    return visit.kind in ("opinion", "approval") or (at is not None and at.step.after_result)


def standing(turn: Turn) -> str:
    """The status that the open visits give; of several the highest of 6, 5, 9, 4; 7 while that is decided on."""
    steps = turn.route.steps
    visits = turn.state.visits
    if len(visits) == 1 and visits[0].kind == "step":
        return steps[visits[0].step].step.status
    if any(visit.kind == "approval" and visit.party == "withdraw" for visit in visits):
        return "withdrawal"
    asked = [v for v in visits if v.kind in ("step", "supplement") and not _is_after_result(turn, v)]
    found = {"supplement" if v.kind == "supplement" else steps[v.step].step.status for v in asked}
    return next((status for status in PRECEDENCE if status in found), "processing")


def change_status(turn: Turn, status: str) -> None:
    """Go to a status by the changes the vocabulary allows; one that has no way there stays (no way out of 9)."""
    old = turn.state.status
    if status == old or (status == "submitted" and old != status):
        return
    for following in WAYS[old, status]:
        turn.emit("status_changed", {"from": old, "to": following})
        old = following
    if old == "result_ready" and turn.state.finished_at is None:
        finish_clock(turn)
        close_all(turn, "no_longer", kind="approval")
        early = turn.state.result_class == "early"
        turn.notice("result_ready", early=early)


def end_of_route(turn: Turn) -> None:
    """Nothing is left to do. A service has then been returned, everything else is done."""
    close_all(turn, "no_longer")
    hand_back(turn)
    turn.emit("ended", {})


def hand_back(turn: Turn) -> None:
    """The result has been handed over; work that comes after it leaves clock and status alone (ruling 14)."""
    if turn.state.status == "returned":
        return
    change_status(turn, "result_ready")
    if turn.state.kind == "service" and turn.state.status == "result_ready":
        if turn.state.returned_at is None:
            turn.emit("returned", {"receiver": {}})
        change_status(turn, "returned")
        turn.notice("returned")


def close_all(turn: Turn, outcome: str, kind: str = "") -> None:
    """Close everything that is still open, or everything of one kind."""
    for visit in turn.state.visits:
        if kind in ("", visit.kind):
            turn.emit("step_left", {"visit": visit.number, "outcome": outcome}, by_system=True)
