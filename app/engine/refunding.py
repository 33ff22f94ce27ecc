"""Money to be paid back: a visit for the cashier that stays open after the dossier has ended (section 10)."""

from typing import Any

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.conduct import not_allowed
from app.engine.filling import invalid_answers
from app.engine.rights import may_act
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.waiting import MANNERS
from app.engine.world import Refusal

CASHIER = "cashier"


def ask_refund(turn: Turn, because: str) -> None:
    """Open the cashier's visit if something was paid that is paid back for this reason ("all": whatever was paid)."""
    owed = {
        fee.key: int(turn.state.fees[fee.key]["paid"])
        for fee in turn.procedure.fees
        if turn.state.fees.get(fee.key, {}).get("paid") and (because == "all" or because in fee.refund)
    }
    if not owed:
        return
    number = len(turn.state.past) + len(turn.state.visits) + 1
    data: dict[str, Any] = {"visit": number, "step": turn.route.first.key, "kind": "refund"}
    turn.emit("step_entered", {**data, "positions": list(cashiers(turn))})
    turn.emit("refund_asked", {"visit": number, "fees": owed})
    turn.ask("refund", fees=list(owed))


def cashiers(turn: Turn) -> tuple[str, ...]:
    """Who pays back: the cashier where the dossier was received or of the agency; without one, reception."""
    units = turn.world.organisation.units
    places = [key for key in (turn.state.unit, turn.state.agency) if key in units and CASHIER in units[key].roles]
    return tuple(f"{CASHIER}@{key}" for key in places) or (f"reception@{turn.state.unit or turn.state.agency}",)


def refunds_of(turn: Turn) -> dict[str, int]:
    """What is still to be paid back, by fee."""
    return {key: int(facts["refund"]) for key, facts in turn.state.fees.items() if facts.get("refund")}


def may_refund(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever the visit was opened for."""
    return may_act(turn.actor, visit.positions) or not_allowed("refund", visit.positions)


def refund(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Pay back everything that is owed, with the number of the voucher."""
    receipt, manner = str(action.arguments.get("receipt", "")).strip(), str(action.arguments.get("manner") or "cash")
    if not receipt:
        return Refusal("required", {"field": "receipt"})
    if manner not in MANNERS:
        return invalid_answers([invalid("manner", "not_option", value=manner, options=list(MANNERS))])
    for key, amount in refunds_of(turn).items():
        left = int(turn.state.fees[key].get("paid", 0)) - amount
        turn.emit("fee_refunded", {"fee": key, "refund": 0, "paid": left, "receipt": receipt, "manner": manner})
    turn.emit("step_left", {"visit": visit.number, "position": position, "recallable": False})
    return None
