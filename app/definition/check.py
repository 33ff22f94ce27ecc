"""Checking a whole config folder: every file read, every procedure expanded, compiled and held against the rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.definition.attribution import NO_ORGANISATION, Attribution, Use
from app.definition.canonical import digest_of
from app.definition.compile import compile_with_findings
from app.definition.compile_organisation import compile_organisation
from app.definition.config_tree.documents import ConfigDocument, read_documents
from app.definition.config_tree.joining import Joined, join
from app.definition.config_tree.places import FileKind
from app.definition.expand.procedure import expanded_procedure
from app.definition.expand.steps import filled_by
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.definition.positions import broken_paths, place_of, tell_finding
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

    ``only``: report on these paths (other procedures are still read, so that doubles are found; with ``alone`` they are
    not). ``labels``: the names under which paths are shown in problems.
    """
    names = labels or {}
    wanted = None
    if alone and only is not None:
        wanted = [path for path in files if path in only or not path.startswith("procedures/")]
    documents, strays = read_documents(files, names, wanted)
    checking = _Checking(documents, None if only is None else {names.get(path, path) for path in only})
    return checking.run(strays)


@dataclass
class _Draft:
    """A procedure between expanding and the rules."""

    document: ConfigDocument
    tree: Branch
    expanded: dict[str, Any]
    procedure: Procedure
    used: frozenset[tuple[str, str]]
    problems: list[Problem] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()


class _Checking:
    """One run over one folder."""

    def __init__(self, documents: list[ConfigDocument], only: set[str] | None) -> None:
        self._documents = documents
        self._only = only
        common = Collector()
        self._joined: Joined = join(documents, common)
        self._common = common
        self._organisation_document = self._whole_organisation()
        self._organisation = compile_organisation(self._organisation_document)

    def _whole_organisation(self) -> dict[str, Any]:
        document: dict[str, Any] = plain(self._joined.organisation)
        if document:
            document["registers"] = plain(self._joined.shared.registers)
        return document

    def run(self, strays: list[Problem]) -> Checked:
        """Everything, to the end: one broken file never hides another."""
        drafts = [
            self._draft(one, one.tree, one.mark)
            for one in self._documents
            if one.place.kind is FileKind.PROCEDURE and one.tree is not None and one.mark is not None
        ]
        library = self._library(drafts)
        for draft in drafts:
            self._apply_rules(draft, library)
        folder = Collector()
        self._apply_folder_rules(library, drafts, folder)
        shared = [*strays, *self._missing(), *self._common.problems, *folder.problems]
        attribution = Attribution(self._documents, shared)
        checked = {draft.document.place.stem: self._checked(draft, attribution) for draft in drafts}
        everything = {*shared, *(problem for one in self._documents for problem in one.problems)}
        everything.update(problem for draft in drafts for problem in draft.problems)
        return Checked(
            tuple(sorted(self._shown(everything, checked.values()))),
            self._organisation if self._organisation_document else None,
            self._organisation_document,
            self._joined.edition,
            checked,
            attribution.common,
        )

    def _missing(self) -> list[Problem]:
        if any(one.place.kind is FileKind.ORGANISATION for one in self._documents):
            return []
        return [Problem(NO_ORGANISATION, 1, 1, "K02", {"key": "agency", "place": NO_ORGANISATION})]

    def _draft(self, document: ConfigDocument, written: Branch, mark: Mark) -> _Draft:
        collector, shared = Collector(), self._joined.shared
        before, shared.used = shared.used, set()
        tree = expanded_procedure(written, mark, shared, self._organisation_document, collector)
        used = frozenset(shared.used)
        shared.used |= before
        expanded: dict[str, Any] = plain(tree)
        procedure, findings = compile_with_findings(expanded, self._organisation)
        return _Draft(document, tree, expanded, procedure, used, collector.problems, findings)

    def _library(self, drafts: list[_Draft]) -> Library:
        joined = self._joined
        return Library(
            organisation=self._organisation,
            organisation_document=self._organisation_document,
            procedures=tuple(draft.procedure for draft in drafts),
            expanded={draft.document.place.stem: draft.expanded for draft in drafts},
            forms={key: plain(form) for key, form in joined.completed_forms.items()},
            routes={key: plain(route) for key, route in joined.completed_routes.items()},
            documents=plain(joined.shared.documents),
            lists={key: plain(one) for key, one in joined.shared.lists.items()},
            registers=plain(joined.shared.registers),
            prints=plain(joined.shared.prints),
            calendar_years={int(year["year"]): plain(year) for year in joined.calendar if "year" in year},
            used=frozenset(joined.shared.used),
        )

    def _apply_rules(self, draft: _Draft, library: Library) -> None:
        broken = broken_paths(draft.tree)
        subject = Subject(
            draft.procedure,
            draft.expanded,
            library,
            broken,
            filled_by(draft.expanded.get("route", {})),
            lambda path: place_of(draft.tree, path, None)[1],
        )
        collector = Collector()
        for finding in (*draft.findings, *(one for rule in RULES for one in rule(subject))):
            tell_finding(finding, draft.tree, draft.document.mark, broken, collector)
        draft.problems.extend(collector.problems)

    def _apply_folder_rules(self, library: Library, drafts: list[_Draft], collector: Collector) -> None:
        for rule in FOLDER_RULES:
            for finding in rule(library):
                tree, mark = self._named_document(finding.document, drafts)
                if tree is not None:
                    tell_finding(finding, tree, mark, broken_paths(tree), collector)

    def _named_document(self, name: str, drafts: list[_Draft]) -> tuple[Branch | None, Mark | None]:
        joined, shared = self._joined, self._joined.shared
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
            publishable=not blocks_publishing(problems),
        )

    def _shown(self, problems: set[Problem], checked: Iterable[CheckedProcedure]) -> set[Problem]:
        """With ``only``: the problems of those files, and those that concern the procedures among them."""
        if self._only is None:
            return problems
        concerned = {problem for one in checked if one.file in self._only for problem in one.problems}
        return concerned | {problem for problem in problems if problem.file in self._only}


def _first_mark(tree: Branch | None) -> Mark | None:
    return next(iter(tree.marks.values()), None) if tree else None
