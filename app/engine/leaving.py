"""Leaving a step: what it writes, numbers, results, prints, the clock, and the way on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.definition.model.procedure import Result
from app.definition.model.route import Way
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.engine.clocking import rechain, resume_after
from app.engine.form_view import fitted, settled
from app.engine.periods import fix_period
from app.engine.plan import StepPlan
from app.engine.printing import order_print
from app.engine.rights import party_positions, unit_of
from app.engine.routing import automatic, go_on
from app.engine.state import Visit
from app.engine.taking_numbers import take_number
from app.engine.turn import Turn
from app.engine.world import Refusal


def complete(
    turn: Turn,
    visit: Visit,
    at: StepPlan,
    *,
    position: str = "",
    way: Way | None = None,
    comment: str = "",
    include: Iterable[str] = (),
    by_system: bool = False,
    outcome: str = "done",
) -> Refusal | None:
    """Leave a step: what it writes, numbers, results, prints, the clock, then the way on."""
    if not at.plain:
        write_sets(turn, at)
        fix_period(turn)
        if way is None and not at.only_way and automatic(turn, at.step) is None:
            return Refusal("no_way", {"step": at.key})
        _leave_marks(turn, at, *_signatory(turn, at, visit, position))
    data: dict[str, Any] = {"visit": visit.number, "position": position}
    if way is not None:
        data["chosen"] = way.choose
    if outcome != "done":
        data["outcome"] = outcome
    if comment:
        data["comment"] = comment
    if include:
        data["include"] = [*dict.fromkeys((*turn.state.included, *include))]
    if not by_system:
        data["recallable"] = _stays_inside(at)
    leave(turn, at, visit, data, by_system=by_system)
    return go_on(turn, at, way, visit.number)


def leave(turn: Turn, at: StepPlan, visit: Visit, data: Mapping[str, Any], *, by_system: bool = False) -> None:
    """Close a visit; the clock runs on if it stood still because of it."""
    if at.step.pauses is not None:
        resume_after(turn, visit, at.step.pauses)
    turn.emit("step_left", data, by_system=by_system)
    turn.moved = True


def _stays_inside(at: StepPlan) -> bool:
    """Whether nothing leaves the house with the step, so that it may still be taken back."""
    step = at.step
    outside = step.issues or step.prints or step.register or step.wait or step.consult or step.call
    return step.does == "work" and not outside


def write_sets(turn: Turn, at: StepPlan) -> None:
    """Values written by the step itself."""
    if not at.step.sets:
        return
    answers = dict(turn.state.answers)
    for key, expression in at.step.sets.items():
        field = turn.procedure.form.fields[key]
        stored = store_value(field, fitted(field, expression.evaluate(turn.env)))
        answers[key] = None if isinstance(stored, AnswerError) else stored
    _write(turn, {key: value for key, value in answers.items() if value is not None})


def _write(turn: Turn, answers: Mapping[str, Any]) -> None:
    answers = settled(turn.plan, answers, turn.env_with)
    before = turn.state.answers
    values = {key: value for key, value in sorted(answers.items()) if before.get(key) != value}
    cleared = sorted(key for key in before if key not in answers)
    if values or cleared:
        turn.emit("answers_set", {"values": values, **({"cleared": cleared} if cleared else {})})
        rechain(turn, frozenset((*values, *cleared)))


def _signatory(turn: Turn, at: StepPlan, visit: Visit, position: str) -> tuple[str, str]:
    """As which position the step is signed, and by whom: the last in turn, unless ``signs`` names another (15)."""
    who, signs = at.people or at.step.by.pick(turn.env), at.step.signs
    if signs is None or who is None or not who.each or signs not in who.parties:
        return position, ""
    place = who.parties.index(signs)
    if place >= len(visit.taken):
        return position, ""
    positions = party_positions(signs, turn.state, turn.world.organisation, turn.now.date())
    return next(iter(positions), position), visit.taken[place]


def _leave_marks(turn: Turn, at: StepPlan, position: str, signatory: str) -> None:
    """What leaves the house with the step: numbers, results, prints."""
    step = at.step
    unit = unit_of(position) or turn.state.agency
    if step.register is not None:
        register = step.register.pick(turn.env)
        if register is not None:
            number = take_number(turn, register, unit, field=step.register_into)
            if step.register_into:
                _write(turn, {**turn.state.answers, step.register_into: number})
    for result in issued(turn, at):
        issue(turn, result, unit, signatory)
    if step.does == "intake" and at.index:  # a later intake has a receipt of its own
        order_print(turn, "receipt", unit, step=at.key)
    for key in step.prints:
        order_print(turn, key, unit, step=at.key)


def issued(turn: Turn, at: StepPlan) -> tuple[Result, ...]:
    """The results that this step fixes in this case; a condition that is not known is not true (ruling 10)."""
    return tuple(item for item in _results(turn, at) if item.when is None or item.when.evaluate(turn.env) is True)


def _results(turn: Turn, at: StepPlan) -> Iterator[Result]:
    known = {result.key: result for result in turn.procedure.results}
    return (known[key] for key in at.step.issues if key in known)


def issue(turn: Turn, result: Result, unit: str, signatory: str = "") -> None:
    """Fix one result, with the number of its register if it has one. ``signatory``: if it is not who acts now."""
    data: dict[str, Any] = {"result": result.key, "title": result.title}
    if signatory:
        data["signed_by"] = signatory
    if result.register:
        data["register"] = result.register
        data["number"] = take_number(turn, result.register, unit, result=result.key)
    if result.refusal:
        data["refusal"] = True
    turn.emit("result_issued", data)
