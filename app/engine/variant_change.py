"""Another case (``variants``) after the intake: limit, fees and papers follow, the step table stays (section 3)."""

from app.definition.model.procedure import Variant
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.clocking import rechain
from app.engine.conduct import as_worker, not_allowed, wrong_status
from app.engine.filling import invalid_answers
from app.engine.rights import is_staff, may_act
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def other_variants(turn: Turn) -> tuple[Variant, ...]:
    """The cases it could be instead."""
    return tuple(
        variant
        for variant in turn.procedure.variants
        if variant.key != turn.state.variant and (variant.when is None or variant.when.evaluate(turn.env) is True)
    )


def may_change_variant(turn: Turn, visit: Visit | None) -> str | Refusal:
    """Reception, or whoever has a step of the office, before the result."""
    if turn.state.finished_at is not None or not other_variants(turn):
        return wrong_status(turn, "variant")
    counter = f"reception@{turn.state.unit}"
    standing = (as_worker(turn, one) for one in turn.state.visits if one.kind == "step")
    position = next((found for found in standing if found), "") or may_act(turn.actor, (counter,))
    return position if position and is_staff(turn.actor.positions) else not_allowed("variant", (counter,))


def change_variant(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Name it and say why. Agency and step table were fixed at acceptance and stay (section 8.1)."""
    wanted, possible = str(action.arguments.get("variant", "")), [one.key for one in other_variants(turn)]
    reason = str(action.arguments.get("reason", "")).strip()
    if not wanted:
        return Refusal("required", {"field": "variant", "options": possible})
    if wanted not in possible:
        return invalid_answers([invalid("variant", "not_option", value=wanted, options=possible)])
    if not reason:
        return Refusal("required", {"field": "reason"})
    turn.emit("variant_changed", {"from": turn.state.variant, "to": wanted, "reason": reason, "position": position})
    if turn.state.accepted_at is not None:
        rechain(turn, frozenset(("variant",)))
    return None
