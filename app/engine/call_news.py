"""What became of called dossiers: acts ``call_opened`` and ``call_ended``, done by the platform only (section 8.5)."""

from collections.abc import Mapping
from typing import Any

from app.engine.actions import Action
from app.engine.answer_error import AnswerError
from app.engine.answer_rows import read_answer
from app.engine.answer_values import ROW_KEY
from app.engine.clocking import rechain
from app.engine.conduct import not_allowed, wrong_status
from app.engine.filling import invalid_answers
from app.engine.form_view import settled
from app.engine.rights import SYSTEM_POSITION
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_tell(turn: Turn, _visit: Visit) -> str | Refusal:
    """Only the platform tells what became of called dossiers."""
    if SYSTEM_POSITION not in turn.actor.positions:
        return not_allowed("call", (SYSTEM_POSITION,))
    return SYSTEM_POSITION if turn.state.calls else wrong_status(turn, "call")


def opened(turn: Turn, _visit: Visit, action: Action, position: str) -> Refusal | None:
    """A called dossier has begun: ``call``, ``dossier`` (its number or code), and what can be taken from it already."""
    return _told(turn, action, "call_opened", {"dossier": str(action.arguments.get("dossier", ""))})


def ended(turn: Turn, _visit: Visit, action: Action, position: str) -> Refusal | None:
    """A called dossier has ended; the last one ends the step that waits for it."""
    refusal = _told(turn, action, "call_ended", {"status": str(action.arguments.get("status", ""))})
    call = turn.state.calls.get(str(action.arguments.get("call", "")))
    if refusal is None and call is not None:
        turn.fresh.append(call["visit"])
        turn.moved = True
    return refusal


def _told(turn: Turn, action: Action, kind: str, facts: Mapping[str, Any]) -> Refusal | None:
    key = str(action.arguments.get("call", ""))
    call = turn.state.calls.get(key)
    if call is None:
        return wrong_status(turn, "call")
    turn.emit(kind, {"call": key, "visit": call["visit"], **facts})
    return _take(turn, call, action.fill)


def _take(turn: Turn, call: Mapping[str, Any], values: Mapping[str, Any]) -> Refusal | None:
    """Write what comes back into our fields, a column into the row the dossier was called for."""
    step = turn.route.steps[call["step"]].step
    take = step.call.take if step.call is not None else {}
    answers = dict(turn.state.answers)
    errors: list[AnswerError] = []
    for ours, theirs in take.items():
        if theirs in values:
            errors.extend(_put(turn, answers, ours, values[theirs], call.get("row", "")))
    if errors:
        return invalid_answers(errors)
    answers = settled(turn.plan, answers, turn.env_with)
    changed = {key: answers[key] for key in sorted(answers) if answers[key] != turn.state.answers.get(key)}
    if changed:
        turn.emit("answers_set", {"values": changed})
        rechain(turn, frozenset(changed))
    return None


def _put(turn: Turn, answers: dict[str, Any], ours: str, value: object, row: str) -> list[AnswerError]:
    key, dot, column = ours.partition(".")
    field = turn.procedure.form.fields[key]
    raw = [{ROW_KEY: row, column: value}] if dot else value
    stored, errors = read_answer(field, raw, answers.get(key), (column,) if dot else ())
    if stored is not None:
        answers[key] = stored
    return errors
