"""The apology and the new date: once, early enough, not further than allowed (NĐ 61 Đ.19.9, section 8.6)."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from app.definition.duration import Duration
from app.engine.acceptance import moment_of
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided, is_waiting
from app.engine.clocking import note_clock, text_of
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, number_of, rules_of, time_of
from app.engine.filling import invalid_answers
from app.engine.printing import order_print
from app.engine.rights import may_act
from app.engine.state import Visit
from app.engine.timing import duration_of, span_end
from app.engine.turn import Turn
from app.engine.world import Refusal


def extension_rules(turn: Turn) -> Mapping[str, Any] | None:
    """The rules of the first open step that offers an extension; None if none does."""
    for visit in turn.state.visits:
        if visit.kind == "step":
            step = turn.route.steps[visit.step].step
            if is_offered(turn, step, "extend"):
                return rules_of(turn, step, "extend")
    return None


def may_extend(turn: Turn, visit: Visit | None) -> str | Refusal:
    """Whoever decides on it, or whoever asks him for it."""
    rules = extension_rules(turn)
    state = turn.state
    if rules is None or state.finished_at is not None or is_waiting(turn, "extend"):
        return wrong_status(turn, "extend")
    position = may_act(turn.actor, _deciding(turn, rules)) or _asker(turn, rules)
    if not position:
        return not_allowed("extend", _deciding(turn, rules))
    most = number_of(turn, rules.get("max"))
    if most is not None and state.extensions >= most:
        return Refusal("already_extended", {"max": most})
    if state.due is None or state.clock_state != "running":
        return wrong_status(turn, "extend")
    until = _latest(turn, state.due, rules)
    if turn.now.replace(second=0, microsecond=0) > until:
        return Refusal("too_late", {"kind": "extend", "until": until.isoformat()})
    return position


def _deciding(turn: Turn, rules: Mapping[str, Any]) -> tuple[str, ...]:
    """Whoever the extension belongs to, and whoever has to agree to it."""
    return (*positions_for(turn, rules.get("by")), *approvers(turn, rules))


def _asker(turn: Turn, rules: Mapping[str, Any]) -> str:
    asked_by = positions_for(turn, rules.get("ask_by"))
    if asked_by:
        return may_act(turn.actor, asked_by)
    standing = (as_worker(turn, visit) for visit in turn.state.visits if visit.kind == "step")
    return next((position for position in standing if position), "")


def _latest(turn: Turn, due: datetime, rules: Mapping[str, Any]) -> datetime:
    """Closing of the last day on which the apology is in time; without such a rule the due moment itself."""
    before = time_of(turn, rules.get("before"))
    if before is None or not before.segments:
        return due
    segment = before.segments[0]
    days = int(segment.amount) if segment.unit != "hour" else -(-int(segment.amount) // 8)
    day = turn.world.calendar.working_day_before(due.date(), days)
    return turn.world.calendar.closing(day) if day is not None else due


def extend(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Decide on the new date, or ask whoever decides."""
    rules = extension_rules(turn) or {}
    reason = str(action.arguments.get("reason", "")).strip()
    if not reason:
        return Refusal("required", {"field": "reason"})
    to = _new_due(turn, rules, action.arguments.get("to"))
    if isinstance(to, Refusal):
        return to
    asked = action._replace(arguments={"to": text_of(to), "reason": reason})
    agreeing = approvers(turn, rules) or positions_for(turn, rules.get("by"))
    return decided(turn, "extend", visit, asked, position, agreeing, carry_extension)


def carry_extension(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The extension itself. Agreed to later than the due moment it comes too late."""
    rules = extension_rules(turn) or {}
    to = _new_due(turn, rules, action.arguments.get("to"))
    if isinstance(to, Refusal):
        return to
    reason = str(action.arguments["reason"])
    old = turn.state.due
    ground = str(rules.get("ground", "apology"))
    note_clock(turn, "extended", to=text_of(to), reason=reason, ground=ground if ground != "apology" else "")
    moved = {"from": old.isoformat() if old else None, "to": text_of(to)}
    turn.emit("extended", {**moved, "reason": reason, **({"ground": ground} if ground != "apology" else {})})
    for key in rules.get("print", ()):
        order_print(turn, key, turn.state.authority, reason=reason, **moved)
    turn.notice("extended")
    return None


def too_late_to_agree(turn: Turn, asked: Mapping[str, Any]) -> Refusal | None:
    """Why the date asked for can no longer be agreed to; None if it can."""
    to = _new_due(turn, extension_rules(turn) or {}, asked["arguments"].get("to"))
    return to if isinstance(to, Refusal) else None


def _new_due(turn: Turn, rules: Mapping[str, Any], given: object) -> datetime | Refusal:
    if given in (None, ""):
        return Refusal("required", {"field": "to"})
    to, due, calendar = moment_of(given), turn.state.due, turn.world.calendar
    if to is None:
        return invalid_answers([invalid("to", "not_a_date")])
    if due is None or turn.now.replace(second=0, microsecond=0) > due:
        return Refusal("too_late", {"kind": "extend", "until": due.isoformat() if due else None})
    if not calendar.is_working_day(to.date()):
        return invalid_answers([invalid("to", "day_off")])
    if to.time() == time.min or turn.state.limit.get("kind") == "count":  # a promise ends with a day of the office
        to = calendar.closing(to.date())
    if to <= due:
        return invalid_answers([invalid("to", "out_of_range", after=due.isoformat())])
    most = _furthest(turn, rules, due)
    if most is not None and to.date() > most.date():  # an extension counts whole days
        return invalid_answers([invalid("to", "out_of_range", most=most.isoformat())])
    return to


def _furthest(turn: Turn, rules: Mapping[str, Any], due: datetime) -> datetime | None:
    """``most`` from the due date, or from the start; where the rules are silent, the time limit once more."""
    most = time_of(turn, rules["most"]) if "most" in rules else _limit_again(turn)
    if most is None or not most.segments:
        return None
    started = next((entry["at"] for entry in reversed(turn.state.clock) if entry["type"] in _STARTS), None)
    base = datetime.fromisoformat(started) if rules.get("most_from") == "start" and started else due
    return span_end(most, base, turn.world)


_STARTS = frozenset(("received", "arrived", "complete", "step", "field", "restarted"))


def _limit_again(turn: Turn) -> Duration | None:
    """The promised limit of this case; nothing to measure by for a limit of one day or one of its own date."""
    times = [entry["time"] for entry in turn.state.limit.get("phases", ())]
    times.extend(turn.state.limit.get("add", ()))
    durations = [duration_of(text) for text in times]
    if not durations or any(duration.kind != "segments" for duration in durations):
        return None
    return Duration(tuple(segment for duration in durations for segment in duration.segments))
