"""What a rule reads (Subject, Library) and what it says (Finding). Positions are found by the checker, not the rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.definition.finding import Finding, KeyPath
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.outline import Outline
from app.definition.rules.graph import Graph
from app.definition.rules.tables import StepTable, step_tables

MOST_STEPS = 200


@dataclass(frozen=True)
class Library:
    """Everything of the folder that a procedure may name, and all its procedures. Documents are expanded, by key."""

    organisation: Organisation
    organisation_document: Mapping[str, Any]
    procedures: tuple[Outline, ...] = ()  # for the rules about the whole folder; rules about one procedure see none
    forms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    routes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    documents: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    registers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    prints: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    calendar_years: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    used: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Subject:
    """One procedure in its surroundings. ``broken``: key paths whose value was refused by the shape check already;
    what is missing or strange below them needs no second finding (the checker drops such findings anyway).

    ``known_from``: field key (or "table.column") → the steps that fill it; no steps: intake.
    ``is_written``: whether the value at a path stands in some file, or is a default.
    """

    procedure: Procedure
    expanded: Mapping[str, Any]
    library: Library
    broken: frozenset[KeyPath] = frozenset()
    known_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_written: Callable[[KeyPath], bool] = lambda _path: True

    @property
    def organisation(self) -> Organisation:
        """The organisation that the procedure names units, roles and fields of work of."""
        return self.library.organisation

    @cached_property
    def tables(self) -> tuple[StepTable, ...]:
        """Every step table of the route with its place in the document."""
        return step_tables(self.procedure, self.expanded)

    @cached_property
    def graphs(self) -> tuple[Graph, ...]:
        """The graph of each step table, in the order of ``tables``."""
        return tuple(Graph(table.route) for table in self.tables)

    def pairs(self) -> tuple[tuple[StepTable, Graph], ...]:
        """Each step table with its graph. Tables larger than any real one are not searched, to bound the time taken."""
        both = zip(self.tables, self.graphs, strict=True)
        return tuple((table, graph) for table, graph in both if len(table.steps) <= MOST_STEPS)


__all__ = ["Finding", "FolderRule", "KeyPath", "Library", "Rule", "Subject"]

Rule = Callable[[Subject], Iterator[Finding]]
FolderRule = Callable[[Library], Iterator[Finding]]
