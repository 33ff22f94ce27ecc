"""Runs the ``tests:`` of a procedure with a fake clock: given, walk, expect, refused (section 14, rulings 25–27)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from app.definition.model.procedure import Procedure
from app.engine.actions import Intake
from app.engine.calendar import CalendarUnknown
from app.engine.events import Event
from app.engine.expectations import Failure, compare
from app.engine.moves import open_dossier
from app.engine.numbering import MemoryNumbers
from app.engine.scenario_acts import CannotRun, act
from app.engine.scenario_people import applicant_of, reception_unit, unit_of_player
from app.engine.scenario_stage import Stage, moment_of
from app.engine.world import SYSTEM, Refusal, World

__all__ = ["Failure", "ScenarioResult", "open_stage", "run_scenario", "run_scenarios"]

SAME_CODES = {"required": "missing_fields"}


class ScenarioResult(NamedTuple):
    """How one test went. ``walked``: the ways taken, as (step, next step or "end"); ``events``: its whole journal."""

    name: str
    ok: bool
    failures: tuple[Failure, ...]
    walked: frozenset[tuple[str, str]]
    events: tuple[Event, ...] = ()


def run_scenarios(procedure: Procedure, world: World) -> tuple[ScenarioResult, ...]:
    """All tests of a procedure, in their order. Numbers are counted in memory, from the first, for each test."""
    return tuple(run_scenario(procedure, world, i) for i in range(len(procedure.tests)))


def run_scenario(procedure: Procedure, world: World, index: int) -> ScenarioResult:
    """One test, by its place in the file."""
    test = procedure.tests[index]
    path = ("tests", index)
    failures: list[Failure] = []
    stage: Stage | None = None
    try:
        stage = open_stage(procedure, _played(world), test)
        _walk(stage, test, path, failures)
    except CannotRun as reason:
        failures.append(Failure((*path, *reason.path), reason.kind, reason.expected, reason.got, reason.params))
    except CalendarUnknown as unknown:
        failures.append(Failure(path, "no_calendar", "", "", {"year": unknown.year}))
    name = str(test.get("name", ""))
    events = stage.events if stage is not None else []
    return ScenarioResult(name, not failures, tuple(failures), _walked(events), tuple(events))


def _played(world: World) -> World:
    """The world of a test: numbers from the first, and people who belong where their names say."""
    facts = {"unit_of()": unit_of_player, **world.facts}
    return replace(world, numbers=MemoryNumbers(world.organisation), facts=facts)


def open_stage(procedure: Procedure, world: World, test: Mapping[str, Any]) -> Stage:
    """The dossier as the test receives it. Raises CannotRun where what is given cannot be read or is refused."""
    given = test.get("given", {})
    received = moment_of(given.get("received"))
    if received is None:
        raise CannotRun(("given", "received"), "invalid_given", "", str(given.get("received")))
    level = str(given.get("level") or procedure.levels[0])
    intake = Intake(
        channel=str(given.get("channel") or procedure.channels[0]),
        unit=str(given.get("unit") or reception_unit(procedure, world.organisation, level)),
        level=level,
        variant=str(given.get("variant") or (procedure.variants[0].key if procedure.variants else "")),
        applicant=applicant_of(procedure, given.get("applicant", {})),
        received=received,
        period=str(given.get("period") or ""),
    )
    opened = open_dossier(procedure, intake, SYSTEM, received, world)
    if isinstance(opened, Refusal):
        raise CannotRun(("given",), "invalid_given", "", opened.code, opened.params)
    return Stage(procedure, world, opened.state, received, given, list(opened.events))


def _walk(stage: Stage, test: Mapping[str, Any], path: tuple[Any, ...], failures: list[Failure]) -> None:
    walk = test.get("walk") or [{"do": stage.first_step}]
    for number, item in enumerate(walk):
        entry: Mapping[str, Any] = {"do": item} if isinstance(item, str) else item
        here = (*path, "walk", number)
        stage.begin_act()
        refusal = act(stage, entry, here)
        if not _as_expected(stage, entry, refusal, here, failures):
            return
        if entry.get("expect"):
            failures.extend(compare(stage, entry["expect"], (*here, "expect"), final=False))
    if test.get("expect"):
        failures.extend(compare(stage, test["expect"], (*path, "expect"), final=True))


def _as_expected(
    stage: Stage, entry: Mapping[str, Any], refusal: Refusal | None, here: tuple[Any, ...], failures: list[Failure]
) -> bool:
    """Whether the act went as the test says; if not, the rest of the walk would mean nothing."""
    wanted = entry.get("refused")
    if refusal is None and not wanted:
        return True
    if refusal is None:
        failures.append(Failure((*here, "refused"), "expected", str(wanted), "accepted", {"act": entry["do"]}))
        return False
    if wanted:
        if SAME_CODES.get(refusal.code, refusal.code) == SAME_CODES.get(wanted, wanted):
            return True
        params = {"act": entry["do"], "refusal": refusal}
        failures.append(Failure((*here, "refused"), "expected", str(wanted), refusal.code, params))
        return False
    if refusal.code == "calendar_unknown":
        failures.append(Failure(here, "no_calendar", "", "", dict(refusal.params)))
        return False
    params = {"act": entry["do"], "open": stage.open_steps(), "refusal": refusal}
    failures.append(Failure((*here, "do"), "not_possible", str(entry["do"]), refusal.code, params))
    return False


def _walked(events: list[Event]) -> frozenset[tuple[str, str]]:
    """The ways taken: from the step of a visit to the step opened after it, to a join, or to the end."""
    steps = {e.data["visit"]: e.data["step"] for e in events if e.type == "step_entered" and _is_step(e)}
    ways: set[tuple[str, str]] = set()
    left = ""
    for event in events:
        if event.type == "step_entered" and _is_step(event):
            came_from = steps.get(event.data.get("after", 0), left)
            ways.add((came_from, event.data["step"]))
        elif event.type == "step_left":
            left = steps.get(event.data["visit"], left)
        elif event.type in ("join_reached", "ended"):
            ways.add((left, event.data.get("step", "end")))
    return frozenset((came_from, to) for came_from, to in ways if came_from)


def _is_step(event: Event) -> bool:
    return bool(event.data.get("kind", "step") == "step")
