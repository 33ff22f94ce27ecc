"""The step tables of a procedure: every compiled step beside its place and its text in the expanded document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.definition.expression import Expression
from app.definition.finding import KeyPath
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route, Step


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step, the key path where it stands, and what is written there."""

    path: KeyPath
    step: Step
    written: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepTable:
    """One step table; ``when`` is the condition of the case that chooses it, None for the default one."""

    path: KeyPath
    route: Route
    steps: tuple[PlacedStep, ...]
    when: Expression | None = None

    def at(self, key: str) -> PlacedStep:
        """The step with this key."""
        return next(placed for placed in self.steps if placed.step.key == key)


def step_tables(procedure: Procedure, expanded: Mapping[str, Any]) -> tuple[StepTable, ...]:
    """The default table, then one per case."""
    return tuple(_tables(procedure, expanded))


def _tables(procedure: Procedure, expanded: Mapping[str, Any]) -> Iterator[StepTable]:
    written = expanded.get("route")
    if not isinstance(written, Mapping):
        return
    if procedure.route.default is not None:
        yield _table(("route", "default"), procedure.route.default, written.get("default"))
    cases = written.get("cases") or ()
    for at, case in enumerate(procedure.route.cases):
        below = cases[at].get("is") if at < len(cases) else None
        yield _table(("route", "cases", at, "is"), case.value, below, case.when)


def _table(path: KeyPath, route: Route, written: object, when: Expression | None = None) -> StepTable:
    lines = written if isinstance(written, list) else []
    places: dict[str, tuple[int, Mapping[str, Any]]] = {}
    for at, line in enumerate(lines):
        if isinstance(line, Mapping):
            places.setdefault(str(line.get("step", "")), (at, line))
    steps = []
    for at, step in enumerate(route.steps):
        place, line = places.get(step.key, (at, {}))
        steps.append(PlacedStep((*path, place), step, line))
    return StepTable(path, route, tuple(steps), when)
