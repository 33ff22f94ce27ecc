"""What an intake would look like and promise as it stands, complete or not: for the form before acceptance. Pure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from app.definition.model.documents import Document
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.actions import Intake
from app.engine.answer_error import AnswerError
from app.engine.answer_rows import store_rows
from app.engine.answer_values import store_value
from app.engine.calendar import ClockError
from app.engine.documents import Needed, listed, needed
from app.engine.environment import Environment
from app.engine.fees import FeeDue, fees_due
from app.engine.filling import Names
from app.engine.form_view import FormView, fitted, form_view, settled
from app.engine.limits import concrete_limit
from app.engine.plan import plan_of
from app.engine.state import State
from app.engine.timing import Reading, read, starting_type
from app.engine.until import until_moment
from app.engine.world import World


class Preview(NamedTuple):
    """The form of the first step, the papers of this case, what is due, and the promise if it were accepted now.

    ``reading`` is None where the calendar does not know the years concerned. ``is_expected``: counting starts later.
    """

    state: State
    env: Environment
    form: FormView
    papers: tuple[Document, ...]
    needed: tuple[Needed, ...]
    fees: tuple[FeeDue, ...]
    limit: Mapping[str, Any]
    reading: Reading | None
    is_expected: bool


def preview_intake(procedure: Procedure, intake: Intake, now: datetime, world: World, *, person: str = "") -> Preview:
    """Look at an intake without opening a dossier; answers that cannot be read count as missing.

    ``person``: who fills it in, for fields whose default is ``user``.
    """
    plan = plan_of(procedure)
    received = intake.received or now
    blank = _opened(procedure, intake, received)

    def env_of(answers: Mapping[str, Any]) -> Environment:
        return Environment(procedure, blank, world, now, answers)

    answers = settled(plan, _readable(procedure, intake.answers, env_of, person), env_of)
    state = blank.copy()
    state.__dict__.update(answers=answers)
    env = Environment(procedure, state, world, now)
    state.__dict__.update(route=_route(procedure, env))
    first = plan.route(state.route).first.step.key
    limit, reading = _promise(procedure, env, received, now, world)
    return Preview(
        state,
        env,
        form_view(procedure, state, first, env),
        listed(procedure, env),
        needed(procedure, env),
        fees_due(procedure, env),
        limit,
        reading,
        starting_type(limit) not in ("received", "complete"),
    )


def _opened(procedure: Procedure, intake: Intake, received: datetime) -> State:
    return State(
        procedure=procedure.key,
        number=procedure.number,
        kind=procedure.kind,
        status="submitted",
        channel=intake.channel,
        level=intake.level or procedure.levels[0],
        variant=intake.variant,
        unit=intake.unit,
        applicant=intake.applicant,
        received_at=received,
    )


def _route(procedure: Procedure, env: Environment) -> int:
    return next((index for index, case in enumerate(procedure.route.cases) if case.when.evaluate(env) is True), -1)


def _readable(
    procedure: Procedure,
    raw: Mapping[str, Any],
    env_of: Callable[[Mapping[str, Any]], Environment],
    person: str,
) -> dict[str, Any]:
    """The answers that can be read, and defaults where nothing was said."""
    answers: dict[str, Any] = {}
    for key, field in procedure.form.fields.items():
        stored = _stored(field, raw[key]) if key in raw else _default(field, env_of(answers), person)
        if stored is not None:
            answers[key] = stored
    return answers


def _stored(field: Field, raw: Any) -> Any:
    if field.type == "table":
        rows, _errors = store_rows(field, raw or [], None)
        return rows or None
    stored = store_value(field, raw)
    return None if isinstance(stored, AnswerError) else stored


def _default(field: Field, env: Environment, person: str) -> Any:
    if field.default is None:
        return None
    stored = store_value(field, fitted(field, field.default.evaluate(Names({"user": person or None}, env))))
    return None if isinstance(stored, AnswerError) else stored


def _promise(
    procedure: Procedure, env: Environment, received: datetime, now: datetime, world: World
) -> tuple[Mapping[str, Any], Reading | None]:
    plan = plan_of(procedure)

    def until(text: str) -> datetime | None:
        return until_moment(plan.until(text), env, world.calendar, world.settings)

    limit = concrete_limit(procedure, env, until)
    counted = {**limit, "starts": "received"}
    try:
        return limit, read(({"type": "received", "at": received.isoformat()},), counted, now, world)
    except ClockError:
        return limit, None
