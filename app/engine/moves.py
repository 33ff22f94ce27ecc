"""The engine's front door: open, move, what can be done, why not, time passing. Pure; ``now`` is an argument."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from app.definition.model.procedure import Procedure
from app.engine import (
    adding,
    asking,
    back,
    call_news,
    conduct,
    correction,
    ending,
    extension,
    message,
    refunding,
    reopening,
    supplement,
    transfer,
    variant_change,
)
from app.engine.actions import Action, Intake, Move
from app.engine.approval import decide, may_decide
from app.engine.by_itself import finish_move
from app.engine.calendar import CalendarUnknown
from app.engine.consult import opinions_of
from app.engine.held import is_held
from app.engine.leaving import issued
from app.engine.opening import open_turn
from app.engine.plan import StepPlan, plan_of
from app.engine.quick import quick_step
from app.engine.routing import automatic
from app.engine.state import State, Visit
from app.engine.steps import do_step, gate
from app.engine.sweeping import next_sweep, sweep
from app.engine.turn import Turn
from app.engine.world import Actor, Outcome, Refusal, World

__all__ = [
    "Action",
    "Intake",
    "Move",
    "available_moves",
    "move",
    "next_sweep",
    "open_dossier",
    "sweep",
    "why_not",
]


class Conduct(NamedTuple):
    """One name of conduct: which visits it belongs to ("" = the dossier as a whole), who may, and what it does."""

    at: str
    may: Callable[[Turn, Visit], str | Refusal]
    do: Callable[[Turn, Visit, Action, str], Refusal | None]


_CARRIED = {
    "refuse": ending.carry_refusal,
    "stop": ending.carry_stop,
    "withdraw": ending.carry_withdrawal,
    "extend": extension.carry_extension,
    "supplement": supplement.carry_request,
    "send_back": back.carry_back,
    "transfer": transfer.carry_transfer,
    "correct": correction.carry_correction,
    "consult": asking.carry_consult,
}


def _may_approve(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever was asked, as long as it can still be done."""
    position = may_decide(turn, visit)
    asked = turn.state.approvals[str(visit.number)]
    late = extension.too_late_to_agree(turn, asked) if asked["conduct"] == "extend" else None
    return position if isinstance(position, Refusal) else late or position


def _approve(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    asked = turn.state.approvals[str(visit.number)]
    return decide(turn, visit, action, position, _CARRIED[asked["conduct"]])


def _reject(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    return decide(turn, visit, action, position, None)


CONDUCT: dict[str, Conduct] = {
    "save": Conduct("step", conduct.may_save, conduct.save_answers),
    "claim": Conduct("step", conduct.may_claim, conduct.claim),
    "release": Conduct("step", conduct.may_release, conduct.release),
    "reassign": Conduct("step", conduct.may_reassign, conduct.reassign),
    "supplement": Conduct("step", supplement.may_request, supplement.request),
    "resubmit": Conduct("supplement", supplement.may_resubmit, supplement.resubmit),
    "refuse": Conduct("step", ending.may_refuse, ending.refuse),
    "send_back": Conduct("step", back.may_send_back, back.send_back),
    "add_step": Conduct("step", adding.may_add_step, adding.add_step),
    "transfer": Conduct("step", transfer.may_transfer, transfer.transfer),
    "consult": Conduct("step", asking.may_consult, asking.consult),
    "opinion": Conduct("opinion", asking.may_answer, asking.answer),
    "approve": Conduct("approval", _may_approve, _approve),
    "reject": Conduct("approval", may_decide, _reject),
    "recall": Conduct("", back.may_recall, back.recall),
    "extend": Conduct("", extension.may_extend, extension.extend),
    "stop": Conduct("", ending.may_stop, ending.stop),
    "withdraw": Conduct("", ending.may_withdraw, ending.withdraw),
    "variant": Conduct("", variant_change.may_change_variant, variant_change.change_variant),
    "correct": Conduct("", correction.may_correct, correction.correct),
    "reopen": Conduct("", reopening.may_reopen, reopening.reopen),
    "refund": Conduct("refund", refunding.may_refund, refunding.refund),
    "comment": Conduct("", conduct.may_comment, conduct.comment),
    "hand_in": Conduct("", conduct.may_take_papers, conduct.take_papers),
    "pay": Conduct("", conduct.may_take_papers, conduct.take_money),
    "charge": Conduct("", conduct.may_charge, conduct.charge),
    "call_opened": Conduct("", call_news.may_tell, call_news.opened),
    "call_ended": Conduct("", call_news.may_tell, call_news.ended),
    "message": Conduct("", message.may_hear, message.hear),
}
# What may still be done when there is no more work.
AFTER_THE_END = frozenset(("comment", "correct", "reopen", "refund", "approve", "reject"))
# What would move the dossier stands still while somebody is asked whether it is to be moved or ended.
MOVING = frozenset(("supplement", "resubmit", "refuse", "send_back", "transfer", "recall", "extend"))
NO_VISIT = Visit(0, "")


def open_dossier(procedure: Procedure, intake: Intake, actor: Actor, now: datetime, world: World) -> Outcome | Refusal:
    """Begin a dossier: its first step is open."""
    try:
        turn = open_turn(procedure, intake, actor, now, world)
        if isinstance(turn, Refusal):
            return turn
        refusal = finish_move(turn)
    except CalendarUnknown as unknown:
        return Refusal("calendar_unknown", {"year": unknown.year})
    return refusal or turn.outcome()


def move(
    procedure: Procedure, state: State, action: Action, actor: Actor, now: datetime, world: World
) -> Outcome | Refusal:
    """Do one thing. A refusal changes nothing; numbers taken on the way belong to the caller's transaction."""
    if now < state.last_at:
        return Refusal("out_of_order", {"last": state.last_at.isoformat()})
    try:
        if action.kind == "step":
            outcome = quick_step(plan_of(procedure), state, action, actor, now, world)
            if outcome is not None:
                return outcome
        turn = Turn(procedure, state, actor, now, world)
        refusal = do_step(turn, action) if action.kind == "step" else _do(turn, action)
        refusal = refusal or finish_move(turn)
    except CalendarUnknown as unknown:
        return Refusal("calendar_unknown", {"year": unknown.year})
    return refusal or turn.outcome()


def _do(turn: Turn, action: Action) -> Refusal | None:
    known = CONDUCT.get(action.kind)
    if known is None:
        return Refusal("not_allowed", {"kind": action.kind, "known": ["step", *CONDUCT]})
    if turn.state.ended_at is not None and action.kind not in AFTER_THE_END:
        return conduct.wrong_status(turn, action.kind)
    if action.kind in MOVING and is_held(turn.state):
        return conduct.wrong_status(turn, action.kind)
    if not known.at:
        position = known.may(turn, NO_VISIT)
        return position if isinstance(position, Refusal) else known.do(turn, NO_VISIT, action, position)
    refused: Refusal | None = None
    for visit in turn.state.visits:
        if not _is_meant(visit, known.at, action):
            continue
        position = known.may(turn, visit)
        if not isinstance(position, Refusal):
            return known.do(turn, visit, action, position)
        refused = refused or position
    return refused or conduct.wrong_status(turn, action.kind)


def _is_meant(visit: Visit, kind: str, action: Action) -> bool:
    return visit.kind == kind and action.visit in (0, visit.number) and action.step in ("", visit.step)


# ---- the same rules read for every button


def available_moves(procedure: Procedure, state: State, actor: Actor, now: datetime, world: World) -> tuple[Move, ...]:
    """What this person can do now, one entry per button."""
    return tuple(found for found, refusal in _judged(procedure, state, actor, now, world) if refusal is None)


def why_not(
    procedure: Procedure, state: State, actor: Actor, now: datetime, world: World
) -> tuple[tuple[Move, Refusal], ...]:
    """What this person cannot do now, each with the reason."""
    judged = _judged(procedure, state, actor, now, world)
    return tuple((found, refusal) for found, refusal in judged if refusal is not None)


def _judged(
    procedure: Procedure, state: State, actor: Actor, now: datetime, world: World
) -> Iterator[tuple[Move, Refusal | None]]:
    turn = Turn(procedure, state, actor, max(now, state.last_at), world)
    for visit in state.visits:
        if visit.kind == "step":
            yield from _step_moves(turn, visit)
    for name, known in CONDUCT.items():
        yield from _conduct_moves(turn, name, known)


def _step_moves(turn: Turn, visit: Visit) -> Iterator[tuple[Move, Refusal | None]]:
    at = turn.route.steps[visit.step]
    position = gate(turn, at, visit)
    refusal = position if isinstance(position, Refusal) else _blocked(turn, at)
    if not at.buttons:
        comment = at.step.ways[0].comment
        yield Move("step", at.key, visit.number, title=at.step.title, comment=comment), refusal
        return
    for way in at.step.ways:
        if way.when is not None and way.when.reads.isdisjoint(at.fills) and way.when.evaluate(turn.env) is not True:
            continue
        yield Move("step", at.key, visit.number, way.choose, way.title, way.comment, way.confirm), refusal


def _blocked(turn: Turn, at: StepPlan) -> Refusal | None:
    """What stands in the way whatever is filled in; steps that fill something are asked when they are left."""
    if at.fills or at.step.sets:
        return None
    if at.step.issues and not issued(turn, at):
        return Refusal("no_result", {"step": at.key, "results": list(at.step.issues)})
    if not at.buttons and not at.only_way and at.step.consult is None and automatic(turn, at.step) is None:
        return Refusal("no_way", {"step": at.key})
    return None


def _conduct_moves(turn: Turn, name: str, known: Conduct) -> Iterator[tuple[Move, Refusal | None]]:
    if turn.state.ended_at is not None and name not in AFTER_THE_END:
        yield Move(name), conduct.wrong_status(turn, name)
        return
    if not known.at:
        yield Move(name), _refused(name, known, turn, NO_VISIT)
        return
    for visit in turn.state.visits:
        if visit.kind != known.at:
            continue
        refusal = _refused(name, known, turn, visit)
        if name == "opinion":
            for key, label in opinions_of(turn.route.steps[visit.step].step.consult).items():
                yield Move(name, visit.step, visit.number, key, label), refusal
        else:
            yield Move(name, visit.step, visit.number), refusal


def _refused(name: str, known: Conduct, turn: Turn, visit: Visit) -> Refusal | None:
    """Why not, if not; a page must open though next year's calendar is late."""
    if name in MOVING and is_held(turn.state):
        return conduct.wrong_status(turn, name)
    try:
        position = known.may(turn, visit)
    except CalendarUnknown as unknown:
        return Refusal("calendar_unknown", {"year": unknown.year})
    return position if isinstance(position, Refusal) else None
