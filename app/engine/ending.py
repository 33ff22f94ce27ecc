"""Ends before a result: refused, stopped, withdrawn, lapsed (section 8.6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.definition.model.route import Step
from app.engine.actions import Action
from app.engine.approval import approvers, ask_approval, decided, first_step, is_waiting
from app.engine.clocking import stop_clock
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, rules_of, time_of
from app.engine.leaving import issue
from app.engine.printing import order_print
from app.engine.refunding import ask_refund
from app.engine.rights import APPLICANT, may_act, unit_of
from app.engine.routing import change_status, close_all
from app.engine.state import Visit
from app.engine.statuses import WAYS
from app.engine.timing import span_end
from app.engine.turn import Turn
from app.engine.world import Refusal


def step_of(turn: Turn, visit: Visit | None) -> Step | None:
    """The step of a visit."""
    return turn.route.steps[visit.step].step if visit is not None else None


def is_over(turn: Turn) -> bool:
    """Whether the result is there already, or there is nothing left."""
    return turn.state.finished_at is not None or turn.state.ended_at is not None


def is_denied(turn: Turn, name: str) -> bool:
    """Whether a step at which the dossier stands takes this conduct away."""
    return any(name in turn.route.steps[v.step].step.deny for v in turn.state.visits if v.kind == "step")


# ---- refuse


def may_refuse(turn: Turn, visit: Visit) -> str | Refusal:
    """The step's person where the step offers it; at intake reception; within the time given for it."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "refuse") or is_over(turn) or is_waiting(turn, "refuse"):
        return wrong_status(turn, "refuse")
    rules = rules_of(turn, step, "refuse")
    by = positions_for(turn, rules.get("by"))
    position = may_act(turn.actor, by) or as_worker(turn, visit)
    if not position:
        return not_allowed("refuse", by or visit.positions)
    until = _refusable_until(turn, rules)
    if until is not None and turn.now > until:
        return Refusal("too_late", {"kind": "refuse", "until": until.isoformat()})
    return position


def _refusable_until(turn: Turn, rules: Mapping[str, Any]) -> datetime | None:
    """After a supplement its own time, if the rules give one; else the time from acceptance, if they give one."""
    answered = next((one["answered"] for one in reversed(turn.state.requests) if one.get("answered")), None)
    after, within = time_of(turn, rules.get("after_supplement")), time_of(turn, rules.get("within"))
    if answered is not None and after is not None:
        return span_end(after, datetime.fromisoformat(answered), turn.world)
    start = turn.state.accepted_at
    return span_end(within, start, turn.world) if within is not None and start is not None else None


def refuse(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Say no with the ground; after intake somebody may have to agree first."""
    if not reason_of(action):
        return Refusal("required", {"field": "reason"})
    rules = rules_of(turn, step_of(turn, visit), "refuse")
    asked = approvers(turn, rules) if turn.state.accepted_at is not None else ()
    return decided(turn, "refuse", visit, action, position, asked, carry_refusal)


def reason_of(action: Action) -> str:
    """The ground given with an action."""
    return str(action.arguments.get("reason", "")).strip()


def carry_refusal(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The refusal itself: its document with a number if the procedure has one, status 3 at intake, else 8."""
    rules = rules_of(turn, step_of(turn, visit), "refuse")
    result = next((item for item in turn.procedure.results if item.key == rules.get("result")), None)
    if result is not None and turn.state.accepted_at is not None:
        issue(turn, result, unit_of(position) or turn.state.agency)
    status = "stopped" if turn.state.accepted_at is not None else "not_accepted"
    end(turn, "refused", status, reason_of(action), rules.get("print", ()), "if_refused")
    return None


# ---- stop


def may_stop(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The head of the agency, or whoever decides on it, at any time before the result."""
    steps = [turn.route.steps[v.step].step for v in turn.state.visits if v.kind == "step"]
    offered = turn.state.kind == "service" and all(is_offered(turn, step, "stop") for step in steps)
    if is_over(turn) or turn.state.accepted_at is None or not offered or is_waiting(turn, "stop"):
        return wrong_status(turn, "stop")
    rules = stopping_rules(turn)
    by = positions_for(turn, rules.get("by"))
    return may_act(turn.actor, (*by, *approvers(turn, rules))) or not_allowed("stop", by)


def stopping_rules(turn: Turn) -> Mapping[str, Any]:
    """The rules of the first open step."""
    return _rules_here(turn, "stop")


def _rules_here(turn: Turn, name: str) -> Mapping[str, Any]:
    return rules_of(turn, step_of(turn, first_step(turn)), name)


def stop(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Give up with a ground."""
    if not reason_of(action):
        return Refusal("required", {"field": "reason"})
    return decided(turn, "stop", visit, action, position, approvers(turn, stopping_rules(turn)), carry_stop)


def carry_stop(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The stop itself."""
    prints = stopping_rules(turn).get("print", ())
    end(turn, "stopped", "stopped", reason_of(action), prints, "if_refused")
    return None


# ---- withdraw


def may_withdraw(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The applicant, or reception for him, until the step that fixes the result."""
    if turn.state.kind != "service" or is_over(turn) or is_denied(turn, "withdraw") or is_waiting(turn, "withdraw"):
        return wrong_status(turn, "withdraw")
    rules = _rules_here(turn, "withdraw")
    by = positions_for(turn, rules.get("by")) or (APPLICANT, f"reception@{turn.state.unit}")
    position = may_act(turn.actor, by)
    if not position:
        return not_allowed("withdraw", by)
    until = str(rules.get("until") or turn.route.first_issue)
    reached = turn.state.done(until) or (until != turn.route.first_issue and turn.state.open_step(until) is not None)
    if turn.state.results or reached:
        return Refusal("too_late", {"kind": "withdraw", "step": until})
    return position


def withdraw(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Status 7; then the decision to stop, 8, at once unless somebody has to agree."""
    asked = approvers(turn, _rules_here(turn, "withdraw")) if turn.state.accepted_at is not None else ()
    if not asked or may_act(turn.actor, asked):
        return carry_withdrawal(turn, visit, action, position)
    change_status(turn, "withdrawal")
    ask_approval(turn, "withdraw", first_step(turn), action, asked)
    return None


def carry_withdrawal(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The withdrawal itself."""
    rules = _rules_here(turn, "withdraw")
    change_status(turn, "withdrawal")
    refund = "all" if rules.get("refund") is True else "if_withdrawn"
    end(turn, "withdrawn", "stopped", reason_of(action) or action.comment, rules.get("print", ()), refund)
    return None


# ---- the end itself


def end(turn: Turn, kind: str, status: str, reason: str, prints: Any, refund: str, *, by_system: bool = False) -> None:
    """Close everything, stop the clock, note the ground, order the slip and what is to be paid back."""
    close_all(turn, kind)
    turn.emit(kind, {"reason": reason}, by_system=by_system)
    stop_clock(turn)
    # a draft that was sent back once has left the way to "not accepted"
    change_status(turn, status if WAYS[turn.state.status, status] else "stopped")
    for key in prints:
        order_print(turn, key, turn.state.unit if turn.state.accepted_at is None else "", reason=reason)
    turn.emit("ended", {}, by_system=by_system)
    ask_refund(turn, refund)
    turn.notice(kind)
    turn.moved = True


def lapse(turn: Turn, how: str, reason: str) -> None:
    """The applicant did not answer in time: stopped, or refused where the procedure says so."""
    kind = "refused" if how == "refuse" else "stopped"
    name = "refuse" if how == "refuse" else "stop"
    status = "stopped" if turn.state.accepted_at is not None or how != "refuse" else "not_accepted"
    end(turn, kind, status, reason, rules_of(turn, None, name).get("print", ()), "if_refused", by_system=True)
