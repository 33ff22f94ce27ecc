"""Which transitions of a procedure its tests walk: ways out of steps, conduct offered, cases of choices.

Read from the journals of the tests alone, so that it holds for every kind of act a test may play.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from app.definition.expression import Expression
from app.definition.finding import KeyPath
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.model.route import Way
from app.definition.rules.conditions_read import PlacedChoice, choices_of
from app.definition.rules.subject import Library, Subject
from app.definition.rules.tables import PlacedStep, StepTable
from app.engine.plan import DEFAULT_ROUTE

WAY, CONDUCT, CASE = "way", "conduct", "case"


class Transition(NamedTuple):
    """One thing that a test may walk. ``kind``: a way out of a step, a conduct offered at it, one case of a choice.

    ``path`` leads to its place in the expanded document and is its identity. ``when`` is the condition of a way or of
    a case (None: the ordinary one); ``table`` is the condition of the step table it belongs to, if that has one.
    """

    kind: str
    path: KeyPath
    step: str = ""
    conduct: str = ""
    way: Way | None = None
    when: Expression | None = None
    table: Expression | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tests walk together and what none of them walks, in the order of the file."""

    walked: tuple[Transition, ...]
    missed: tuple[Transition, ...]

    @property
    def percent(self) -> int:
        """How much is walked, rounded down: 100 means all. A procedure without transitions is walked."""
        total = len(self.walked) + len(self.missed)
        return 100 * len(self.walked) // total if total else 100


class Map:
    """All transitions of a procedure, laid out once for the journals of many tests."""

    def __init__(self, procedure: Procedure, expanded: Mapping[str, Any], organisation: Organisation) -> None:
        self.procedure = procedure
        self._subject = Subject(procedure, expanded, Library(organisation=organisation, organisation_document={}))

    @cached_property
    def steps(self) -> Mapping[tuple[int, str], PlacedStep]:
        """The steps by the number of their table (-1: the default one) and their key."""
        return {(_number(table), placed.step.key): placed for table in self._subject.tables for placed in table.steps}

    @cached_property
    def choices(self) -> tuple[PlacedChoice, ...]:
        """Every value that depends on the case; the authority is often the agency and then not a second one."""
        found: dict[int, PlacedChoice] = {}
        for placed in choices_of(self._subject):
            if placed.choice.cases:
                found.setdefault(id(placed.choice), placed)
        return tuple(found.values())

    @cached_property
    def transitions(self) -> tuple[Transition, ...]:
        """Everything there is to walk."""
        found: list[Transition] = []
        for table in self._subject.tables:
            for placed in table.steps:
                found += _of_step(placed, table)
        for choice in self.choices:
            found += _of_choice(choice)
        return tuple(found)

    def coverage(self, walked: Iterable[KeyPath]) -> Coverage:
        """The transitions, split by whether they are among those walked."""
        paths = frozenset(walked)
        return Coverage(
            tuple(one for one in self.transitions if one.path in paths),
            tuple(one for one in self.transitions if one.path not in paths),
        )


def _number(table: StepTable) -> int:
    at = table.path[2] if len(table.path) > 2 else DEFAULT_ROUTE
    return at if isinstance(at, int) else DEFAULT_ROUTE


def _of_step(placed: PlacedStep, table: StepTable) -> list[Transition]:
    step = placed.step
    ways = [
        Transition(WAY, way_path(placed, at), step.key, way=way, when=way.when, table=table.when)
        for at, way in enumerate(step.ways)
    ]
    conduct = [
        Transition(CONDUCT, conduct_path(placed, name), step.key, conduct=name, table=table.when) for name in step.allow
    ]
    return [*ways, *conduct]


def _of_choice(placed: PlacedChoice) -> list[Transition]:
    table = placed.table.when if placed.table is not None else None
    cases = [
        Transition(CASE, case_path(placed, at), placed.step, when=case.when, table=table)
        for at, case in enumerate(placed.choice.cases)
    ]
    if placed.choice.default is not None:
        cases.append(Transition(CASE, case_path(placed, None), placed.step, table=table))
    return cases


def way_path(placed: PlacedStep, at: int) -> KeyPath:
    """Where a line of ``next`` stands."""
    return (*placed.path, "next", at)


def conduct_path(placed: PlacedStep, name: str) -> KeyPath:
    """Where a conduct is offered."""
    return (*placed.path, "allow", name)


def case_path(placed: PlacedChoice, at: int | None) -> KeyPath:
    """Where a case of a choice stands, or its default."""
    return (*placed.path, "default") if at is None else (*placed.path, "cases", at)
