"""Whose problem is it: which procedures a mistake in a shared file keeps from being published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.definition.config_tree.documents import ConfigDocument
from app.definition.config_tree.places import FileKind
from app.definition.outline import Outline
from app.definition.problem import Problem
from app.definition.shape.tree import Branch

NO_ORGANISATION = "organisation.yaml"  # where it is told that there is no organisation at all
_DOSSIER_CODE = "dossier-code"  # the register that every procedure uses
# Files that are one piece each, and files that hold several pieces under a key of their own name.
_WHOLE = {FileKind.FORM: "forms", FileKind.ROUTE: "routes", FileKind.LIST: "lists"}
_MANY = {FileKind.DOCUMENTS: "documents", FileKind.PRINTS: "prints", FileKind.REGISTERS: "registers"}
_COMMON = (FileKind.ORGANISATION, FileKind.CALENDAR)


class Attribution:
    """The shared files of a folder with the problems found in them and told by joining them (``everything``)."""

    def __init__(self, documents: Iterable[ConfigDocument], joined: Iterable[Problem]) -> None:
        everything = list(documents)
        self._shared = [one for one in everything if one.place.kind in _WHOLE or one.place.kind in _MANY]
        told = list(joined)
        self.everything = frozenset(told).union(*(one.problems for one in everything))
        self._joined: dict[str, list[Problem]] = {}
        for problem in told:
            self._joined.setdefault(problem.file, []).append(problem)
        common = [one for one in everything if one.place.kind in _COMMON]
        of_all = {problem for one in common for problem in self._of(one)}
        self.common = tuple(sorted(of_all.union(self._joined.get(NO_ORGANISATION, ()))))

    def pieces_of(self, outline: Outline) -> list[ConfigDocument]:
        """The shared files that a procedure takes something from."""
        return [one for one in self._shared if _takes(outline, one)]

    def concerning(self, label: str, outline: Outline) -> Iterator[Problem]:
        """Problems of the pieces a procedure uses, of organisation and calendar; what joining told of its own file."""
        yield from self.common
        yield from self._joined.get(label, ())
        for piece in self.pieces_of(outline):
            yield from (problem for problem in self._of(piece) if _stands_in(problem, piece, outline))

    def _of(self, document: ConfigDocument) -> list[Problem]:
        return [*document.problems, *self._joined.get(document.label, ())]


def _keys(outline: Outline, kind: str) -> frozenset[str]:
    """The keys of one kind of piece that a procedure uses."""
    if kind == "registers":
        return outline.registers | {_DOSSIER_CODE}
    return frozenset(key for one, key in outline.pieces if one == kind)


def _takes(outline: Outline, document: ConfigDocument) -> bool:
    kind = document.place.kind
    if kind in _WHOLE:
        return (_WHOLE[kind], document.place.key) in outline.pieces
    return bool(_spans(document, _MANY[kind], _keys(outline, _MANY[kind])))


def _stands_in(problem: Problem, document: ConfigDocument, outline: Outline) -> bool:
    """In a file of many pieces: whether the problem stands in one of those used, or in none (then it concerns all)."""
    name = _MANY.get(document.place.kind)
    if name is None:
        return True
    inside = _spans(document, name, _all_keys(document, name))
    if not any(first <= problem.line <= last for first, last in inside):
        return True
    return any(first <= problem.line <= last for first, last in _spans(document, name, _keys(outline, name)))


def _all_keys(document: ConfigDocument, name: str) -> frozenset[str]:
    body = document.tree.get(name) if document.tree else None
    return frozenset((*body, *body.refused)) if isinstance(body, Branch) else frozenset()


def _spans(document: ConfigDocument, name: str, keys: frozenset[str]) -> list[tuple[int, int]]:
    """First and last line of each named piece that the file holds."""
    body = document.tree.get(name) if document.tree else None
    marks = [body.marks[key] for key in keys if key in body.marks] if isinstance(body, Branch) else []
    return [((mark.key or mark.node).line, mark.node.span.end_line) for mark in marks]
