"""Going back: sent back by whoever has the work now, or taken back by whoever gave it away (section 8.6)."""

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided
from app.engine.conduct import as_worker, not_allowed, wrong_status
from app.engine.conduct_rules import is_offered, number_of, rules_of
from app.engine.filling import invalid_answers
from app.engine.leaving import leave
from app.engine.preparing import said
from app.engine.rights import APPLICANT, NOBODY, SYSTEM_POSITION
from app.engine.routing import enter
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def back_targets(turn: Turn, visit: Visit) -> tuple[str, ...]:
    """The steps a visit may be sent back to: done before by a person of ours, or those the rules name."""
    rules = rules_of(turn, turn.route.steps[visit.step].step, "send_back")
    wanted = rules.get("to")
    earlier = [
        past.step
        for past in turn.state.past
        if past.kind == "step" and past.outcome == "done" and past.actor not in NOBODY and past.step != visit.step
    ]
    found = [key for key in dict.fromkeys(earlier) if _by_person(turn, key) and turn.state.open_step(key) is None]
    return tuple(key for key in found if (wanted is None or key in wanted) and not _is_past_intake(turn, key))


def _is_past_intake(turn: Turn, key: str) -> bool:
    """A service that has been accepted does not go back to where it was accepted: the receipt is out."""
    first = turn.route.first
    return turn.state.kind == "service" and key == first.key and first.step.does == "intake"


def _by_person(turn: Turn, key: str) -> bool:
    at = turn.route.steps.get(key)
    if at is None:
        return False
    who = at.people or at.step.by.default
    return who is None or not any(party.kind in (APPLICANT, SYSTEM_POSITION) for party in who.parties)


def may_send_back(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step, before the result is there."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "send_back") or turn.state.finished_at is not None or visit.sent is not None:
        return wrong_status(turn, "send_back")
    position = as_worker(turn, visit)
    if not position or position == APPLICANT:
        return not_allowed("send_back", visit.positions)
    most = number_of(turn, rules_of(turn, step, "send_back").get("max"))
    if most is not None and sum(1 for past in turn.state.past if past.outcome == "sent_back") >= most:
        return Refusal("too_late", {"kind": "send_back", "max": most})
    return position if back_targets(turn, visit) else wrong_status(turn, "send_back")


def send_back(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Back to an earlier step, whose clock starts anew; the dossier's does not."""
    to = str(action.arguments.get("to", ""))
    targets = back_targets(turn, visit)
    if not to:
        return Refusal("required", {"field": "to", "options": list(targets)})
    if to not in targets:
        return invalid_answers([invalid("to", "not_option", value=to, options=list(targets))])
    text = said(action)
    rules = rules_of(turn, turn.route.steps[visit.step].step, "send_back")
    if not text and rules.get("comment") == "required":
        return Refusal("required", {"field": "comment"})
    asked = approvers(turn, rules)
    said_to = action._replace(arguments={**action.arguments, "to": to}, comment=text)
    return decided(turn, "send_back", visit, said_to, position, asked, carry_back)


def carry_back(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The sending back itself."""
    to = str(action.arguments["to"])
    if visit is None or to not in back_targets(turn, visit):
        return wrong_status(turn, "send_back")
    _leave(turn, visit, "sent_back", position, action.comment)
    before = turn.state.done(to)[-1]
    enter(turn, turn.route.steps[to], visit.number, holder=before.actor)
    return None


def _leave(turn: Turn, visit: Visit, outcome: str, position: str, comment: str = "") -> None:
    data = {"visit": visit.number, "position": position, "outcome": outcome, "recallable": False}
    leave(turn, turn.route.steps[visit.step], visit, {**data, **({"comment": comment} if comment else {})})


# ---- recall


def may_recall(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The last one who acted, while nobody has acted after him and nothing has left the house."""
    state = turn.state
    last = next((past for past in reversed(state.past) if past.number == state.last_left), None)
    if last is None or state.finished_at is not None or last.step not in turn.route.steps:
        return wrong_status(turn, "recall")
    if last.actor != turn.actor.user:
        return not_allowed("recall")
    step = turn.route.steps[last.step].step
    opened = [open_visit for open_visit in state.visits if open_visit.after == last.number]
    if not is_offered(turn, step, "recall") or any(_is_touched(turn, open_visit) for open_visit in opened):
        return wrong_status(turn, "recall")
    return last.position


def _is_touched(turn: Turn, visit: Visit) -> bool:
    return visit.holder not in ("", turn.actor.user) or visit.sent is not None or visit.turn > 0


def recall(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The step is open again as it was, with the time it had."""
    last = next(past for past in turn.state.past if past.number == turn.state.last_left)
    for opened in turn.state.visits:
        if opened.after == last.number:
            _leave(turn, opened, "recalled", position)
    again = last.due.isoformat() if last.due is not None else ""
    enter(turn, turn.route.steps[last.step], last.after, holder=turn.actor.user, again=again)
    return None
