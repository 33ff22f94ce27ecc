"""Fields that name people or units, as lists to choose from: whoever sits somewhere today, units that are in force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from datetime import datetime
from typing import Any, Protocol

from app.definition.compile_who import compile_who
from app.definition.model.form import Field, Option
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.answer_error import AnswerError, invalid
from app.engine.rights import positions_of
from app.engine.state import State
from app.screens.names import Names
from app.storage.people import Colleague, people_in

PICKED = {"user": "choice", "users": "choices", "unit": "choice", "units": "choices"}


class Picking(Protocol):
    """What is known where somebody picks: a dossier that is there, or one that is being taken in."""

    @property
    def procedure(self) -> Procedure: ...
    @property
    def organisation(self) -> Organisation: ...
    @property
    def state(self) -> State: ...
    @property
    def now(self) -> datetime: ...
    @property
    def names(self) -> Names: ...
    @property
    def colleagues(self) -> dict[str, tuple[Colleague, ...]]: ...


@dataclass(frozen=True, slots=True)
class AtIntake:
    """Picking in a form of which no dossier has come yet."""

    procedure: Procedure
    organisation: Organisation
    state: State
    now: datetime
    colleagues: dict[str, tuple[Colleague, ...]] = made_by(default_factory=dict)

    @property
    def names(self) -> Names:
        """Words for keys."""
        return Names(self.procedure, self.organisation)


def pickable(case: Picking, field: Field, value: Any = None) -> Field:
    """The field as a list to choose from, columns of tables too; fields of other types as they are.

    What is chosen already stays possible, though the person may sit elsewhere by now.
    """
    if field.type == "table":
        rows = [row for row in value or () if isinstance(row, dict)]
        columns = (pickable(case, one, [row.get(one.key) for row in rows]) for one in field.columns)
        return replace(field, columns=tuple(columns))
    if field.type not in PICKED:
        return field
    options = dict(_units(case, field.of) if field.type in ("unit", "units") else _people(case, field.of))
    for key in value if isinstance(value, list) else [value]:
        if key and key not in options:
            options[str(key)] = case.names.unit(key) if field.type in ("unit", "units") else case.names.person(key)
    listed = tuple(Option(key, label) for key, label in options.items())
    return replace(field, type=PICKED[field.type], options=listed)


def _units(case: Picking, of: str) -> Iterator[tuple[str, str]]:
    """Units in force today, of one type if the field says so."""
    today = case.now.date()
    for unit in case.organisation.units.values():
        begun, over = unit.since is None or unit.since <= today, unit.until is not None and unit.until < today
        if begun and not over and of in ("", unit.type):
            yield unit.key, unit.short or unit.title


def _people(case: Picking, of: str) -> Iterator[tuple[str, str]]:
    """Active people, of the positions that the field names if it names any."""
    if of not in case.colleagues:
        named = positions_of(compile_who(of), case.procedure, case.state, case.organisation) if of else ()
        case.colleagues[of] = people_in(named or case.organisation.positions())
    return ((one.username, one.full_name) for one in case.colleagues[of])


def unknown_picks(case: Picking, fields: Iterable[Field], typed: Any, kept: Any) -> Iterator[AnswerError]:
    """People and units that were not offered: the engine knows neither, so the door looks. ``kept``: stored answers."""
    for one in fields:
        names_somebody = one.type in PICKED or any(column.type in PICKED for column in one.columns)
        if names_somebody and typed.get(one.key):
            yield from wrong_picks(pickable(case, one, kept.get(one.key)), typed[one.key])


def wrong_picks(field: Field, raw: Any) -> Iterator[AnswerError]:
    """Keys that the list does not offer. ``field`` is as `pickable` made it."""
    if field.type == "table":
        for row in raw if isinstance(raw, list) else ():
            for column in field.columns:
                found = wrong_picks(column, row.get(column.key)) if isinstance(row, dict) else ()
                yield from (error.inside(field.key, str(row.get("_key", ""))) for error in found)
        return
    if field.type not in PICKED.values():
        return
    known = {option.key for option in field.options}
    for key in raw if isinstance(raw, list) else [raw]:
        if key not in known | {None, ""}:
            yield invalid(field.key, "not_option", value=str(key))
