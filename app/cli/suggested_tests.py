"""Tests proposed for what no test walks: searched for, written as YAML, pasted and played before they are shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.cli.coverage_words import said
from app.definition.check import CheckedProcedure, check_config
from app.definition.finding import KeyPath
from app.definition.pasting import test_text, with_test
from app.definition.problem import Problem, blocks_publishing
from app.engine.coverage import Map
from app.engine.coverage_cases import value_for
from app.engine.coverage_search import Walk, search
from app.engine.coverage_walk import walked
from app.engine.environment import Environment
from app.engine.expectations import shown
from app.engine.fees import fees_due, total
from app.engine.fold import fold
from app.engine.scenario import ScenarioResult, run_scenario
from app.engine.world import World

LONGEST_NAME = 200
MOST_REPAIRS = 20
MORNING = "09:00"
Files = Callable[[], Mapping[str, bytes]]


def suggested_tests(
    one: CheckedProcedure, layout: Map, known: frozenset[KeyPath], world: World, files: Files
) -> tuple[str, ...]:
    """Tests as text, ready to be pasted below ``tests:``. Each passes, and each walks something new."""
    wanted = frozenset(transition.path for transition in layout.transitions) - known
    if not wanted:
        return ()
    proposals = _Proposals(one, layout, world, files)
    walks = search(layout, wanted, received_for(one, world), world)
    return tuple(text for walk in walks for text in proposals.of(walk))


def received_for(one: CheckedProcedure, world: World) -> str:
    """A moment of receipt: that of the tests there are, else the first working morning under this version."""
    for test in one.procedure.tests:
        given = test.get("given")
        if isinstance(given, Mapping) and given.get("received"):
            return str(given["received"])
    edition = world.calendar.edition
    first = max(one.procedure.since, edition.known_from)
    return f"{world.calendar.rolled(min(first, edition.known_to))} {MORNING}"


class _Proposals:
    """Writes the walks of one procedure as tests and keeps those that hold."""

    def __init__(self, one: CheckedProcedure, layout: Map, world: World, files: Files) -> None:
        self._one, self._layout, self._world, self._files = one, layout, world, files
        self._names = {str(test.get("name", "")) for test in one.procedure.tests}

    def of(self, walk: Walk) -> Iterator[str]:
        """The text of a walk, if it passes where it is pasted and walks what it is for."""
        written: dict[str, Any] = {
            "name": self._name(walk),
            "given": dict(walk.given),
            "walk": [_short(entry) for entry in walk.acts],
        }
        for _ in range(MOST_REPAIRS):
            result = self._played(written)
            if result is None or not result.ok:
                return
            test = {**written, "expect": self._expected(result)}
            text = test_text(test, self._one.text)
            pasted = with_test(self._one.text, text)
            if pasted is None:
                return
            missing, holds = self._checked(pasted, walk)
            if holds:
                self._names.add(str(test["name"]))
                yield text
            if not missing:
                return
            written["given"] = _completed(written["given"], missing, self._layout)

    def _name(self, walk: Walk) -> str:
        firsts = [one for one in self._layout.transitions if one.path in walk.covers]
        name = "; ".join(said(one, self._one.expanded) for one in firsts)
        if len(name) > LONGEST_NAME:
            name = f"{name[: LONGEST_NAME - 1].rstrip()}…"
        unique, number = name, 1
        while unique in self._names:
            number += 1
            unique = f"{name} ({number})"
        return unique

    def _played(self, test: Mapping[str, Any]) -> ScenarioResult | None:
        walk = [{"do": entry} if isinstance(entry, str) else entry for entry in test["walk"]]
        tests = ({**test, "walk": walk},)
        return run_scenario(replace(self._one.procedure, tests=tests), self._world, 0)

    def _expected(self, result: ScenarioResult) -> dict[str, Any]:
        """What the machine makes of it: due moment, money, status, what is open."""
        state = fold(result.events)
        env = Environment(self._one.procedure, state, self._world, state.last_at)
        fee = total(fees_due(self._one.procedure, env, state.fees))
        expect: dict[str, Any] = {"due": shown(state.due)}
        if isinstance(fee, int):
            expect["fee"] = fee
        expect["status"] = state.status
        expect["open"] = [visit.step for visit in state.visits if visit.kind == "step"]
        return expect

    def _checked(self, pasted: str, walk: Walk) -> tuple[frozenset[str], bool]:
        """Answers that the checker still asks the test to give; and whether the file with it is right and passes."""
        path = self._one.path
        files = {**self._files(), path: pasted.encode()}
        checked = check_config(files, {path}, labels={path: self._one.file}, alone=True)
        again = next((one for one in checked.procedures.values() if one.path == path), None)
        if again is None:
            return frozenset(), False
        asked = frozenset(str(problem.params.get("field", "")) for problem in again.problems if problem.rule == "Q03")
        before = {_same(problem) for problem in self._one.problems}
        if any(_same(problem) not in before for problem in again.problems if blocks_publishing([problem])):
            return asked, False
        result = run_scenario(again.procedure, self._world, len(again.procedure.tests) - 1)
        return frozenset(), result.ok and walk.covers <= walked(self._layout, result.events, self._world)


def _same(problem: Problem) -> tuple[str, str]:
    return problem.rule, problem.message()


def _short(entry: Mapping[str, Any]) -> Any:
    return entry["do"] if set(entry) == {"do"} else dict(entry)


def _completed(given: Mapping[str, Any], missing: frozenset[str], layout: Map) -> dict[str, Any]:
    form = dict(given.get("form", {}))
    for key in sorted(missing):
        if key in layout.procedure.form.fields:
            form.setdefault(key, value_for(layout.procedure, key))
    return {**given, "form": form}
