"""The everyday move, made directly: a step that asks for nothing is left, ordinary steps are opened after it.

Nine moves of ten are like this, so they skip the machinery of the others. The answer is the same, event for event and
field for field (a test walks every process both ways); what is the least unusual returns None and goes the long way.
"""

from datetime import datetime

from app.engine.actions import Action
from app.engine.clock import step_due
from app.engine.events import Event, iso
from app.engine.plan import Plan, StepPlan
from app.engine.rights import may_act
from app.engine.routing import end_of_route
from app.engine.state import State, Visit
from app.engine.turn import Turn
from app.engine.world import Actor, Outcome, World

_new = tuple.__new__
_new_object = object.__new__
_NOTHING_ELSE = tuple(Action("step"))[2:]


def quick_step(plan: Plan, state: State, action: Action, actor: Actor, now: datetime, world: World) -> Outcome | None:
    """The outcome of doing a plain step, or None where the long way has to be gone."""
    if action[2:] != _NOTHING_ELSE or state.included or state.arrived_at is None:
        return None
    step, visits = action.step, state.visits
    visit = visits[0] if len(visits) == 1 else state.open_step(step)
    if visit is None or visit.step != step or visit.kind != "step" or visit.sent is not None or visit.turn:
        return None
    at = (plan.routes[state.route] if state.route >= 0 else plan.default).steps[step]
    if state.status != at.step.status or (len(visits) > 1 and state.approvals):
        return None
    position = may_act(actor, visit.positions)
    if not position:
        return None
    if at.onward and _is_known(at, state, world):
        return _made(state, visit, at, position, actor.user, now, world)
    if at.closes and len(visits) == 1 and not state.arrived and state.kind != "service":
        return _closed(plan, state, visit, position, actor, now, world)
    return None


def _is_known(at: StepPlan, state: State, world: World) -> bool:
    """Whether the next people have been looked up before, for this agency and reception; and no other join waits."""
    for following in at.onward:
        known = following.resolved
        if known is None or known[0] is not world.organisation or known[1] != state.agency:
            return False
        if known[2] != state.authority or known[3] != state.unit:
            return False
    return not state.arrived or (len(at.onward) == 1 and state.arrived == (at.onward[0].step.key,))


def _made(state: State, visit: Visit, at: StepPlan, position: str, user: str, now: datetime, world: World) -> Outcome:
    number = visit.number
    visits = tuple(other for other in state.visits if other.number != number) if len(state.visits) > 1 else ()
    twin = _new_object(State)
    fields = twin.__dict__
    fields.update(state.__dict__)
    past = fields["past"] = (*state.past, _left(visit, position, user, now))
    data = {"visit": number, "position": position, "recallable": True}
    events = [_new(Event, ("step_left", now, user, data))]
    for following in at.onward:
        if visits and following.upstream and _is_waited_for(following, visits):
            events.append(_new(Event, ("join_reached", now, user, {"step": following.step.key})))
            fields["arrived"] = (following.step.key,)
        elif not visits or not _is_open(following.step.key, visits):
            if following.upstream:
                fields["arrived"] = ()
            event, opened = _entered(following, len(past) + len(visits) + 1, number, user, now, world)
            events.append(event)
            visits = (*visits, opened)
    fields["visits"] = visits
    fields["last_left"] = number
    fields["last_at"] = now
    fields["sequence"] += len(events)
    outcome: Outcome = _new(Outcome, (twin, tuple(events), ()))
    return outcome


def _left(visit: Visit, position: str, user: str, now: datetime) -> Visit:
    # between the due moment and the parent: left, actor, position, chosen, outcome
    past: Visit = _new(Visit, visit[:7] + (now, user, position, "", "done") + visit[12:])  # noqa: RUF005 - faster
    return past


def _closed(
    plan: Plan, state: State, visit: Visit, position: str, actor: Actor, now: datetime, world: World
) -> Outcome:
    """The last step of internal work: the end itself is made the ordinary way."""
    twin = state.copy()
    fields = twin.__dict__
    fields["past"] = (*state.past, _left(visit, position, actor.user, now))
    fields["visits"] = ()
    fields["last_left"] = visit.number
    fields["last_at"] = now
    fields["sequence"] += 1
    turn = Turn(plan.procedure, twin, actor, now, world)
    data = {"visit": visit.number, "position": position, "recallable": True}
    turn.go_on_from(twin, [Event("step_left", now, actor.user, data)])
    end_of_route(turn)
    return turn.outcome()


def _is_waited_for(join: StepPlan, others: tuple[Visit, ...]) -> bool:
    return any(other.step in join.upstream and other.kind != "opinion" for other in others)


def _is_open(key: str, others: tuple[Visit, ...]) -> bool:
    return any(other.step == key and other.kind == "step" for other in others)


def _entered(at: StepPlan, number: int, after: int, user: str, now: datetime, world: World) -> tuple[Event, Visit]:
    step, budget, known = at.step, at.budget, at.resolved
    positions: tuple[str, ...] = known[4] if known is not None else ()
    key, title = step.key, step.title
    data = {"visit": number, "step": key, "title": title, "positions": [*positions], "after": after}
    due, words = None, ""
    if budget is not None:
        amount, unit, words = budget
        due = step_due(amount, unit, now, world.calendar, world.settings)
        data["budget"] = words
        data["due"] = iso(due) if due is not None else None
    begun = (number, key, "step", positions, "", now, due, None, "", "", "", "", 0, after, title)
    opened: Visit = _new(Visit, begun + ("", None, "", words, 0, (), "", "", ""))  # noqa: RUF005 - faster than unpacking
    return _new(Event, ("step_entered", now, user, data)), opened
