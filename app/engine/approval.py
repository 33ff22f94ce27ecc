"""A short visit for whoever has to agree to a conduct before it happens (``approve``, ruling 16)."""

from collections.abc import Callable, Mapping
from typing import Any

from app.engine.actions import Action
from app.engine.conduct import not_allowed, positions_for
from app.engine.rights import heads, may_act, unit_of
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal

Carry = Callable[[Turn, Visit | None, Action, str], Refusal | None]


def approvers(turn: Turn, rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Who has to agree; where nobody holds that office, whoever heads the unit that decides."""
    named = positions_for(turn, rules.get("approve"))
    held = tuple(position for position in named if _is_held(turn, position))
    return held or (heads(turn.state.authority, turn.world.organisation) or named if named else ())


def _is_held(turn: Turn, position: str) -> bool:
    unit = turn.world.organisation.units.get(unit_of(position))
    return unit is None or position.partition("@")[0] in unit.roles


def decided(
    turn: Turn,
    conduct: str,
    visit: Visit | None,
    action: Action,
    position: str,
    asked: tuple[str, ...],
    carry: Carry,
) -> Refusal | None:
    """Do it, or ask whoever has to agree; whoever may agree himself need not be asked."""
    if not asked or may_act(turn.actor, asked):
        return carry(turn, visit, action, position)
    about = visit if visit is not None and visit.number else None  # conduct of the whole dossier has no visit
    ask_approval(turn, conduct, about or first_step(turn), action, asked)
    return None


def first_step(turn: Turn) -> Visit | None:
    """The first open step."""
    return next((visit for visit in turn.state.visits if visit.kind == "step"), None)


def ask_approval(turn: Turn, conduct: str, visit: Visit | None, action: Action, positions: tuple[str, ...]) -> None:
    """Open the approver's visit; what was asked for waits in it."""
    state = turn.state
    number = len(state.past) + len(state.visits) + 1
    step = visit.step if visit is not None else action.step or turn.route.first.key
    data: dict[str, Any] = {"visit": number, "step": step, "kind": "approval", "positions": list(positions)}
    data["party"] = conduct
    if visit is not None:
        data["parent"] = visit.number
    turn.emit("step_entered", data)
    arguments = {name: kept for name, value in action.arguments.items() if (kept := _kept(value))}
    asked: dict[str, Any] = {"visit": number, "conduct": conduct, "arguments": arguments, "step": step}
    if action.comment.strip():
        asked["comment"] = action.comment.strip()
    turn.emit("approval_asked", asked)
    turn.notice("approval_asked", visit=number)


def _kept(value: object) -> Any:
    """What an event can keep of an argument: words and lists of words."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return value if isinstance(value, str) else None


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
    said = Action(
        asked["conduct"], step=asked["step"], arguments=asked["arguments"], comment=str(asked.get("comment", ""))
    )
    return carry(turn, parent, said, position)
