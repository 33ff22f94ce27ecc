"""Everyday conduct: comment, claim, release, reassign, saving, papers and money between the steps."""

from typing import Any

from app.definition.model.money import ToBeSet
from app.engine.acceptance import hand_in
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.by_itself import after_payment
from app.engine.clocking import arrive_at_agency, rechain
from app.engine.conduct_rules import who_of
from app.engine.filling import fill, invalid_answers, save
from app.engine.rights import (
    APPLICANT,
    SYSTEM_POSITION,
    USER,
    heads,
    is_staff,
    may_act,
    may_read,
    party_positions,
    readers,
    unit_of,
)
from app.engine.state import Visit
from app.engine.steps import acting
from app.engine.turn import Turn
from app.engine.waiting import pay
from app.engine.world import Refusal

LONGEST_COMMENT = 5_000


def not_allowed(kind: str, positions: tuple[str, ...] = ()) -> Refusal:
    """The person does not hold a position that may do this."""
    return Refusal("not_allowed", {"kind": kind, "positions": list(positions)})


def wrong_status(turn: Turn, kind: str) -> Refusal:
    """Not while the dossier stands as it does."""
    return Refusal("wrong_status", {"kind": kind, "status": turn.state.status, "clock": turn.state.clock_state})


def positions_for(turn: Turn, value: object) -> tuple[str, ...]:
    """The positions that a rule ``by`` or ``approve`` means for this dossier."""
    who = who_of(value)
    if who is None:
        return ()
    state, organisation, on = turn.state, turn.world.organisation, turn.now.date()
    return tuple(p for party in who.parties for p in party_positions(party, state, organisation, on))


def as_worker(turn: Turn, visit: Visit) -> str:
    """As which position the actor stands at this step."""
    return acting(turn, turn.route.steps[visit.step], visit)


def as_head(turn: Turn, visit: Visit) -> str:
    """As head of a unit whose people may do the step."""
    units = dict.fromkeys(unit_of(p) for p in visit.positions if "@" in p and not p.startswith(USER))
    above = tuple(head for unit in units for head in heads(unit, turn.world.organisation))
    return may_act(turn.actor, above or heads(turn.state.agency, turn.world.organisation))


# ---- comment


def may_comment(turn: Turn, visit: Visit | None) -> str | Refusal:
    """Everybody who may open the dossier."""
    own = turn.actor.positions | {f"{USER}{turn.actor.user}"}
    if turn.actor.positions & {SYSTEM_POSITION, APPLICANT}:
        return next(iter(turn.actor.positions))
    allowed = readers(turn.procedure, turn.state, turn.world.organisation)
    if not may_read(frozenset(own), allowed):
        return not_allowed("comment")
    return next(iter(sorted(turn.actor.positions)), f"{USER}{turn.actor.user}")


def comment(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Say something for the record."""
    text = action.comment.strip()
    if not text:
        return Refusal("required", {"field": "comment"})
    if len(text) > LONGEST_COMMENT:
        return invalid_answers([invalid("comment", "too_long", most=LONGEST_COMMENT)])
    turn.emit("comment_added", {"comment": text, "position": position})
    return None


# ---- taking the work, giving it back, handing it on


def may_claim(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step, unless somebody has it."""
    position = as_worker(turn, visit)
    if not position or not is_staff(turn.actor.positions):
        return not_allowed("claim", visit.positions)
    if visit.holder:
        return Refusal("held", {"holder": visit.holder, "step": visit.step})
    return position


def claim(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Take the work; the agency's first one takes the dossier over."""
    turn.emit("claimed", {"visit": visit.number, "holder": turn.actor.user, "position": position})
    arrive_at_agency(turn, position)
    return None


def may_release(turn: Turn, visit: Visit) -> str | Refusal:
    """The holder, or the head above him."""
    if not visit.holder:
        return wrong_status(turn, "release")
    if visit.holder == turn.actor.user:
        return as_worker(turn, visit) or f"{USER}{turn.actor.user}"
    return as_head(turn, visit) or Refusal("held", {"holder": visit.holder, "step": visit.step})


def release(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Give the work back to everybody who may do it."""
    turn.emit("released", {"visit": visit.number, "position": position})
    return None


def may_reassign(turn: Turn, visit: Visit) -> str | Refusal:
    """The head, the holder, or anybody who may do it while nobody holds it."""
    position = as_head(turn, visit)
    if not position and visit.holder in ("", turn.actor.user):
        position = as_worker(turn, visit) if is_staff(turn.actor.positions) else ""
    if position:
        return position
    if visit.holder and as_worker(turn, visit):
        return Refusal("held", {"holder": visit.holder, "step": visit.step})
    return not_allowed("reassign", visit.positions)


def reassign(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Hand the work to somebody. Who he is and where he sits is known to the caller, not here."""
    to = str(action.arguments.get("to", "")).strip()
    if not to:
        return Refusal("required", {"field": "to"})
    data: dict[str, Any] = {"visit": visit.number, "holder": to, "from": visit.holder, "position": position}
    if action.comment:
        data["comment"] = action.comment
    turn.emit("reassigned", data)
    return None


# ---- answers, papers and money between the steps


def may_save(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step."""
    return as_worker(turn, visit) or not_allowed("save", visit.positions)


def save_answers(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Keep what has been filled in so far, without leaving the step."""
    filled = fill(turn, turn.route.steps[visit.step], action.fill, position, leaving=False)
    if isinstance(filled, Refusal):
        return filled
    save(turn, filled)
    rechain(turn, filled.changed)
    return None


def may_take_papers(turn: Turn, visit: Visit | None) -> str | Refusal:
    """Reception, and whoever has work on the dossier."""
    counter = (f"reception@{turn.state.unit}", SYSTEM_POSITION, APPLICANT)
    working = tuple(p for open_visit in turn.state.visits for p in open_visit.positions)
    return may_act(turn.actor, (*counter, *working)) or not_allowed("hand_in", (*counter[:1], *working))


def take_papers(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """A paper came in, or was found by look-up."""
    if not action.documents:
        return Refusal("required", {"field": "documents"})
    return hand_in(turn, action.documents)


def take_money(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Money came in; what waited for it goes on."""
    if not action.pay:
        return Refusal("required", {"field": "pay"})
    refusal = pay(turn, action.pay)
    after_payment(turn)
    return refusal


def may_charge(turn: Turn, visit: Visit | None) -> str | Refusal:
    """People of the house with work on the dossier, where a fee is set by decision."""
    if not any(_is_to_be_set(turn, fee.key) for fee in turn.procedure.fees):
        return wrong_status(turn, "charge")
    position = may_take_papers(turn, visit)
    if isinstance(position, Refusal) or not is_staff(turn.actor.positions):
        return not_allowed("charge")
    return position


def _is_to_be_set(turn: Turn, key: str) -> bool:
    fee = next((fee for fee in turn.procedure.fees if fee.key == key), None)
    return fee is not None and any(isinstance(amount, ToBeSet) for amount in fee.amount.values())


def charge(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Enter an amount that a decision sets."""
    key, amount = str(action.arguments.get("fee", "")), action.arguments.get("amount")
    if not _is_to_be_set(turn, key):
        return invalid_answers([invalid("fee", "not_option", value=key)])
    if type(amount) is not int or amount < 0:
        return invalid_answers([invalid("amount", "out_of_range", least="0")])
    decision = str(action.arguments.get("decision", "")).strip()
    if not decision:
        return Refusal("required", {"field": "decision"})
    turn.emit("fee_charged", {"fee": key, "charged": amount, "decision": decision})
    after_payment(turn)
    return None
