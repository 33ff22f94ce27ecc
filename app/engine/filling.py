"""Answers inside a move: read, merged, computed, checked; demanded ones that are missing are named, all of them."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.definition.model.form import Check, Field
from app.engine.answer_checks import Test, check_all, is_demanded, missing_cells
from app.engine.answer_error import AnswerError, invalid
from app.engine.answer_rows import read_answer
from app.engine.answer_values import store_value
from app.engine.form_view import fitted, is_visible, settled
from app.engine.plan import StepPlan
from app.engine.rights import unit_of
from app.engine.turn import Turn
from app.engine.world import Refusal

Answers = dict[str, Any]
FROM_APPLICANT = "applicant."


class Filled(NamedTuple):
    """Answers as they will be saved, and the keys that changed."""

    answers: Answers
    changed: frozenset[str]


class Names(Mapping[str, object]):
    """Two names that mean the person in defaults, before those of the dossier."""

    def __init__(self, own: Mapping[str, object], env: Mapping[str, object]) -> None:
        self._own, self._env = own, env

    def __getitem__(self, name: str) -> object:
        return self._own[name] if name in self._own else self._env[name]

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys((*self._own, *self._env))

    def __len__(self) -> int:
        return len(dict.fromkeys((*self._own, *self._env)))


def fill(turn: Turn, at: StepPlan, raw: Mapping[str, Any], position: str, *, leaving: bool) -> Filled | Refusal:
    """What the answers of a dossier become when ``raw`` is filled in at a step; ``leaving`` demands and tests."""
    answers, unread = _read(turn, at, raw)
    if leaving and not unread:
        _prefill(turn, at, raw, answers, position)
    answers = settled(turn.plan, answers, turn.env_with)
    before = turn.state.answers
    changed = frozenset(key for key in {*answers, *before} if answers.get(key) != before.get(key))
    errors = list(_wrong(turn, at, answers, changed, leaving and not unread))
    if unread:  # what can be read is judged all the same, so that one refusal names all that is wrong
        return invalid_answers([*unread, *errors])
    if any(error.code == "invalid_value" for error in errors):
        return invalid_answers(errors)
    if leaving and (refusal := _demands(turn, at, answers, errors, changed)) is not None:
        return refusal
    return Filled(answers, changed)


def save(turn: Turn, filled: Filled) -> None:
    """Note what changed."""
    if filled.changed:
        values = {key: filled.answers[key] for key in sorted(filled.changed) if key in filled.answers}
        cleared = [key for key in sorted(filled.changed) if key not in filled.answers]
        turn.emit("answers_set", {"values": values, **({"cleared": cleared} if cleared else {})})


def invalid_answers(errors: list[AnswerError]) -> Refusal:
    """One refusal for all mistakes; the first one's parts stand in front."""
    first = errors[0]
    return Refusal(first.code, {**first.to_params(), "errors": [error.to_params() for error in errors]})


# ---- reading


def _read(turn: Turn, at: StepPlan, raw: Mapping[str, Any]) -> tuple[Answers, list[AnswerError]]:
    answers = dict(turn.state.answers)
    errors: list[AnswerError] = []
    for key, value in raw.items():
        field = turn.procedure.form.fields.get(key)
        if field is None or key not in at.fills:
            errors.append(invalid(key, "unknown_field" if field is None else "not_fillable"))
            continue
        stored, wrong = read_answer(field, value, answers.get(key), at.columns.get(key, ()))
        errors.extend(wrong)
        if stored is None:
            answers.pop(key, None)
        else:
            answers[key] = stored
    return answers, errors


def _prefill(turn: Turn, at: StepPlan, raw: Mapping[str, Any], answers: Answers, position: str) -> None:
    """A default stands where nothing was filled in; what somebody emptied on purpose stays empty."""
    env = turn.env_with(answers)
    overlay = Names({"user": turn.actor.user, "unit": unit_of(position) or turn.state.unit}, env)
    for key in at.fills:
        field = turn.procedure.form.fields[key]
        if key in raw or key in answers or not is_visible(turn.plan, field, env):
            continue
        stored = store_value(field, _beforehand(turn, field, overlay))
        if stored is not None and not isinstance(stored, AnswerError):
            answers[key] = stored


def _beforehand(turn: Turn, field: Field, env: Mapping[str, object]) -> object:
    """A part of the applicant that the field takes over, else its default."""
    if field.prefill.startswith(FROM_APPLICANT):
        return turn.state.applicant.get(field.prefill.removeprefix(FROM_APPLICANT))
    return None if field.default is None else fitted(field, field.default.evaluate(env))


# ---- checking


def _wrong(turn: Turn, at: StepPlan, answers: Answers, changed: frozenset[str], leaving: bool) -> Iterator[AnswerError]:
    """Mistakes in what this step fills: all of it when leaving, else what has changed."""
    env = turn.env_with(answers)
    received = (turn.state.received_at or turn.now).date()
    for key in at.fills:
        if key in answers and (leaving or key in changed):
            field = turn.procedure.form.fields[key]
            kept = turn.state.answers.get(key)
            wrong = check_all(field, answers[key], Test(env, received, kept))
            yield from (error for error in wrong if leaving or (error.code == "invalid_value" and _is_final(error)))


def _is_final(error: AnswerError) -> bool:
    """Whether more typing cannot cure it: a draft may still have too few rows or letters."""
    return error.params.get("reason") not in ("too_few_rows", "too_short")


def _demands(
    turn: Turn, at: StepPlan, answers: Answers, errors: list[AnswerError], changed: frozenset[str]
) -> Refusal | None:
    missing = [*_missing(turn, at, answers), *(error.field for error in errors if error.code == "required")]
    if missing:
        return Refusal("missing_fields", {"fields": list(dict.fromkeys(missing))})
    if errors:
        return invalid_answers(errors)
    return failed_checks(turn, at, answers, changed)


def _missing(turn: Turn, at: StepPlan, answers: Answers) -> Iterator[str]:
    env = turn.env_with(answers)
    for key in at.fills:
        field = turn.procedure.form.fields[key]
        if not is_visible(turn.plan, field, env):
            continue
        columns = at.columns.get(key, ())
        if not columns and answers.get(key) is None and is_demanded(field, env):
            yield key
        if field.type == "table":
            asked = columns or _columns_here(turn, field)
            yield from missing_cells(field, answers.get(key) or [], env, asked)


def _columns_here(turn: Turn, field: Field) -> tuple[str, ...]:
    """The columns of a table that is filled as a whole, but for those that a step of their own fills."""
    own = turn.plan.own_columns
    return tuple(column.key for column in field.columns if f"{field.key}.{column.key}" not in own)


def failed_checks(turn: Turn, at: StepPlan, answers: Answers, changed: frozenset[str]) -> Refusal | None:
    """The rules over several fields that this step touches, and the step's own; one that is unknown passes."""
    env = turn.env_with(answers)
    failed = [check.say for check in (*_touched(turn, at), *at.step.checks) if check.that.evaluate(env) is False]
    failed.extend(_unmet(turn, at, env, changed))
    return Refusal("check_failed", {"say": failed[0], "checks": failed}) if failed else None


def _touched(turn: Turn, at: StepPlan) -> Iterator[Check]:
    filled = set(at.fills)
    for check in turn.procedure.form.checks:
        if check.at == at.key or (not check.at and not filled.isdisjoint(check.that.reads)):
            yield check


def _unmet(turn: Turn, at: StepPlan, env: Mapping[str, object], changed: frozenset[str]) -> Iterator[str]:
    """Conditions of the law, tested at intake and wherever an answer they read changes."""
    for requirement in turn.procedure.requirements:
        check = requirement.check
        if check is None:
            continue
        touched = at.step.does == "intake" or not changed.isdisjoint(check.reads)
        if touched and check.evaluate(env) is False:
            yield requirement.say or requirement.text
