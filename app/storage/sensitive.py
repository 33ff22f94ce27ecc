"""Which values of a dossier are sensitive, and the walk that swaps them for seals and back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.events import Event
from app.engine.state import State
from app.storage.sealing import is_seal

Swap = Callable[[Any], Any]

# Parts of people (applicant, representative, receiver, a party in an answer) that nobody needs in a list.
PERSONAL_PARTS = frozenset(("identity", "id", "passport", "bank_account", "tax_code"))


def seal_event(event: Event, procedure: Procedure, seal: Swap) -> Event:
    """The event as the journal keeps it."""
    data = dict(event.data)
    for name in ("applicant", "receiver"):
        if name in data:
            data[name] = _swap_person(data[name], seal)
    for name in ("answers", "values"):
        if name in data:
            data[name] = _seal_answers(data[name], procedure.form.fields, seal)
    return event._replace(data=data)


def seal_state(state: State, procedure: Procedure, seal: Swap) -> State:
    """The state as the row keeps it: equal to the fold of sealed events."""
    return replace(
        state,
        applicant=_swap_person(state.applicant, seal),
        receiver=_swap_person(state.receiver, seal),
        answers=_seal_answers(state.answers, procedure.form.fields, seal),
        member_answers={
            visit: _seal_answers(values, procedure.form.fields, seal) for visit, values in state.member_answers.items()
        },
    )


def unseal_state(state: State, unseal: Swap) -> State:
    """The state as the engine and the people allowed to see it need it."""
    return replace(
        state,
        applicant=unseal_all(state.applicant, unseal),
        receiver=unseal_all(state.receiver, unseal),
        answers=unseal_all(state.answers, unseal),
        member_answers=unseal_all(state.member_answers, unseal),
    )


def unseal_all(value: Any, unseal: Swap) -> Any:
    """Every seal inside a JSON value replaced by what it stands for."""
    if is_seal(value):
        return unseal(value)
    if isinstance(value, Mapping):
        return {name: unseal_all(item, unseal) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [unseal_all(item, unseal) for item in value]
    return value


def _swap_person(person: Any, seal: Swap) -> Any:
    """Personal parts sealed, however deep (a representative stands inside the applicant)."""
    if isinstance(person, Mapping) and not is_seal(person):
        return {
            name: seal(item) if name in PERSONAL_PARTS else _swap_person(item, seal) for name, item in person.items()
        }
    if isinstance(person, list | tuple):
        return [_swap_person(item, seal) for item in person]
    return person


def _seal_answers(answers: Mapping[str, Any], fields: Mapping[str, Field], seal: Swap) -> dict[str, Any]:
    return {key: _seal_answer(value, fields.get(key), seal) for key, value in answers.items()}


def _seal_answer(value: Any, field: Field | None, seal: Swap) -> Any:
    if field is None:
        return value
    if field.sensitive:
        return seal(value)
    if field.type == "party":
        return _swap_person(value, seal)
    if field.type == "table" and isinstance(value, list | tuple):
        columns = {column.key: column for column in field.columns}
        return [_seal_answers(row, columns, seal) if isinstance(row, Mapping) else row for row in value]
    return value
