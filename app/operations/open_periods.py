"""Open the records of a new period: each goes on from one of last period, with its answers (``open_by: system``)."""

import traceback
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.definition.catalogue import Catalogue
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.definition.model.recurring import CADENCES
from app.engine.moves import Intake, open_dossier
from app.engine.periods import before, current_period
from app.engine.state import State
from app.engine.world import Outcome, Refusal, World
from app.operations.dossier_change import CallRefused, Setting, keep_outcome, setting_for
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.dossiers import lock_dossier
from app.storage.expected import still_expected
from app.storage.incidents import report_incident
from app.storage.people import system_person


def open_periods(now: datetime) -> int:
    """How many records were opened. One that cannot be opened becomes an incident and stops no other."""
    catalogue = holder.current()
    opened = 0
    for key, number in _recurring(catalogue, now):
        for dossier_id, period in _waiting(catalogue, key, number, now):
            try:
                with writing() as session:
                    opened += _go_on(
                        session, setting_for(session, catalogue, key, number, now), dossier_id, period, now
                    )
            except (CallRefused, LookupError, TypeError, ValueError):  # the others are due all the same
                with writing() as session:
                    report_incident(session, "periods", f"dossier {dossier_id}", traceback.format_exc(limit=-6), now)
    return opened


def spans_of(procedure: Procedure, now: datetime, world: World) -> Iterator[tuple[str, str]]:
    """Last and current period, for every cadence that dossiers of the procedure may have."""
    recurs = procedure.recurs
    if recurs is None:
        return
    for cadence in CADENCES if recurs.by_field else (recurs.every,):
        current = current_period(recurs, cadence, now, world)
        yield before(cadence, current).key, current.key


def _recurring(catalogue: Catalogue, now: datetime) -> list[tuple[str, int]]:
    """The versions in force whose records the system opens."""
    found = []
    for key in catalogue.versions:
        entry = catalogue.entry_on(key, now.date())
        if entry is None:
            continue
        recurs = catalogue.procedure(entry.key, entry.number).recurs
        if recurs is not None and recurs.open_by == "system":
            found.append((entry.key, entry.number))
    return found


def _waiting(catalogue: Catalogue, key: str, number: int, now: datetime) -> list[tuple[int, str]]:
    with writing() as session:
        procedure, world = setting_for(session, catalogue, key, number, now)
        return [
            (dossier_id, current)
            for last, current in spans_of(procedure, now, world)
            for dossier_id in still_expected(session, procedure, last, current, now)
        ]


def _go_on(session: Session, setting: Setting, dossier_id: int, period: str, now: datetime) -> int:
    """Open the next record, unless another worker was faster: the lock on the last one lets only one through."""
    stored = lock_dossier(session, dossier_id)
    procedure = setting.procedure
    last = stored.state.period if stored is not None else ""
    if stored is None or dossier_id not in still_expected(session, procedure, last, period, now):
        return 0
    opened = _open(setting, stored.state, str(dossier_id), period, now)
    if isinstance(opened, Refusal):
        raise CallRefused(opened)
    keep_outcome(session, None, opened, setting, system_person(), now)
    return 1


def _open(setting: Setting, last: State, follows: str, period: str, now: datetime) -> Outcome | Refusal:
    """The new record; answers of last period that are not allowed any more are left open."""
    procedure, world = setting
    house = system_person().actor
    intake = next_intake(procedure, last, follows, period)
    opened = open_dossier(procedure, intake, house, now, world)
    if not isinstance(opened, Refusal):
        return opened
    wrong = {str(one.get("field", "")) for one in opened.params.get("errors", ())}
    given = {key: value for key, value in intake.given.items() if key not in wrong}
    return open_dossier(procedure, intake._replace(given=given), house, now, world)


def next_intake(procedure: Procedure, last: State, follows: str, period: str) -> Intake:
    """How a record comes in that goes on from one of last period."""
    return Intake(
        channel=last.channel if last.channel in procedure.channels else procedure.channels[0],
        unit=last.unit,
        level=last.level if last.level in procedure.levels else "",
        variant=last.variant,
        applicant=last.applicant,
        given=carried(procedure, last.answers),
        period=period,
        follows=follows,
    )


def carried(procedure: Procedure, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that go on: neither files, which stay with their dossier, nor numbers, which are given once."""
    numbers = {step.register_into for table in procedure.route.values() for step in table.steps}
    fields = procedure.form.fields
    return {
        key: _without_files(fields[key], value)
        for key, value in answers.items()
        if key in fields and key not in numbers and fields[key].type != "file" and fields[key].value is None
    }


def _without_files(field: Field, value: Any) -> Any:
    files = {column.key for column in field.columns if column.type == "file"}
    if not files or not isinstance(value, list | tuple):
        return value
    return [{name: cell for name, cell in row.items() if name not in files} for row in value]
