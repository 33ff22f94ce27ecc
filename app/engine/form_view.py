"""What a form looks like at a step: fields seen, demanded, open for writing; and answers brought into order."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from app.definition.expression import MISSING
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.answer_checks import is_demanded, is_shown, row_cells
from app.engine.answer_error import AnswerError
from app.engine.answer_values import is_foreign, store_value
from app.engine.plan import Plan, plan_of
from app.engine.state import State
from app.vietnamese.numbers import rounded

Env = Mapping[str, object]
Answers = Mapping[str, Any]
# Computed values feed conditions and conditions hide what is computed from; real forms are settled after two rounds.
MOST_ROUNDS = 12
_WITH_DECIMALS = frozenset(("decimal", "percent", "area"))


class FieldView(NamedTuple):
    """One field at one moment. ``columns``: of a table those that may be written, empty = all of them."""

    field: Field
    visible: bool
    required: bool
    fillable: bool
    value: Any
    columns: tuple[str, ...]


class FormView(NamedTuple):
    """All fields of the form in their order."""

    fields: Mapping[str, FieldView]

    @property
    def visible(self) -> tuple[str, ...]:
        """The fields that are seen."""
        return tuple(key for key, view in self.fields.items() if view.visible)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that are demanded."""
        return tuple(key for key, view in self.fields.items() if view.required)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The fields that this case does not show."""
        return tuple(key for key, view in self.fields.items() if not view.visible)


def form_view(procedure: Procedure, state: State, step: str, env: Env, answers: Answers | None = None) -> FormView:
    """The form of a dossier at a step (empty: nothing may be written). ``answers`` not yet saved lie under ``env``."""
    plan = plan_of(procedure)
    at = plan.route(state.route).steps.get(step)
    fills = at.fills if at is not None else ()
    columns = at.columns if at is not None else {}
    values = state.answers if answers is None else answers
    views = {}
    for key, field in procedure.form.fields.items():
        visible = is_visible(plan, field, env)
        required = visible and is_demanded(field, env)
        views[key] = FieldView(field, visible, required, key in fills, values.get(key), columns.get(key, ()))
    return FormView(views)


def is_visible(plan: Plan, field: Field, env: Env) -> bool:
    """Whether this case shows a field: its own condition and that of its section."""
    condition = plan.section_conditions.get(field.key)
    return (condition is None or condition.evaluate(env) is True) and is_shown(field, env)


def settled(plan: Plan, answers: Answers, env_of: Callable[[Answers], Env]) -> dict[str, Any]:
    """The answers with hidden ones cleared and computed ones worked out, until nothing changes any more."""
    current = dict(answers)
    for _ in range(MOST_ROUNDS):
        env = env_of(current)
        following = _round(plan, current, env)
        if following == current:
            break
        current = following
    return current


def _round(plan: Plan, answers: dict[str, Any], env: Env) -> dict[str, Any]:
    following = dict(answers)
    fields = plan.procedure.form.fields
    for key in answers:
        if key in fields and not is_visible(plan, fields[key], env):
            del following[key]
        elif key in fields and any(column.show_when is not None for column in fields[key].columns):
            following[key] = [_shown_cells(fields[key], row, env) for row in following[key]]
    for field in plan.computed:
        if is_visible(plan, field, env):
            _compute(field, following, env)
    return following


def _shown_cells(table: Field, row: Mapping[str, Any], env: Env) -> dict[str, Any]:
    """A row without the cells that its own case hides."""
    cells = row_cells(table, row)
    hidden = {column.key for column in table.columns if column.key in row and not is_shown(column, env, cells)}
    return {key: cell for key, cell in row.items() if key not in hidden}


def _compute(field: Field, answers: dict[str, Any], env: Env) -> None:
    if field.value is not None:
        stored = store_value(field, fitted(field, field.value.evaluate(env)))
        if stored is None or isinstance(stored, AnswerError):
            answers.pop(field.key, None)
        else:
            answers[field.key] = stored
    elif field.key in answers:
        answers[field.key] = [_computed_row(field, row, env) for row in answers[field.key]]


def _computed_row(field: Field, row: Mapping[str, Any], env: Env) -> dict[str, Any]:
    cells = dict(row)
    for column in field.columns:
        if column.value is None:
            continue
        stored = store_value(column, fitted(column, column.value.evaluate(env, row_cells(field, cells))))
        cells.pop(column.key, None)
        if stored is not None and not isinstance(stored, AnswerError):
            cells[column.key] = stored
    return cells


def fitted(field: Field, value: object) -> object:
    """What an expression gave, as input for a field: numbers rounded half up to its decimals, nothing where missing."""
    if value is MISSING:
        return None
    if isinstance(value, Decimal):
        return rounded(value, field.decimals if field.type in _WITH_DECIMALS or is_foreign(field) else 0)
    return value
