"""A mistake found in a result after the end: a record of its own, linked to it, with the party responsible (8.6)."""

from typing import Any

from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided, is_waiting
from app.engine.conduct import not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import rules_of
from app.engine.filling import invalid_answers
from app.engine.printing import order_print
from app.engine.rights import may_act
from app.engine.state import Visit
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_correct(turn: Turn, visit: Visit | None) -> str | Refusal:
    """The clerk of the agency, once the dossier has ended with a result."""
    state = turn.state
    if not state.results or (state.finished_at is None and state.ended_at is None) or is_waiting(turn, "correct"):
        return wrong_status(turn, "correct")
    rules = rules_of(turn, None, "correct")
    by = positions_for(turn, rules.get("by"))
    return may_act(turn.actor, (*by, *approvers(turn, rules))) or not_allowed("correct", by)


def correct(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """Which result, what was wrong, who is responsible."""
    results = turn.state.results
    key = str(action.arguments.get("result", "")) or (next(iter(results)) if len(results) == 1 else "")
    if not key:
        return Refusal("required", {"field": "result", "options": list(results)})
    if key not in results:
        return invalid_answers([invalid("result", "not_option", value=key, options=list(results))])
    for name in ("reason", "responsible"):
        if not str(action.arguments.get(name, "")).strip():
            return Refusal("required", {"field": name})
    said = action._replace(arguments={**action.arguments, "result": key})
    asked = approvers(turn, rules_of(turn, None, "correct"))
    return decided(turn, "correct", None, said, position, asked, carry_correction)


def carry_correction(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The record itself, with the number of what it corrects."""
    key, number = str(action.arguments["result"]), len(turn.state.corrections) + 1
    wrong = turn.state.results[key]
    record: dict[str, Any] = {"correction": number, "result": key, "position": position}
    record.update((name, str(action.arguments[name]).strip()) for name in ("reason", "responsible"))
    if wrong.get("number"):
        record["number"] = wrong["number"]
    turn.emit("corrected", record)
    for paper in rules_of(turn, None, "correct").get("print", ()):
        order_print(turn, paper, reason=record["reason"])
    turn.notice("corrected", correction=number)
    return None
