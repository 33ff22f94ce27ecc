"""What a step asks for before it can be left: papers, answers, money, attachments, the receiver of the result."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.engine.acceptance import accept, hand_in
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.clocking import rechain
from app.engine.documents import lacking, needed, needed_at_return
from app.engine.fees import unsettled
from app.engine.filling import fill, invalid_answers, save
from app.engine.leaving import issued
from app.engine.plan import StepPlan
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.waiting import check_by_hand, pay
from app.engine.world import Refusal

PROOF = "proof"
HANDING_OVER = ("return", "hand_out")
_NOTHING: Mapping[str, Any] = {}


def prepare(turn: Turn, at: StepPlan, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Everything the step asks for, in the order in which people think of it; the first thing missing is told."""
    asked = Asked(turn, at, visit, action, position, not has_more_turns(turn, at, visit))
    for demand in _DEMANDS:
        refusal = demand(asked)
        if refusal is not None:
            return refusal
    if asked.is_intake:
        return accept(turn, at, action)
    if at.step.does in HANDING_OVER and asked.last:
        _handed_over(turn, at, action)
    return None


class Asked(NamedTuple):
    """One person doing one step; ``last``: the step is left with it."""

    turn: Turn
    at: StepPlan
    visit: Visit
    action: Action
    position: str
    last: bool

    @property
    def is_intake(self) -> bool:
        """Whether the dossier is being accepted."""
        return self.at.step.does == "intake" and self.turn.state.accepted_at is None


def _papers(asked: Asked) -> Refusal | None:
    action = asked.action
    if asked.is_intake and "applicant" in action.arguments:
        asked.turn.emit("applicant_set", {"applicant": dict(action.arguments["applicant"])})
    return hand_in(asked.turn, action.documents)


def _papers_complete(asked: Asked) -> Refusal | None:
    """Papers of a later intake, and those due when the result is handed out; acceptance looks after the first ones."""
    turn, step = asked.turn, asked.at.step
    if asked.is_intake or not asked.last or step.does not in ("intake", "return"):
        return None
    later = step.does == "intake"
    wanted = needed(turn.procedure, turn.env, step.phase) if later else needed_at_return(turn.procedure, turn.env)
    papers = lacking(wanted, turn.state)
    return Refusal("missing_documents", {"documents": list(papers), "step": step.key}) if papers else None


def _answers(asked: Asked) -> Refusal | None:
    return _fill(asked.turn, asked.at, asked.action, asked.position, leaving=asked.last)


def _button(asked: Asked) -> Refusal | None:
    return _check_button(asked.turn, asked.at, asked.action) if asked.at.buttons else None


def _money(asked: Asked) -> Refusal | None:
    return pay(asked.turn, asked.action.pay)


def _settled(asked: Asked) -> Refusal | None:
    """Where the applicant's step is to pay, it is not done until he has."""
    turn, step = asked.turn, asked.at.step
    if not step.pay or not asked.at.by_applicant:
        return None
    owed = unsettled(turn.procedure, turn.state, turn.env, step.pay)
    return Refusal("unpaid", {"step": step.key, "fees": list(owed)}) if owed else None


def _attachments(asked: Asked) -> Refusal | None:
    return attach(asked.turn, asked.at, asked.action, needed=asked.last)


def _proof(asked: Asked) -> Refusal | None:
    return check_by_hand(asked.turn, asked.at, asked.visit, asked.action)


def _receiver(asked: Asked) -> Refusal | None:
    return _check_receiver(asked.action) if asked.at.step.does in HANDING_OVER else None


def _result(asked: Asked) -> Refusal | None:
    issues = asked.at.step.issues
    if not asked.last or not issues or issued(asked.turn, asked.at):
        return None
    return Refusal("no_result", {"step": asked.at.key, "results": list(issues)})


_DEMANDS = (_papers, _answers, _papers_complete, _button, _money, _settled, _attachments, _proof, _receiver, _result)


def _fill(turn: Turn, at: StepPlan, action: Action, position: str, *, leaving: bool) -> Refusal | None:
    filled = fill(turn, at, action.fill, position, leaving=leaving)
    if isinstance(filled, Refusal):
        return filled
    save(turn, filled)
    rechain(turn, filled.changed)
    return None


def _check_button(turn: Turn, at: StepPlan, action: Action) -> Refusal | None:
    """A button has a condition too; it is asked once the answers are known."""
    way = next(way for way in at.step.ways if way.choose == action.choose)
    if way.when is not None and way.when.evaluate(turn.env) is not True:
        return invalid_answers([invalid("choose", "not_option", value=action.choose)])
    return None


def attach(turn: Turn, at: StepPlan, action: Action, *, needed: bool) -> Refusal | None:
    """Papers made at this step; those it demands must be there when it is left."""
    known = {paper.key for paper in at.step.attach} | ({PROOF} if at.step.wait is not None else set())
    unknown = [key for key in action.attach if key not in known]
    if unknown:
        return invalid_answers([invalid(key, "unknown_field") for key in unknown])
    if action.attach:
        entries = {f"{at.key}.{key}": _entry(raw, turn) for key, raw in action.attach.items()}
        turn.emit("document_attached", {"attachments": entries})
    missing = [
        paper.key
        for paper in at.step.attach
        if paper.required and f"{at.key}.{paper.key}" not in turn.state.attachments
    ]
    return Refusal("missing_documents", {"documents": missing, "step": at.key}) if missing and needed else None


def _entry(raw: object, turn: Turn) -> dict[str, Any]:
    details = dict(raw) if isinstance(raw, Mapping) else {"files": [raw] if isinstance(raw, str) else []}
    return {**details, "at": turn.now.isoformat(), "by": turn.actor.user}


def _check_receiver(action: Action) -> Refusal | None:
    receiver = action.arguments.get("receiver", _NOTHING)
    if not isinstance(receiver, Mapping) or not str(receiver.get("name", "")).strip():
        return Refusal("missing_fields", {"fields": ["receiver.name"]})
    return None


def _handed_over(turn: Turn, at: StepPlan, action: Action) -> None:
    """Who took the result; with ``hand_out`` one of several, the last one is returned (ruling 14)."""
    given = action.arguments["receiver"]
    parts = ("name", "identity", "manner", "signature", "post_code")
    receiver = {name: str(given[name]).strip() for name in parts if given.get(name)}
    said = {"receiver": {"manner": "counter", **receiver}}
    if at.step.does == "return":
        turn.emit("returned", said)
    else:
        turn.emit("handed_out", {**said, "step": at.key})


def has_more_turns(turn: Turn, at: StepPlan, visit: Visit) -> bool:
    """Whether others have their turn in this step after this one."""
    who = at.people or at.step.by.pick(turn.env)
    return who is not None and who.each and visit.turn + 1 < len(who.parties)


def said(action: Action) -> str:
    """The comment given with an action."""
    return (action.comment or str(action.arguments.get("comment", ""))).strip()
