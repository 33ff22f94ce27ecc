"""Publish definitions: check, run their tests, then one transaction that every process will serve."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.definition.calendar_years import settings_on
from app.definition.canonical import canonical as ordered_text
from app.definition.catalogue import Catalogue
from app.definition.check import Checked, CheckedProcedure
from app.definition.compile import compile_procedure
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.pauses import without_pauses
from app.definition.problem import Problem, Severity, blocks_publishing
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import run_scenarios
from app.engine.world import Refusal, World
from app.operations.config_folder import check_folder
from app.operations.grants import grants_of
from app.operations.publish_rules import beside_version_in_force, never_walked
from app.operations.role_permissions import SCREENS, Screens, write_permissions
from app.operations.scenario_run import problems_of
from app.storage.catalogue_store import holder, load_expanded
from app.storage.database import reading, writing
from app.storage.people import Person
from app.storage.versions import NewVersion, current_digests, current_documents, raise_epoch, save_grants, save_versions


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing changed: new versions as (key, number), and whether organisation or calendar are new."""

    epoch: int
    versions: tuple[tuple[str, int], ...]
    unchanged: tuple[str, ...]
    organisation: bool
    calendar: bool
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything that was found out before the transaction begins."""

    checked: Checked
    chosen: tuple[CheckedProcedure, ...]
    organisation: Organisation
    organisation_text: str
    calendar_text: str
    new_organisation: bool
    new_calendar: bool
    changed: frozenset[str]  # keys


@without_pauses()
def publish_config(
    folder: Path, keys: Collection[str], by: Person, now: datetime, *, screens: Screens = SCREENS
) -> Published | tuple[Problem, ...] | Refusal:
    """Publish these keys of a config folder (none: all of them).

    Problems that forbid it come back as a tuple, failing tests among them; nothing is written then. Refusals:
    not_allowed, not_found {keys}.
    """
    if not by.is_admin:
        return Refusal("not_allowed")
    checked = check_folder(folder, keys)
    chosen = tuple(one for one in checked.procedures.values() if not keys or one.key in keys)
    missing = sorted(set(keys) - {one.key for one in chosen})
    if missing:
        return Refusal("not_found", {"keys": missing})
    blocking = _blocking(checked, chosen)
    if blocking or checked.organisation is None:
        return blocking
    plan = _plan(checked, checked.organisation, chosen)
    told = tuple(_told(plan, now))
    if blocks_publishing(told):
        return tuple(problem for problem in told if problem.severity is not Severity.WARNING)
    return _write(plan, by, now, screens, told)


def _blocking(checked: Checked, chosen: Iterable[CheckedProcedure]) -> tuple[Problem, ...]:
    """All problems, if any of them forbids publishing."""
    problems = {problem for one in chosen for problem in one.problems} | set(checked.common_problems)
    return tuple(sorted(problems)) if checked.organisation is None or blocks_publishing(problems) else ()


def _plan(checked: Checked, organisation: Organisation, chosen: tuple[CheckedProcedure, ...]) -> _Plan:
    """What differs from what is in force."""
    organisation_text = ordered_text(checked.organisation_document)
    calendar_text = ordered_text(checked.calendar_edition)
    with reading() as session:
        known_organisation, known_calendar = current_documents(session)
        digests = current_digests(session, {one.key for one in chosen})
    wanted: dict[str, set[str]] = {}
    for one in chosen:
        wanted.setdefault(one.key, set()).add(one.digest)
    return _Plan(
        checked,
        chosen,
        organisation,
        organisation_text,
        calendar_text,
        organisation_text != known_organisation,
        calendar_text != known_calendar,
        frozenset(key for key, found in wanted.items() if found != digests.get(key, set())),
    )


def _told(plan: _Plan, now: datetime) -> Iterator[Problem]:
    """What its tests and the version in force say of what changes; all tests when the ground under them changes."""
    concerned = [one for one in plan.chosen if one.key in plan.changed or plan.new_organisation or plan.new_calendar]
    if concerned:
        world = _world(plan, now)
        for one in concerned:
            results = run_scenarios(one.procedure, world)
            yield from problems_of(one, results)
            yield from never_walked(one, results, world)
            if one.key in plan.changed:
                yield from beside_version_in_force(one)


def _world(plan: _Plan, now: datetime) -> World:
    """The world that will be in force; laying out a calendar takes a while, so one that is in force is taken over."""
    numbers = MemoryNumbers(plan.organisation)
    if not plan.new_calendar:
        return replace(holder.world(holder.refresh(), on=now.date()), organisation=plan.organisation, numbers=numbers)
    edition = plan.checked.calendar_edition
    settings = ClockSettings.from_mapping(settings_on(edition, now.date()))
    return World(Calendar.from_edition(edition), settings, plan.organisation, numbers)


def _write(plan: _Plan, by: Person, now: datetime, screens: Screens, told: tuple[Problem, ...]) -> Published:
    catalogue = holder.refresh()
    added: list[Procedure] = []
    epoch = catalogue.epoch
    if plan.changed or plan.new_organisation or plan.new_calendar:
        with writing() as session:
            fields: set[str] = set()  # of work, whose rights change
            for key in sorted(plan.changed):
                files = [one for one in plan.chosen if one.key == key]
                numbers = save_versions(session, key, map(_version, files), by.username, now)
                added += [replace(one.procedure, number=numbers[one.digest]) for one in files if one.digest in numbers]
                fields |= _grant(session, key, [one.procedure for one in files], plan.organisation)
            if plan.new_organisation:
                fields |= _grant_again(session, catalogue, plan).union(one.procedure.field for one in plan.chosen)
            write_permissions(session, fields, plan.organisation, screens)
            epoch = raise_epoch(session, plan.organisation_text, plan.calendar_text, by.username, now)
        for procedure in added:
            catalogue.take_over(procedure, plan.organisation)
        holder.refresh()
    warnings = tuple(sorted({*told, *(problem for one in plan.chosen for problem in one.problems)}))
    unchanged = tuple(sorted({one.key for one in plan.chosen} - plan.changed))
    versions = tuple((one.key, one.number) for one in added)
    return Published(epoch, versions, unchanged, plan.new_organisation, plan.new_calendar, warnings)


def _grant(session: Session, key: str, versions: Iterable[Any], organisation: Organisation) -> frozenset[str]:
    """The union over the versions in force; the fields of work whose rights this may change."""
    grants: dict[str, frozenset[str]] = {}
    field = ""
    for procedure in versions:
        field = procedure.field
        for position, allowed in grants_of(procedure, organisation).items():
            grants[position] = grants.get(position, frozenset()) | allowed
    return save_grants(session, key, field, grants)


def _grant_again(session: Session, catalogue: Catalogue, plan: _Plan) -> set[str]:
    """With other units or roles, what is already published grants to other positions."""
    fields = set()
    for key, entries in catalogue.versions.items():
        if key in plan.changed:
            continue
        documents: list[Mapping[str, Any]] = [load_expanded(key, entry.number) for entry in entries]
        versions = [compile_procedure(document, plan.organisation) for document in documents]
        _grant(session, key, versions, plan.organisation)
        fields |= {version.field for version in versions}
    return fields


def _version(one: CheckedProcedure) -> NewVersion:
    procedure = one.procedure
    return NewVersion(
        key=one.key,
        title=procedure.title,
        short_title=procedure.short_title or procedure.title[:60],
        code=procedure.code or procedure.local_code,
        field=procedure.field,
        kind=procedure.kind,
        channels=procedure.channels,
        since=procedure.since,
        until=procedure.until,
        digest=one.digest,
        expanded=json.dumps(one.expanded, ensure_ascii=False, separators=(",", ":")),
        sources=one.sources,
    )
