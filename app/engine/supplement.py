"""A supplement is asked for and comes in: how often, until when, what the clock does meanwhile (section 8.6)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.definition.duration import Duration
from app.engine.acceptance import hand_in
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided
from app.engine.clocking import note_clock, rechain, runs
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, number_of, rules_of, text_of_time, time_of, word_of
from app.engine.documents import known_papers
from app.engine.filling import fill, invalid_answers, save
from app.engine.printing import order_print
from app.engine.rights import APPLICANT, may_act
from app.engine.routing import enter
from app.engine.state import Visit
from app.engine.timing import citizen_due, span_end
from app.engine.turn import Turn
from app.engine.world import Refusal

AT_INTAKE, IN_PROCESSING = "intake", "processing"


def request_rules(turn: Turn, visit: Visit) -> Mapping[str, Any]:
    """The rules of the next request; ``rounds`` may say something else for each."""
    rules = rules_of(turn, turn.route.steps[visit.step].step, "supplement")
    rounds = rules.get("rounds") or ()
    asked = _asked(turn)
    return {**rules, **rounds[asked]} if asked < len(rounds) else rules


def _asked(turn: Turn) -> int:
    """How often a supplement was asked for after acceptance; what is asked at intake is not limited."""
    return sum(1 for request in turn.state.requests if request["stage"] == IN_PROCESSING)


def may_request(turn: Turn, visit: Visit) -> str | Refusal:
    """The step's person or reception, where the step offers it, as often and as early as the law allows."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "supplement"):
        return wrong_status(turn, "supplement")
    rules = request_rules(turn, visit)
    by = positions_for(turn, rules.get("by"))
    position = as_worker(turn, visit) or may_act(turn.actor, by)
    if not position:
        return not_allowed("supplement", (*visit.positions, *by))
    if turn.state.finished_at is not None or visit.sent is not None:
        return wrong_status(turn, "supplement")
    if turn.state.accepted_at is None:
        return position
    if is_beyond(turn, rules) and not approvers(turn, rules):
        return Refusal("too_many_supplements", {"max": number_of(turn, rules.get("max"))})
    until = _latest(turn, time_of(turn, rules.get("within")))
    if until is not None and turn.now > until:
        return Refusal("too_late", {"kind": "supplement", "until": until.isoformat()})
    return position


def is_beyond(turn: Turn, rules: Mapping[str, Any]) -> bool:
    """Whether it would be one more than the rules give; then somebody has to agree, if the rules name him."""
    most = number_of(turn, rules.get("max"))
    return most is not None and turn.state.accepted_at is not None and _asked(turn) >= most


def _latest(turn: Turn, within: Duration | None) -> datetime | None:
    """Counted from acceptance; once a supplement has come in, from that."""
    if within is None or turn.state.accepted_at is None:
        return None
    answered = [datetime.fromisoformat(one["answered"]) for one in turn.state.requests if one.get("answered")]
    return span_end(within, max((turn.state.accepted_at, *answered)), turn.world)


def request(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Send the dossier back to the applicant; the clock stands still until it comes in again."""
    reason = str(action.arguments.get("reason", "")).strip()
    if not reason:
        return Refusal("required", {"field": "reason"})
    unknown = [key for key in _papers(action) if key not in known_papers(turn.procedure)]
    if unknown:
        return invalid_answers([invalid("documents", "not_option", value=unknown[0])])
    rules = request_rules(turn, visit)
    asked = approvers(turn, rules) if is_beyond(turn, rules) else ()
    if asked and not str(action.arguments.get("ground", "")).strip():
        return Refusal("required", {"field": "ground"})
    return decided(turn, "supplement", visit, action, position, asked, carry_request)


def carry_request(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The request itself, agreed to where that is needed."""
    if visit is None:
        return wrong_status(turn, "supplement")
    reason, papers = str(action.arguments["reason"]).strip(), _papers(action)
    rules = request_rules(turn, visit)
    accepted = turn.state.accepted_at is not None
    answer = time_of(turn, rules.get("answer_within"))
    due = citizen_due(answer, turn.now, turn.world) if answer is not None else None
    number = len(turn.state.past) + len(turn.state.visits) + 1
    key = f"supplement:{number}"
    data: dict[str, Any] = {"visit": number, "step": visit.step, "reason": reason, "documents": papers}
    data.update(stage=IN_PROCESSING if accepted else AT_INTAKE, due=due.isoformat() if due else None, key=key)
    data.update(then=word_of(turn, rules.get("then"), "restart"), on_late=word_of(turn, rules.get("on_late"), "stop"))
    if str(action.arguments.get("ground", "")).strip():
        data["ground"] = str(action.arguments["ground"]).strip()
    data.update(add=text_of_time(turn, rules.get("add")), fresh=text_of_time(turn, rules.get("fresh")))
    turn.emit("step_left", {"visit": visit.number, "position": position, "outcome": "supplement", "recallable": False})
    turn.emit("supplement_requested", data)
    if runs(turn.state):
        note_clock(turn, "paused", key=key, reason=reason)
    _open(turn, visit, number, due, reason)
    for key in rules.get("print", ()):
        order_print(turn, key, turn.state.unit, step=visit.step, reason=reason)
    turn.notice("supplement_requested", visit=number)
    return None


def _papers(action: Action) -> list[str]:
    return [str(key) for key in action.arguments.get("documents", ())]


def _open(turn: Turn, visit: Visit, number: int, due: datetime | None, reason: str) -> None:
    data: dict[str, Any] = {"visit": number, "step": visit.step, "kind": "supplement", "positions": [APPLICANT]}
    data.update(after=visit.number, title=visit.title, note=reason)
    if due is not None:
        data["due"] = due.isoformat()
    turn.emit("step_entered", data)
    turn.moved = True


# ---- it comes in


def may_resubmit(turn: Turn, visit: Visit) -> str | Refusal:
    """The applicant, or reception with what he brings."""
    rules = rules_of(turn, turn.route.steps[visit.step].step, "resubmit")
    positions = positions_for(turn, rules.get("by")) or (*visit.positions, f"reception@{turn.state.unit}")
    return may_act(turn.actor, positions) or not_allowed("resubmit", positions)


def resubmit(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Back to the step that asked, with a new budget; the clock runs on or starts anew."""
    asked = turn.state.requests[-1]
    missing = [key for key in asked["documents"] if key not in action.documents]
    if missing:
        return Refusal("missing_documents", {"documents": missing})
    refusal = hand_in(turn, action.documents)
    if refusal is None and action.fill:
        refusal = _refill(turn, action, position)
    if refusal is not None:
        return refusal
    turn.emit("step_left", {"visit": visit.number, "position": position, "recallable": False})
    turn.emit("resubmitted", {"visit": visit.number})
    _run_on(turn, asked)
    asker = next(v for v in turn.state.past if v.number == visit.after)
    holder = asker.actor if may_hold(turn, asker) else asker.holder
    enter(turn, turn.route.steps[visit.step], visit.number, holder=holder)
    turn.notice("resubmitted")
    return None


def may_hold(turn: Turn, asker: Visit) -> bool:
    """Whether the step goes back to the person who asked: he held it, or did it as one of its own people."""
    return asker.position in asker.positions


def _refill(turn: Turn, action: Action, position: str) -> Refusal | None:
    filled = fill(turn, turn.route.first, action.fill, position, leaving=True)
    if isinstance(filled, Refusal):
        return filled
    save(turn, filled)
    rechain(turn, filled.changed)
    return None


def _run_on(turn: Turn, asked: Mapping[str, Any]) -> None:
    if not runs(turn.state):
        return
    if asked["then"] == "restart":
        note_clock(turn, "restarted", key=asked["key"], fresh=asked["fresh"])
    else:
        note_clock(turn, "resumed", key=asked["key"], add=asked["add"])
