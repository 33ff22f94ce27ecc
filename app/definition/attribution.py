"""Whose problem is it: which procedures a mistake in a shared file keeps from being published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from app.definition.config_tree.documents import ConfigDocument
from app.definition.config_tree.places import FileKind
from app.definition.model.procedure import Procedure
from app.definition.problem import Problem
from app.definition.shape.tree import Branch

NO_ORGANISATION = "organisation.yaml"  # where it is told that there is no organisation at all
_DOSSIER_CODE = "dossier-code"  # the register that every procedure uses
# Files that are one piece each, and files that hold several pieces under a key of their own name.
_WHOLE = {FileKind.FORM: "forms", FileKind.ROUTE: "routes", FileKind.LIST: "lists"}
_MANY = {FileKind.DOCUMENTS: "documents", FileKind.PRINTS: "prints", FileKind.REGISTERS: "registers"}
_COMMON = (FileKind.ORGANISATION, FileKind.CALENDAR)


class Use(NamedTuple):
    """What a procedure uses: pieces laid in as (kind, key), and the registers it names."""

    laid_in: frozenset[tuple[str, str]]
    procedure: Procedure

    def keys(self, kind: str) -> frozenset[str]:
        """The keys of one kind of piece."""
        if kind == "registers":
            return _registers(self.procedure)
        return frozenset(key for one, key in self.laid_in if one == kind)


class Attribution:
    """The shared files of a folder with the problems found in them."""

    def __init__(self, documents: Iterable[ConfigDocument], joined: Iterable[Problem]) -> None:
        everything = list(documents)
        self._shared = [one for one in everything if one.place.kind in _WHOLE or one.place.kind in _MANY]
        self._joined: dict[str, list[Problem]] = {}
        for problem in joined:
            self._joined.setdefault(problem.file, []).append(problem)
        common = [one for one in everything if one.place.kind in _COMMON]
        of_all = {problem for one in common for problem in self._of(one)}
        self.common = tuple(sorted(of_all.union(self._joined.get(NO_ORGANISATION, ()))))

    def pieces_of(self, use: Use) -> list[ConfigDocument]:
        """The shared files that a procedure takes something from."""
        return [one for one in self._shared if _takes(use, one)]

    def concerning(self, document: ConfigDocument, pieces: list[ConfigDocument], use: Use) -> Iterator[Problem]:
        """Problems of the procedure's own file, of the pieces it uses, of organisation and calendar."""
        yield from self.common
        yield from self._of(document)
        for piece in pieces:
            yield from (problem for problem in self._of(piece) if _stands_in(problem, piece, use))

    def _of(self, document: ConfigDocument) -> list[Problem]:
        return [*document.problems, *self._joined.get(document.label, ())]


def _takes(use: Use, document: ConfigDocument) -> bool:
    kind = document.place.kind
    if kind in _WHOLE:
        return (_WHOLE[kind], document.place.key) in use.laid_in
    return bool(_spans(document, _MANY[kind], use.keys(_MANY[kind])))


def _stands_in(problem: Problem, document: ConfigDocument, use: Use) -> bool:
    """In a file of many pieces: whether the problem stands in one of those used, or in none (then it concerns all)."""
    name = _MANY.get(document.place.kind)
    if name is None:
        return True
    inside = _spans(document, name, _all_keys(document, name))
    if not any(first <= problem.line <= last for first, last in inside):
        return True
    return any(first <= problem.line <= last for first, last in _spans(document, name, use.keys(name)))


def _registers(procedure: Procedure) -> frozenset[str]:
    names = {result.register for result in procedure.results} | {_DOSSIER_CODE}
    for route in procedure.route.values():
        for step in route.steps:
            names.update(step.register.values() if step.register else ())
    return frozenset(names)


def _all_keys(document: ConfigDocument, name: str) -> frozenset[str]:
    body = document.tree.get(name) if document.tree else None
    return frozenset((*body, *body.refused)) if isinstance(body, Branch) else frozenset()


def _spans(document: ConfigDocument, name: str, keys: frozenset[str]) -> list[tuple[int, int]]:
    """First and last line of each named piece that the file holds."""
    body = document.tree.get(name) if document.tree else None
    marks = [body.marks[key] for key in keys if key in body.marks] if isinstance(body, Branch) else []
    return [((mark.key or mark.node).line, mark.node.span.end_line) for mark in marks]
