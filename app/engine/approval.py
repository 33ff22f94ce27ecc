"""A short visit for whoever has to agree to a conduct before it happens (ruling 16)."""

from collections.abc import Callable
from typing import Any

from app.engine.actions import Action
from app.engine.conduct import not_allowed
from app.engine.rights import may_act
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal

Carry = Callable[[Turn, Visit | None, Action, str], Refusal | None]


def ask_approval(turn: Turn, conduct: str, visit: Visit | None, action: Action, positions: tuple[str, ...]) -> None:
    """Open the approver's visit; what was asked for waits in it."""
    state = turn.state
    number = len(state.past) + len(state.visits) + 1
    step = visit.step if visit is not None else action.step
    data: dict[str, Any] = {"visit": number, "step": step, "kind": "approval", "positions": list(positions)}
    data["party"] = conduct
    if visit is not None:
        data["parent"] = visit.number
    turn.emit("step_entered", data)
    arguments = {name: str(value) for name, value in action.arguments.items() if isinstance(value, str) and value}
    turn.emit("approval_asked", {"visit": number, "conduct": conduct, "arguments": arguments, "step": step})
    turn.notice("approval_asked", visit=number)


def may_decide(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever was asked."""
    return may_act(turn.actor, visit.positions) or not_allowed("approve", visit.positions)


def is_waiting(turn: Turn, conduct: str) -> bool:
    """Whether this conduct has been asked for already."""
    return any(visit.kind == "approval" and visit.party == conduct for visit in turn.state.visits)


def decide(turn: Turn, visit: Visit, action: Action, position: str, carry: Carry | None) -> Refusal | None:
    """Agreed: it happens now, with what was asked for. Not agreed: nothing happens, the reason stays."""
    asked = turn.state.approvals[str(visit.number)]
    agreed = carry is not None
    if not agreed and not action.comment.strip():
        return Refusal("required", {"field": "comment"})
    outcome = {"visit": visit.number, "position": position, "outcome": "done" if agreed else "refused"}
    turn.emit("step_left", {**outcome, **({"comment": action.comment} if action.comment else {})})
    turn.emit("approval_decided", {"visit": visit.number, "conduct": asked["conduct"], "agreed": agreed})
    turn.moved = True
    if carry is None:
        return None
    parent = turn.state.visit(visit.parent)
    return carry(turn, parent, Action(asked["conduct"], step=asked["step"], arguments=asked["arguments"]), position)
