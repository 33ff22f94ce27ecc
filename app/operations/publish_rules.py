"""What only publishing can ask of a new version: the version in force, its open dossiers, what its tests walk."""

from collections.abc import Iterable, Iterator
from itertools import chain

from app.definition.check import CheckedProcedure
from app.definition.key_paths import spelled
from app.definition.problem import Problem
from app.definition.rules.versions import VERSION_RULES, Change
from app.engine.coverage import Map
from app.engine.coverage_walk import walked
from app.engine.scenario import ScenarioResult
from app.engine.world import World
from app.operations.scenario_run import Places
from app.storage.catalogue_store import holder, load_expanded
from app.storage.dossiers import count_open

MOST_NAMED = 6


def beside_version_in_force(one: CheckedProcedure) -> Iterator[Problem]:
    """V02 and V03 against the newest version in force; nothing for a procedure that is new."""
    entries = holder.current().versions.get(one.key, ())
    if not entries:
        return
    newest = max(entry.number for entry in entries)
    change = Change(load_expanded(one.key, newest), one.expanded, count_open(one.key))
    findings = [finding for rule in VERSION_RULES for finding in rule(change)]
    if findings:
        places = Places(one)
        for finding in findings:
            yield Problem(one.file, *places.of(finding.path, on_key=finding.on_key), finding.rule, finding.params)


def never_walked(one: CheckedProcedure, results: Iterable[ScenarioResult], world: World) -> Iterator[Problem]:
    """Q02: ways and cases that no test walks."""
    if not one.procedure.tests:
        return
    ways = Map(one.procedure, one.expanded, world.organisation)
    missed = ways.coverage(chain.from_iterable(walked(ways, result.events, world) for result in results)).missed
    if missed:
        named = ", ".join(spelled(transition.path, one.expanded) for transition in missed[:MOST_NAMED])
        more = len(missed) - MOST_NAMED
        listed = f"{named} … +{more}" if more > 0 else named
        yield Problem(one.file, *one.places.get("tests", (1, 1)), "Q02", {"list": listed})
