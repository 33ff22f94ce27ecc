"""Checking a whole config folder: every file read, every procedure expanded, compiled and held against the rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.definition.attribution import NO_ORGANISATION, Attribution
from app.definition.canonical import digest_of
from app.definition.config_tree.documents import sorted_out
from app.definition.config_tree.places import ConfigFile, FileKind
from app.definition.ground import Ground, ground_of
from app.definition.judging import Draft, Judge, Task, draft_of, in_turn
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.outline import Outline
from app.definition.positions import broken_paths, tell_finding
from app.definition.problem import Problem, blocks_publishing
from app.definition.remembered import Memory, name_of
from app.definition.rules import FOLDER_RULES, Library
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark


@dataclass(frozen=True, slots=True)
class CheckedProcedure:
    """One procedure file: what it becomes, every source text it came from, and whether it may be published."""

    key: str
    file: str  # as shown in problems
    path: str  # in the config folder
    text: str
    expanded: dict[str, Any]
    procedure: Procedure
    sources: Mapping[str, str]
    digest: str
    problems: tuple[Problem, ...]
    publishable: bool
    places: Mapping[str, tuple[int, int]]  # line and column, from 1, of what is written under each of its top keys


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome for a folder. ``procedures`` by stem below procedures/ (the key; a second version has its date)."""

    problems: tuple[Problem, ...]
    organisation: Organisation | None
    organisation_document: dict[str, Any]
    calendar_edition: dict[str, Any]
    procedures: Mapping[str, CheckedProcedure]
    common_problems: tuple[Problem, ...] = ()  # of organisation, calendar and the like: they concern every procedure

    def with_problems(self, more: Iterable[Problem]) -> Checked:
        """The same with problems found before anything was read (files that could not be opened)."""
        return replace(self, problems=tuple(sorted({*self.problems, *more})))


class Told(NamedTuple):
    """What is wrong with a folder, and how many of its procedures could be read."""

    problems: tuple[Problem, ...]
    procedures: int

    def with_problems(self, more: Iterable[Problem]) -> Told:
        """The same with problems found before anything was read (files that could not be opened)."""
        return self._replace(problems=tuple(sorted({*self.problems, *more})))


def check_config(
    files: Mapping[str, bytes],
    only: Collection[str] | None = None,
    *,
    labels: Mapping[str, str] | None = None,
    alone: bool = False,
) -> Checked:
    """Check the files of a config folder, by path relative to it.

    ``only``: report on these paths (other procedures are still read, so that doubles are found, but not judged; with
    ``alone`` they are not even read). ``labels``: the names under which paths are shown in problems.
    """
    wanted: Iterable[str] = files
    if alone and only is not None:
        wanted = [path for path in files if path in only or not path.startswith("procedures/")]
    return _Checking(files, wanted, only, labels or {}).checked()


def problems_of(
    files: Mapping[str, bytes],
    only: Collection[str] | None,
    labels: Mapping[str, str],
    memory: Memory,
    judge: Judge = in_turn,
) -> Told:
    """The problems that `check_config` finds. A procedure is read only if the memory does not know it as it stands.

    ``judge`` reads those: each stands by itself, so it may do so in any order and in other processes.
    """
    return _Checking(files, files, only, labels).told(memory, judge)


class _Outcome(NamedTuple):
    """What became of one procedure file."""

    place: ConfigFile
    label: str
    outline: Outline | None  # None: it could not be read
    problems: tuple[Problem, ...]  # of this file by itself


_Placed = Callable[[str], tuple[Branch | None, Mark | None]]  # a procedure's stem → its places


class _Checking:
    """One run over one folder."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        wanted: Iterable[str],
        only: Collection[str] | None,
        labels: Mapping[str, str],
    ) -> None:
        self._files = files
        places, self._strays = sorted_out(wanted, labels)
        self._only = None if only is None else {labels.get(path, path) for path in only}
        self._procedures = [one for one in places if one[0].kind is FileKind.PROCEDURE]
        self._ground: Ground = ground_of(
            (place, label, files[place.path]) for place, label in places if place.kind is not FileKind.PROCEDURE
        )

    def checked(self) -> Checked:
        """Everything, to the end: one broken file never hides another."""
        outcomes: list[_Outcome] = []
        drafts: dict[str, Draft] = {}
        for place, label in self._procedures:
            judged = self._only is None or label in self._only
            found = draft_of(self._ground, place, label, self._files[place.path], judged=judged)
            if isinstance(found, Draft):
                drafts[place.stem] = found
            outcomes.append(_Outcome(place, label, found.outline if isinstance(found, Draft) else None, found.problems))
        attribution = self._attribution(outcomes, lambda stem: (drafts[stem].tree, drafts[stem].document.mark))
        procedures = {stem: _checked(draft, attribution) for stem, draft in drafts.items()}
        ground = self._ground
        return Checked(
            self._shown(outcomes, attribution),
            ground.organisation if ground.organisation_document else None,
            ground.organisation_document,
            ground.joined.edition,
            procedures,
            attribution.common,
        )

    def told(self, memory: Memory, judge: Judge) -> Told:
        """The problems alone; what the memory did not know, it knows afterwards."""
        tasks = [Task(place, label, self._files[place.path]) for place, label in self._procedures]
        names = {task: name_of(self._ground.name, task.place.path, task.label, task.data) for task in tasks}
        known = {task: outcome for task in tasks if (outcome := memory.recall(names[task])) is not None}
        unknown = [task for task in tasks if task not in known]
        for task, outcome in zip(unknown, judge(self._ground, unknown), strict=True):
            known[task] = outcome
            memory.note(names[task], outcome)
        outcomes = [_Outcome(task.place, task.label, *known[task]) for task in tasks]
        attribution = self._attribution(outcomes, self._places_of)
        return Told(self._shown(outcomes, attribution), sum(one.outline is not None for one in outcomes))

    def _places_of(self, stem: str) -> tuple[Branch | None, Mark | None]:
        place, label = next(one for one in self._procedures if one[0].stem == stem)
        found = draft_of(self._ground, place, label, self._files[place.path], judged=False)
        return (found.tree, found.document.mark) if isinstance(found, Draft) else (None, None)

    def _attribution(self, outcomes: Iterable[_Outcome], placed: _Placed) -> Attribution:
        """The rules about the whole folder asked, and everything that is wrong with what is shared."""
        outlines = tuple(one.outline for one in outcomes if one.outline is not None)
        used = self._ground.joined.shared.used.union(*(one.pieces for one in outlines))
        library = replace(self._ground.library, procedures=outlines, used=frozenset(used))
        collector = Collector()
        self._apply_folder_rules(library, placed, collector)
        told = [*self._strays, *self._missing(), *self._ground.problems, *collector.problems]
        return Attribution(self._ground.documents, told)

    def _missing(self) -> list[Problem]:
        if any(one.place.kind is FileKind.ORGANISATION for one in self._ground.documents):
            return []
        return [Problem(NO_ORGANISATION, 1, 1, "K02", {"key": "agency", "place": NO_ORGANISATION})]

    def _apply_folder_rules(self, library: Library, placed: _Placed, collector: Collector) -> None:
        for rule in FOLDER_RULES:
            for finding in rule(library):
                kind, _, stem = finding.document.partition("/")
                tree, mark = placed(stem) if kind == "procedures" else self._ground.named(finding.document)
                if tree is not None:
                    tell_finding(finding, tree, mark, broken_paths(tree), collector)

    def _shown(self, outcomes: Iterable[_Outcome], attribution: Attribution) -> tuple[Problem, ...]:
        """With ``only``: the problems of those files, and those that concern the procedures among them."""
        everything = {*attribution.everything, *(problem for one in outcomes for problem in one.problems)}
        if self._only is None:
            return tuple(sorted(everything))
        concerned = {
            problem
            for one in outcomes
            if one.label in self._only and one.outline is not None
            for problem in (*one.problems, *attribution.concerning(one.label, one.outline))
        }
        return tuple(sorted(concerned.union(problem for problem in everything if problem.file in self._only)))


def _checked(draft: Draft, attribution: Attribution) -> CheckedProcedure:
    document = draft.document
    problems = tuple(sorted({*draft.problems, *attribution.concerning(document.label, draft.outline)}))
    return CheckedProcedure(
        key=str(draft.expanded.get("key", document.place.key)),
        file=document.label,
        path=document.place.path,
        text=document.text,
        expanded=draft.expanded,
        procedure=draft.procedure,
        sources={one.place.path: one.text for one in (document, *attribution.pieces_of(draft.outline))},
        digest=digest_of(draft.expanded),
        problems=problems,
        publishable=draft.judged and not blocks_publishing(problems),
        places={key: (mark.node.line, mark.node.column) for key, mark in draft.tree.marks.items()},
    )
