"""Checking a whole config folder: every file read, every procedure expanded, compiled and held against the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.definition.attribution import NO_ORGANISATION, Attribution, Use
from app.definition.canonical import digest_of
from app.definition.compile import compile_with_findings
from app.definition.config_tree.documents import ConfigDocument, read_document, sorted_out
from app.definition.config_tree.places import ConfigFile, FileKind
from app.definition.expand.procedure import expanded_procedure
from app.definition.expand.steps import filled_by
from app.definition.ground import ground_of
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.positions import broken_paths, place_of, slim, slim_mark, tell_finding
from app.definition.problem import Problem, blocks_publishing
from app.definition.rules import FOLDER_RULES, RULES, Finding, Library, Subject
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, plain


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
    names = labels or {}
    wanted: Iterable[str] = files
    if alone and only is not None:
        wanted = [path for path in files if path in only or not path.startswith("procedures/")]
    places, strays = sorted_out(wanted, names)
    checking = _Checking(places, files, None if only is None else {names.get(path, path) for path in only})
    return checking.run(strays)


@dataclass
class _Draft:
    """A procedure after its rules, waiting for what concerns several."""

    document: ConfigDocument
    tree: Branch
    expanded: dict[str, Any]
    procedure: Procedure
    used: frozenset[tuple[str, str]]
    problems: list[Problem]
    judged: bool  # the rules were asked; what was not asked about is not to be published


class _Checking:
    """One run over one folder."""

    def __init__(self, places: list[tuple[ConfigFile, str]], files: Mapping[str, bytes], only: set[str] | None) -> None:
        self._files = files
        self._only = only
        self._procedures = [one for one in places if one[0].kind is FileKind.PROCEDURE]
        self._ground = ground_of(
            (place, label, files[place.path]) for place, label in places if place.kind is not FileKind.PROCEDURE
        )
        self._documents = list(self._ground.documents)
        # Which pieces were used is noted in it, and the ground may serve other runs.
        self._shared = replace(self._ground.joined.shared, used=set(self._ground.joined.shared.used))

    def run(self, strays: list[Problem]) -> Checked:
        """Everything, to the end: one broken file never hides another."""
        drafts = [draft for place, label in self._procedures if (draft := self._draft(place, label)) is not None]
        ground = self._ground
        library = replace(
            ground.library,
            procedures=tuple(draft.procedure for draft in drafts),
            expanded={draft.document.place.stem: draft.expanded for draft in drafts},
            used=frozenset(self._shared.used),
        )
        folder = Collector()
        self._apply_folder_rules(library, drafts, folder)
        shared = [*strays, *self._missing(), *ground.problems, *folder.problems]
        attribution = Attribution(self._documents, shared)
        checked = {draft.document.place.stem: self._checked(draft, attribution) for draft in drafts}
        everything = {*shared, *(problem for one in self._documents for problem in one.problems)}
        everything.update(problem for draft in drafts for problem in draft.problems)
        return Checked(
            tuple(sorted(self._shown(everything, checked.values()))),
            ground.organisation if ground.organisation_document else None,
            ground.organisation_document,
            ground.joined.edition,
            checked,
            attribution.common,
        )

    def _missing(self) -> list[Problem]:
        if any(one.place.kind is FileKind.ORGANISATION for one in self._documents):
            return []
        return [Problem(NO_ORGANISATION, 1, 1, "K02", {"key": "agency", "place": NO_ORGANISATION})]

    def _draft(self, place: ConfigFile, label: str) -> _Draft | None:
        """One procedure file from its bytes to the outcome of its rules; nothing else of it stays in memory."""
        document = read_document(place, label, self._files[place.path])
        if document.tree is None or document.mark is None:
            self._documents.append(document)
            return None
        collector, shared = Collector(), self._shared
        before, shared.used = shared.used, set()
        tree = expanded_procedure(document.tree, document.mark, shared, self._ground.organisation_document, collector)
        used = frozenset(shared.used)
        shared.used |= before
        expanded: dict[str, Any] = plain(tree)
        procedure, findings = compile_with_findings(expanded, self._ground.organisation)
        judged = self._only is None or label in self._only
        if judged:
            self._apply_rules(procedure, expanded, tree, document.mark, findings, collector)
        kept = replace(document, tree=None, mark=slim_mark(document.mark))
        self._documents.append(kept)
        return _Draft(kept, slim(tree), expanded, procedure, used, collector.problems, judged)

    def _apply_rules(
        self,
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
            self._ground.library,
            broken,
            filled_by(expanded.get("route", {})),
            lambda path: place_of(tree, path, None)[1],
        )
        for finding in (*findings, *(one for rule in RULES for one in rule(subject))):
            tell_finding(finding, tree, mark, broken, collector)

    def _apply_folder_rules(self, library: Library, drafts: list[_Draft], collector: Collector) -> None:
        for rule in FOLDER_RULES:
            for finding in rule(library):
                tree, mark = self._named_document(finding.document, drafts)
                if tree is not None:
                    tell_finding(finding, tree, mark, broken_paths(tree), collector)

    def _named_document(self, name: str, drafts: list[_Draft]) -> tuple[Branch | None, Mark | None]:
        joined, shared = self._ground.joined, self._shared
        for draft in drafts:
            if name == f"procedures/{draft.document.place.stem}":
                return draft.tree, draft.document.mark
        top: dict[str, Branch] = {
            "organisation": joined.organisation,
            "registers": shared.registers,
            "prints": shared.prints,
            "documents": shared.documents,
        }
        kind, _, key = name.partition("/")
        within: dict[str, Mapping[str, Branch]] = {
            "forms": joined.completed_forms,
            "routes": joined.completed_routes,
            "lists": shared.lists,
            "calendar": {str(year["year"]): year for year in joined.calendar if "year" in year},
        }
        tree = top.get(name) if not key else within.get(kind, {}).get(key)
        return tree, _first_mark(tree)

    def _checked(self, draft: _Draft, attribution: Attribution) -> CheckedProcedure:
        document = draft.document
        pieces = attribution.pieces_of(Use(draft.used, draft.procedure))
        found = (*draft.problems, *attribution.concerning(document, pieces, Use(draft.used, draft.procedure)))
        problems = tuple(sorted(set(found)))
        return CheckedProcedure(
            key=str(draft.expanded.get("key", document.place.key)),
            file=document.label,
            path=document.place.path,
            text=document.text,
            expanded=draft.expanded,
            procedure=draft.procedure,
            sources={one.place.path: one.text for one in (document, *pieces)},
            digest=digest_of(draft.expanded),
            problems=problems,
            publishable=draft.judged and not blocks_publishing(problems),
        )

    def _shown(self, problems: set[Problem], checked: Iterable[CheckedProcedure]) -> set[Problem]:
        """With ``only``: the problems of those files, and those that concern the procedures among them."""
        if self._only is None:
            return problems
        concerned = {problem for one in checked if one.file in self._only for problem in one.problems}
        return concerned | {problem for problem in problems if problem.file in self._only}


def _first_mark(tree: Branch | None) -> Mark | None:
    return next(iter(tree.marks.values()), None) if tree else None
