"""Consulting out of turn, and answering: conduct ``consult`` and ``opinion``."""

from collections.abc import Iterator
from datetime import datetime

from app.definition.compile_who import parse_party
from app.definition.duration import Duration, parse_duration
from app.engine.actions import Action
from app.engine.answer_error import invalid
from app.engine.approval import approvers, decided
from app.engine.by_itself import close_consult
from app.engine.conduct import as_worker, not_allowed, positions_for, wrong_status
from app.engine.conduct_rules import is_offered, rules_of, time_of
from app.engine.consult import Asked, answering, give_opinion, open_opinion
from app.engine.filling import invalid_answers
from app.engine.printing import order_print
from app.engine.rights import may_act, party_positions
from app.engine.state import Visit
from app.engine.timing import due_of
from app.engine.turn import Turn
from app.engine.world import Refusal


def may_consult(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever may do the step, where the step offers it."""
    step = turn.route.steps[visit.step].step
    if not is_offered(turn, step, "consult") or turn.state.finished_at is not None or step.consult is not None:
        return wrong_status(turn, "consult")
    by = positions_for(turn, rules_of(turn, step, "consult").get("by"))
    position = may_act(turn.actor, by) if by else as_worker(turn, visit)
    return position or not_allowed("consult", by or visit.positions)


def askable(turn: Turn, visit: Visit) -> tuple[str, ...]:
    """The positions that may be asked: those the rules name, else every one there is."""
    named = rules_of(turn, turn.route.steps[visit.step].step, "consult").get("to")
    if not named:
        units = turn.world.organisation.units.values()
        return tuple(f"{role}@{unit.key}" for unit in units for role in unit.roles)
    return tuple(dict.fromkeys(position for who in named for position in positions_for(turn, who)))


def consult(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """Ask others beside the route; the step does not wait for them."""
    asked = [str(party).strip() for party in action.arguments.get("ask", ()) if str(party).strip()]
    question = str(action.arguments.get("question", "") or action.comment).strip()
    if not asked:
        return Refusal("required", {"field": "ask"})
    if not question:
        return Refusal("required", {"field": "question"})
    possible = askable(turn, visit)
    wrong = [party for party in asked if not set(_positions(turn, party)) & set(possible)]
    if wrong:
        return invalid_answers([invalid("ask", "not_option", value=wrong[0])])
    within = str(action.arguments.get("within") or "")
    if within and not isinstance(parse_duration(within), Duration):
        return invalid_answers([invalid("within", "not_a_number", value=within)])
    said = action._replace(arguments={"ask": asked, "question": question, "within": within})
    agreeing = approvers(turn, rules_of(turn, turn.route.steps[visit.step].step, "consult"))
    return decided(turn, "consult", visit, said, position, agreeing, carry_consult)


def _positions(turn: Turn, text: str) -> Iterator[str]:
    """The positions that a party means; a unit outside the house keeps its own name, though it has no people here."""
    party = parse_party(text)
    if party is None or party.kind != "role":
        return
    place = party.place
    if place is not None and place.kind == "unit":
        yield f"{party.role}@{place.key}"
    else:
        yield from party_positions(party, turn.state, turn.world.organisation, turn.now.date())


def carry_consult(turn: Turn, visit: Visit | None, action: Action, position: str) -> Refusal | None:
    """The questions go out, each with its time to answer."""
    if visit is None:
        return wrong_status(turn, "consult")
    rules = rules_of(turn, turn.route.steps[visit.step].step, "consult")
    due = _due(turn, str(action.arguments.get("within", "")), rules.get("within"))
    for party in action.arguments["ask"]:
        named = (one for position in _positions(turn, party) for one in answering(turn, position, visit))
        asked = Asked(party, str(action.arguments["question"]), tuple(dict.fromkeys(named)), due)
        open_opinion(turn, visit, visit.step, asked)
    for key in rules.get("print", ()):
        order_print(turn, key, step=visit.step)
    return None


def _due(turn: Turn, within: str, most: object) -> datetime | None:
    """As the sender says, at most as long as the rules give."""
    longest = time_of(turn, most)
    dues = [due_of(one, turn.now, turn.world) for one in (time_of(turn, within), longest) if one is not None]
    return min((due for due in dues if due is not None), default=None)


def may_answer(turn: Turn, visit: Visit) -> str | Refusal:
    """Whoever was asked; for a unit outside the house, whoever asked it."""
    return may_act(turn.actor, visit.positions) or not_allowed("opinion", visit.positions)


def answer(turn: Turn, visit: Visit, action: Action, position: str) -> Refusal | None:
    """One answer; the last one, or enough of them, closes the consulting step."""
    refusal = give_opinion(turn, visit, action, position)
    return refusal or close_consult(turn, visit.parent)
