"""Ends before a result: refused, stopped, withdrawn, lapsed (section 8.6)."""

from typing import Any

from app.definition.model.route import Step
from app.engine.actions import Action
from app.engine.approval import ask_approval, is_waiting
from app.engine.clocking import stop_clock
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, rules_of
from app.engine.leaving import issue
from app.engine.printing import order_print
from app.engine.rights import APPLICANT, may_act, unit_of
from app.engine.routing import change_status, close_all
from app.engine.state import Visit
from app.engine.statuses import WAYS
from app.engine.turn import Turn
from app.engine.world import Refusal


def step_of(turn: Turn, visit: Visit | None) -> Step | None:
    """The step of a visit."""
    return turn.route.steps[visit.step].step if visit is not None else None


def is_over(turn: Turn) -> bool:
    """Whether the result is there already, or there is nothing left."""
    return turn.state.finished_at is not None or turn.state.ended_at is not None


# ---- refuse


def may_refuse(turn: Turn, visit: Visit) -> str | Refusal:
    """The step's person where the step offers it; at intake reception."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "refuse") or is_over(turn) or is_waiting(turn, "refuse"):
        return wrong_status(turn, "refuse")
    by = positions_for(turn, rules_of(turn, step, "refuse").get("by"))
    return may_act(turn.actor, by) or as_worker(turn, visit) or not_allowed("refuse", by or visit.positions)


def refuse(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Say no with the ground; after intake somebody may have to agree first."""
    reason = str(action.arguments.get("reason", "")).strip()
    if not reason:
        return Refusal("required", {"field": "reason"})
    rules = rules_of(turn, step_of(turn, visit), "refuse")
    approvers = positions_for(turn, rules.get("approve")) if turn.state.accepted_at is not None else ()
    if approvers and not may_act(turn.actor, approvers):
        ask_approval(turn, "refuse", visit, action, approvers)
        return None
    return carry_refusal(turn, visit, action, position)


def carry_refusal(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The refusal itself: its document with a number if the procedure has one, status 3 at intake, else 8."""
    rules = rules_of(turn, step_of(turn, visit), "refuse")
    result = next((item for item in turn.procedure.results if item.key == rules.get("result")), None)
    if result is not None and turn.state.accepted_at is not None:
        issue(turn, result, unit_of(position) or turn.state.agency)
    status = "stopped" if turn.state.accepted_at is not None else "not_accepted"
    end(turn, "refused", status, str(action.arguments.get("reason", "")), rules.get("print", ()), "if_refused")
    return None


# ---- stop


def may_stop(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The head of the agency, at any time before the result."""
    steps = [turn.route.steps[v.step].step for v in turn.state.visits if v.kind == "step"]
    offered = turn.state.kind == "service" and all(is_offered(turn, step, "stop") for step in steps)
    if is_over(turn) or turn.state.accepted_at is None or not offered or is_waiting(turn, "stop"):
        return wrong_status(turn, "stop")
    by = positions_for(turn, rules_of(turn, None, "stop").get("by"))
    return may_act(turn.actor, by) or not_allowed("stop", by)


def stop(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Give up with a ground."""
    if not str(action.arguments.get("reason", "")).strip():
        return Refusal("required", {"field": "reason"})
    approvers = positions_for(turn, rules_of(turn, None, "stop").get("approve"))
    if approvers and not may_act(turn.actor, approvers):
        first = next((v for v in turn.state.visits if v.kind == "step"), None)
        ask_approval(turn, "stop", first, action, approvers)
        return None
    return carry_stop(turn, visit, action, position)


def carry_stop(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The stop itself."""
    prints = rules_of(turn, None, "stop").get("print", ())
    end(turn, "stopped", "stopped", str(action.arguments.get("reason", "")), prints, "if_refused")
    return None


# ---- withdraw


def may_withdraw(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The applicant, or reception for him, until the step that fixes the result."""
    if turn.state.kind != "service" or is_over(turn):
        return wrong_status(turn, "withdraw")
    by = (APPLICANT, f"reception@{turn.state.unit}")
    position = may_act(turn.actor, by)
    if not position:
        return not_allowed("withdraw", by)
    until = str(rules_of(turn, None, "withdraw").get("until") or turn.route.first_issue)
    reached = turn.state.done(until) or (until != turn.route.first_issue and turn.state.open_step(until) is not None)
    if turn.state.results or reached:
        return Refusal("too_late", {"kind": "withdraw", "step": until})
    return position


def withdraw(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Status 7, then the decision to stop, 8."""
    rules = rules_of(turn, None, "withdraw")
    change_status(turn, "withdrawal")
    reason = str(action.arguments.get("reason", "") or action.comment)
    refund = "all" if rules.get("refund") is True else "if_withdrawn"
    end(turn, "withdrawn", "stopped", reason, rules.get("print", ()), refund)
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
    owed = [
        fee.key
        for fee in turn.procedure.fees
        if turn.state.fees.get(fee.key, {}).get("paid") and (refund == "all" or refund in fee.refund)
    ]
    if owed:
        turn.ask("refund", fees=owed)
    turn.emit("ended", {}, by_system=by_system)
    turn.notice(kind)
    turn.moved = True


def lapse(turn: Turn, how: str, reason: str) -> None:
    """The applicant did not answer in time: stopped, or refused where the procedure says so."""
    kind = "refused" if how == "refuse" else "stopped"
    name = "refuse" if how == "refuse" else "stop"
    status = "stopped" if turn.state.accepted_at is not None or how != "refuse" else "not_accepted"
    end(turn, kind, status, reason, rules_of(turn, None, name).get("print", ()), "if_refused", by_system=True)
