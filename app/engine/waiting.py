"""Steps at which nobody works: money, a date or a span of time is waited for (section 8.5)."""

from collections.abc import Mapping
from typing import Any

from app.definition.model.route import Wait
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.fees import balance, is_settled
from app.engine.filling import invalid_answers
from app.engine.plan import StepPlan
from app.engine.rights import positions_of
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal

MANNERS = ("cash", "transfer", "card", "online", "post", "treasury")


def is_over(turn: Turn, wait: Wait, visit: Visit) -> bool:
    """Whether what is waited for has happened by itself."""
    if wait.on == "payment":
        return all(is_settled(turn.procedure, turn.state, turn.env, fee) for fee in wait.of)
    if wait.on in ("time", "date"):
        return visit.due is not None and turn.now > visit.due
    return False


def hand_positions(turn: Turn, at: StepPlan, visit: Visit) -> tuple[str, ...]:
    """Who may end a wait by hand, with a proof."""
    wait = at.step.wait
    if wait is None or wait.by_hand is None:
        return visit.positions
    return positions_of(wait.by_hand, turn.procedure, turn.state, turn.world.organisation, on=turn.now.date())


def pay(turn: Turn, payments: Mapping[str, Any]) -> Refusal | None:
    """Note money that came in: ``True`` for the whole rest, or an amount with receipt and manner."""
    for key, raw in payments.items():
        entry = next((item for item in balance(turn.procedure, turn.state, turn.env) if item.fee.key == key), None)
        if entry is None:
            return invalid_answers([invalid(key, "unknown_field")])
        if entry.fee.collect == "after_notice" and not is_payable(turn, key):
            return Refusal("wrong_status", {"kind": "pay", "fee": key, "status": turn.state.status})
        given: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {"amount": None if raw is True else raw}
        amount = given.get("amount")
        if amount is None:
            amount = entry.rest
        if amount is None:
            return invalid_answers([invalid(key, "not_a_number")])
        if type(amount) is not int or amount < 0 or amount > (entry.rest if entry.rest is not None else amount):
            return invalid_answers([invalid(key, "out_of_range", least="0", most=str(entry.rest or 0))])
        details = {name: str(given[name]) for name in ("receipt", "manner", "note") if given.get(name)}
        turn.emit("fee_paid", {"fee": key, "paid": entry.paid + amount, **details})
        turn.notice("paid", fee=key, amount=amount)
    return None


def is_payable(turn: Turn, fee: str) -> bool:
    """Whether the applicant has been told of a fee collected after notice: by a print, or by a step that takes it."""
    steps, visits = turn.route.steps, (*turn.state.past, *turn.state.visits)
    for key in dict.fromkeys(visit.step for visit in visits if visit.kind == "step"):
        step = steps[key].step if key in steps else None
        if step is None:
            continue
        if fee in step.pay or (step.wait is not None and fee in step.wait.of):
            return True
        if turn.state.done(key) and any(one in turn.state.prints for one in step.prints):
            return True
    return False


def check_by_hand(turn: Turn, at: StepPlan, visit: Visit, action: Action) -> Refusal | None:
    """Ending a wait by hand needs a paper that proves what happened, unless it has happened already."""
    wait = at.step.wait
    if wait is None or is_over(turn, wait, visit) or action.attach:
        return None
    return Refusal("missing_documents", {"documents": ["proof"], "step": at.key})
