"""The tree of a text and the words of an occasion → the lines of the paper. Nothing inside a value is ever read."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.definition.model.print_text import Each, Filled, Part, Plain
from app.definition.print_names import ROW_NUMBER
from app.operations.prints.words import PrintWords, Row

_ITEM = re.compile(r"\s*(?P<marker>[-+•–]|\d+[.)]|[a-zđ]\))\s+")


class _Piece(NamedTuple):
    """A stretch of the text: of its author, or a value (``is_value``), whose line breaks end no line of the text."""

    text: str
    is_value: bool = False


def lines_of(parts: tuple[Part, ...], words: PrintWords) -> list[dict[str, Any]]:
    """The lines that have something on them: ``{"text"}``, and ``{"marker", "text"}`` for the items of a list."""
    lines: list[list[_Piece]] = [[]]
    for piece in _pieces(parts, words):
        if piece.is_value:
            lines[-1].append(piece)
            continue
        first, *others = piece.text.split("\n")
        lines[-1].append(_Piece(first))
        lines.extend([_Piece(other)] for other in others)
    return [line for pieces in lines if (line := _line(pieces))]


def _line(pieces: list[_Piece]) -> dict[str, Any] | None:
    """A line; its author's own words say whether it is an item, never a value that begins with a dash."""
    text = "".join(piece.text for piece in pieces).strip()
    if not text:
        return None
    begun = ""
    for piece in pieces:
        if piece.is_value:
            break
        begun += piece.text
    found = _ITEM.match(begun)
    if found is None:
        return {"text": text}
    return {"marker": found["marker"], "text": text[len(begun[: found.end()].lstrip()) :].lstrip()}


def _pieces(parts: tuple[Part, ...], words: PrintWords, table: str = "", row: Row | None = None) -> Iterator[_Piece]:
    for part in parts:
        if isinstance(part, Plain):
            yield _Piece(part.text)
        elif isinstance(part, Filled):
            yield _filled(part, words, table, row)
        elif isinstance(part, Each):
            for number, one in enumerate(words.rows(part), start=1):
                yield from _pieces(part.parts, words, part.table, {ROW_NUMBER: number, **one})
        elif part.condition.evaluate(words, row) is True:
            yield from _pieces(part.parts, words, table, row)


def _filled(place: Filled, words: PrintWords, table: str, row: Row | None) -> _Piece:
    if place.name == ROW_NUMBER and row is not None and not words.has_column(table, ROW_NUMBER):
        return _Piece(str(row[ROW_NUMBER]))  # counted by the platform: it may mark an item
    return _Piece(words.text(place.name, table, row), is_value=True)
