"""One procedure file from its bytes to the outcome of its rules, on the ground of its folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.definition.compile import compile_with_findings
from app.definition.config_tree.documents import ConfigDocument, read_document
from app.definition.config_tree.places import ConfigFile
from app.definition.expand.procedure import expanded_procedure
from app.definition.expand.steps import filled_by
from app.definition.ground import Ground
from app.definition.model.procedure import Procedure
from app.definition.outline import Outline, outline_of
from app.definition.positions import broken_paths, place_of, slim, slim_mark, tell_finding
from app.definition.problem import Problem
from app.definition.remembered import Remembered
from app.definition.rules import RULES, Finding, Subject
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, plain


@dataclass(frozen=True, slots=True)
class Draft:
    """A procedure after its rules, waiting for what concerns several."""

    document: ConfigDocument  # without its tree
    tree: Branch  # the places of its upper levels, and of what it names of others
    expanded: dict[str, Any]
    procedure: Procedure
    outline: Outline
    problems: tuple[Problem, ...]
    judged: bool  # the rules were asked; what was not asked about is not to be published


class Task(NamedTuple):
    """A procedure file to be judged."""

    place: ConfigFile
    label: str
    data: bytes


Judge = Callable[[Ground, Sequence[Task]], Sequence[Remembered]]  # the outcome of each task, in their order


def in_turn(ground: Ground, tasks: Sequence[Task]) -> list[Remembered]:
    """One after the other."""
    return [outcome_of(ground, task) for task in tasks]


def outcome_of(ground: Ground, task: Task) -> Remembered:
    """What is worth remembering of a file."""
    found = draft_of(ground, *task)
    return Remembered(found.outline if isinstance(found, Draft) else None, found.problems)


def draft_of(
    ground: Ground, place: ConfigFile, label: str, data: bytes, *, judged: bool = True
) -> Draft | ConfigDocument:
    """The draft, or the document alone where nothing could be read; nothing else of it stays in memory."""
    document = read_document(place, label, data)
    if document.tree is None or document.mark is None:
        return document
    collector = Collector()
    shared = replace(ground.joined.shared, used=set())
    tree = expanded_procedure(document.tree, document.mark, shared, ground.organisation_document, collector)
    expanded: dict[str, Any] = plain(tree)
    procedure, findings = compile_with_findings(expanded, ground.organisation)
    if judged:
        _apply_rules(ground, procedure, expanded, tree, document.mark, findings, collector)
    outline = outline_of(place.stem, expanded, procedure, frozenset(shared.used))
    kept = replace(document, tree=None, mark=slim_mark(document.mark))
    problems = (*document.problems, *collector.problems)
    places = slim(tree, [path for path, _ in (*outline.named, *outline.codes)])
    return Draft(kept, places, expanded, procedure, outline, problems, judged)


def _apply_rules(
    ground: Ground,
    procedure: Procedure,
    expanded: Mapping[str, Any],
    tree: Branch,
    mark: Mark,
    findings: tuple[Finding, ...],
    collector: Collector,
) -> None:
    broken = broken_paths(tree)
    subject = Subject(
        procedure,
        expanded,
        ground.library,
        broken,
        filled_by(expanded.get("route", {})),
        lambda path: place_of(tree, path, None)[1],
    )
    for finding in (*findings, *(one for rule in RULES for one in rule(subject))):
        tell_finding(finding, tree, mark, broken, collector)
