"""The dossier goes to another competent office: a new hand-over row, the same step, other people (section 8.6)."""

from collections.abc import Mapping
from typing import Any

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, rules_of, time_of
from app.engine.filling import invalid_answers
from app.engine.leaving import leave
from app.engine.printing import order_print
from app.engine.rights import may_act
from app.engine.routing import enter
from app.engine.state import Visit
from app.engine.timing import span_end
from app.engine.turn import Turn
from app.engine.world import Refusal


def transfer_targets(turn: Turn, visit: Visit) -> tuple[str, ...]:
    """The units it may go to: those the rules name, else every unit of the house in force today."""
    today, current = turn.now.date(), _current(turn)
    units = turn.world.organisation.units
    named = rules_of(turn, turn.route.steps[visit.step].step, "transfer").get("to") or units
    return tuple(
        key
        for key in named
        if key in units and key != current and not units[key].outside and _is_in_force(units[key], today)
    )


def _is_in_force(unit: Any, today: Any) -> bool:
    return (unit.since is None or unit.since <= today) and (unit.until is None or unit.until >= today)


def _current(turn: Turn) -> str:
    """Where it is now: before acceptance at its reception, afterwards with its agency."""
    return turn.state.agency if turn.state.accepted_at is not None else turn.state.unit


def may_transfer(turn: Turn, visit: Visit) -> str | Refusal:
    """The step's person, where the step offers it, before the result is there and while nobody else is asked."""
    step = turn.route.steps[visit.step].step
    asked = any(one.sent is not None or one.kind == "supplement" for one in turn.state.visits)
    if not is_offered(turn, step, "transfer") or turn.state.finished_at is not None or asked:
        return wrong_status(turn, "transfer")
    by = positions_for(turn, rules_of(turn, step, "transfer").get("by"))
    position = may_act(turn.actor, by) if by else as_worker(turn, visit)
    if not position:
        return not_allowed("transfer", by or visit.positions)
    return position if transfer_targets(turn, visit) else wrong_status(turn, "transfer")


def transfer(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Name the office and the ground; somebody may have to agree."""
    to, targets = str(action.arguments.get("to", "")), transfer_targets(turn, visit)
    if not to:
        return Refusal("required", {"field": "to", "options": list(targets)})
    if to not in targets:
        return invalid_answers([invalid("to", "not_option", value=to, options=list(targets))])
    if not str(action.arguments.get("reason", "")).strip():
        return Refusal("required", {"field": "reason"})
    asked = approvers(turn, rules_of(turn, turn.route.steps[visit.step].step, "transfer"))
    return decided(turn, "transfer", visit, action, position, asked, carry_transfer)


def carry_transfer(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The hand-over: every open step goes to the people of the new office; its budget starts anew."""
    if visit is None:
        return wrong_status(turn, "transfer")
    rules = rules_of(turn, turn.route.steps[visit.step].step, "transfer")
    moving = [one for one in turn.state.visits if one.kind == "step"]
    for one in moving:
        data = {"visit": one.number, "position": position, "outcome": "transferred", "recallable": False}
        leave(turn, turn.route.steps[one.step], one, data)
    turn.emit("transferred", _hand_over(turn, visit, action, rules))
    for one in moving:
        enter(turn, turn.route.steps[one.step], one.number)
    for key in rules.get("print", ()):
        order_print(turn, key, str(action.arguments["to"]), step=visit.step, reason=str(action.arguments["reason"]))
    turn.notice("transferred")
    return None


def _hand_over(turn: Turn, visit: Visit, action: Action, rules: Mapping[str, Any]) -> dict[str, Any]:
    """From where to where and why; ``until``: when it should have been handed over at the latest."""
    state, to = turn.state, str(action.arguments["to"])
    within = time_of(turn, rules.get("within"))
    until = span_end(within, visit.entered, turn.world) if within is not None else None
    data: dict[str, Any] = {"from": _current(turn), "to": to, "reason": str(action.arguments["reason"]).strip()}
    data["until"] = until.isoformat() if until is not None else None
    if state.accepted_at is None and "reception" in turn.world.organisation.units[to].roles:
        return {**data, "fields": {"unit": to}}
    follows = state.authority == state.agency
    return {**data, "fields": {"agency": to, **({"authority": to} if follows else {})}}
