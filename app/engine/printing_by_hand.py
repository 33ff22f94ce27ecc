"""Prints made when somebody wants one: the control slip at any time, and what the procedure adds with `prints.add`."""

from datetime import datetime

from app.definition.model.procedure import Procedure
from app.definition.print_choice import print_for
from app.engine.answer_error import invalid
from app.engine.conduct import may_comment, not_allowed, wrong_status
from app.engine.filling import invalid_answers
from app.engine.printing import order_print
from app.engine.rights import is_staff
from app.engine.state import State, Visit
from app.engine.turn import Turn
from app.engine.world import Actor, Outcome, Refusal, World

_NO_VISIT = Visit(0, "")
CONTROL_SLIP = "control_slip"


def prints_by_hand(procedure: Procedure, state: State, now: datetime) -> tuple[str, ...]:
    """The keys of the prints that can be made of this dossier now; nothing before it is accepted."""
    if state.accepted_at is None:
        return ()
    day = (state.received_at or now).date()
    offered = (*((CONTROL_SLIP,) if procedure.kind == "service" else ()), *procedure.extra_prints)
    return tuple(key for key in dict.fromkeys(offered) if print_for(procedure, key, day) is not None)


def print_by_hand(
    procedure: Procedure, state: State, key: str, actor: Actor, now: datetime, world: World
) -> Outcome | Refusal:
    """Make one; everybody of the house who may open the dossier may."""
    turn = Turn(procedure, state, actor, max(now, state.last_at), world)
    offered = prints_by_hand(procedure, state, now)
    if not offered:
        return wrong_status(turn, "print")
    position = may_comment(turn, _NO_VISIT)
    if isinstance(position, Refusal) or not is_staff(actor.positions):
        return not_allowed("print")
    if key not in offered:
        return invalid_answers([invalid("print", "not_option", value=key)])
    order_print(turn, key, position.partition("@")[2])
    return turn.outcome()
