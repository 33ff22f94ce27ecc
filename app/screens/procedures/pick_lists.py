"""Fields that name people or units, as lists to choose from: whoever sits somewhere today, units that are in force."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.definition.compile_who import compile_who
from app.definition.model.form import Field, Option
from app.engine.answer_error import AnswerError, invalid
from app.engine.rights import positions_of
from app.screens.procedures.case import Case
from app.storage.people import people_in

PICKED = {"user": "choice", "users": "choices", "unit": "choice", "units": "choices"}


def pickable(case: Case, field: Field, value: Any = None) -> Field:
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


def _units(case: Case, of: str) -> Iterator[tuple[str, str]]:
    """Units in force today, of one type if the field says so."""
    today = case.now.date()
    for unit in case.organisation.units.values():
        begun, over = unit.since is None or unit.since <= today, unit.until is not None and unit.until < today
        if begun and not over and of in ("", unit.type):
            yield unit.key, unit.short or unit.title


def _people(case: Case, of: str) -> Iterator[tuple[str, str]]:
    """Active people, of the positions that the field names if it names any."""
    if of not in case.colleagues:
        named = positions_of(compile_who(of), case.procedure, case.state, case.organisation) if of else ()
        case.colleagues[of] = people_in(named or case.organisation.positions())
    return ((one.username, one.full_name) for one in case.colleagues[of])


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
