"""Leaving a step: what it writes, numbers, results, prints, the clock, and the way on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.definition.model.procedure import Result
from app.definition.model.route import Way
from app.engine.answer_error import AnswerError
from app.engine.answer_values import store_value
from app.engine.clocking import rechain, resume_after
from app.engine.form_view import fitted, settled
from app.engine.plan import StepPlan
from app.engine.rights import unit_of
from app.engine.routing import automatic, go_on
from app.engine.state import Visit
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
        if way is None and not at.only_way and automatic(turn, at.step) is None:
            return Refusal("no_way", {"step": at.key})
        _leave_marks(turn, at, position)
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
    outside = step.issues or step.prints or step.register or step.wait or step.consult
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


def _leave_marks(turn: Turn, at: StepPlan, position: str) -> None:
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
        issue(turn, result, unit)
    for key in step.prints:
        turn.order_print(key, step=at.key)


def issued(turn: Turn, at: StepPlan) -> tuple[Result, ...]:
    """The results that this step fixes in this case; a condition that is not known is not true (ruling 10)."""
    return tuple(item for item in _results(turn, at) if item.when is None or item.when.evaluate(turn.env) is True)


def _results(turn: Turn, at: StepPlan) -> Iterator[Result]:
    known = {result.key: result for result in turn.procedure.results}
    return (known[key] for key in at.step.issues if key in known)


def issue(turn: Turn, result: Result, unit: str) -> None:
    """Fix one result, with the number of its register if it has one."""
    data: dict[str, Any] = {"result": result.key, "title": result.title}
    if result.register:
        data["register"] = result.register
        data["number"] = take_number(turn, result.register, unit, result=result.key)
    if result.refusal:
        data["refusal"] = True
    turn.emit("result_issued", data)


def take_number(turn: Turn, register: str, unit: str, **what: str) -> str:
    """The next number of a register, noted in the journal."""
    known = turn.world.organisation.registers.get(register)
    series = str(turn.state.answers.get(known.series) or "") if known is not None and known.series else ""
    number = turn.world.numbers.take(register, unit=unit, at=turn.now, series=series, values=_words(turn))
    details = {name: value for name, value in what.items() if value}
    first = not turn.state.code and turn.state.kind != "service"
    turn.emit("number_given", {"register": register, "number": number, **details, **({"code": True} if first else {})})
    return number


def _words(turn: Turn) -> dict[str, str]:
    """Placeholders of numbers that only the dossier knows: the columns of the options chosen."""
    words: dict[str, str] = {}
    for key, field in turn.procedure.form.fields.items():
        chosen = turn.state.answers.get(key)
        option = next((item for item in field.options if item.key == chosen), None) if field.type == "choice" else None
        columns = {name for item in field.options for name in item.columns}
        words.update((f"{key}.{name}", option.columns.get(name, "") if option is not None else "") for name in columns)
    return words
