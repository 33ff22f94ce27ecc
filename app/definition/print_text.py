"""Reads the text of a print once, into a small tree: words, places to be filled in, rows, and parts on a condition.

A line is a paragraph, as it is typed. A long line that ends in the middle of a sentence, with a word or a comma, was
only wrapped by its author and goes on in the next one. A line that holds nothing but the sign of a block leaves no
empty line behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from app.definition.expression import Expression
from app.definition.model.print_text import Each, Filled, Part, Plain, When

WRAPPED = 72
_SIGN = re.compile(r"\{(?P<inside>[^{}\n]*)\}")
_ALONE = re.compile(r"(?m)^[ \t]*(\{(?:#(?:each|when)\b[^{}\n]*|/(?:each|when))\})[ \t]*(?:\n|\Z)")
_ITEM = re.compile(r"\s*(?:[-+•–]|\d+[.)]|[a-zđ]\)|\{n\}[.)])\s")
_BLOCK = re.compile(r"\{[#/][^{}\n]*\}")
_ENDS = (".", ":", ";", "!", "?", "…", "/", "}")
# (condition, its place in the text, tables in view) → the condition as a value
ReadCondition = Callable[[str, int, tuple[str, ...]], Expression]


class TextFault(NamedTuple):
    """A block that is not closed, closes nothing, or cannot stand there; ``offset`` is its place in the text."""

    block: str
    offset: int


class ParsedText(NamedTuple):
    """The tree, and the faults; a text with faults still gives a tree, so that every placeholder is looked at."""

    parts: tuple[Part, ...]
    faults: tuple[TextFault, ...]


@dataclass
class _Open:
    """A block that waits for its end."""

    block: str
    offset: int
    words: str = ""  # the table, or the condition
    at: int = 0  # where the words begin
    parts: list[Part] = field(default_factory=list)


def parse_print_text(body: str, read_condition: ReadCondition) -> ParsedText:
    """The tree of a text; ``read_condition`` makes a value of each condition."""
    reading = _Reading(read_condition)
    place = 0
    text = _unwrapped(body)
    swallowed = {found.start(1): (found.start(), found.end()) for found in _ALONE.finditer(text)}
    for match in _SIGN.finditer(text):
        before, after = swallowed.get(match.start(), (match.start(), match.end()))
        reading.plain(text[place : max(place, before)])
        reading.sign(match["inside"], match.start())
        place = after
    reading.plain(text[place:])
    return reading.result()


def _unwrapped(body: str) -> str:
    """The same text, character for character, with the author's line breaks inside a sentence turned into spaces."""
    lines = body.split("\n")
    joined = lines[0]
    for line, following in pairwise(lines):
        joined += (" " if _goes_on(line, following) else "\n") + following
    return joined


def _goes_on(line: str, following: str) -> bool:
    if len(_BLOCK.sub("", line)) < WRAPPED or line.rstrip().endswith(_ENDS) or not following.strip():
        return False
    return not (_ALONE.match(line) or _ALONE.match(following) or _ITEM.match(following))


class _Reading:
    """One text while it is being read."""

    def __init__(self, read_condition: ReadCondition) -> None:
        self._read_condition = read_condition
        self._open = [_Open("", 0)]
        self._faults: list[TextFault] = []

    def plain(self, text: str) -> None:
        if text:
            self._open[-1].parts.append(Plain(text))

    def sign(self, inside: str, offset: int) -> None:
        word, _, words = inside.strip().partition(" ")
        if word in ("#each", "#when"):
            self._begin(word[1:], inside, words.strip(), offset)
        elif word in ("/each", "/when") and not words:
            self._end(word[1:], offset)
        elif word.startswith(("#", "/")):
            self._faults.append(TextFault(f"{{{inside}}}", offset))
        else:
            self._open[-1].parts.append(Filled(inside.strip(), offset))

    def _begin(self, block: str, inside: str, words: str, offset: int) -> None:
        if not words or (block == "each" and (" " in words or self._tables())):
            self._faults.append(TextFault(f"{{{inside}}}", offset))
        self._open.append(_Open(block, offset, words, offset + 1 + inside.find(words, len(block) + 1)))

    def _end(self, block: str, offset: int) -> None:
        if self._open[-1].block != block:
            self._faults.append(TextFault(f"{{/{block}}}", offset))
            return
        self._close(self._open.pop())

    def _close(self, one: _Open) -> None:
        parts, around = tuple(one.parts), self._open[-1].parts
        if one.block == "each":
            around.append(Each(one.words, parts, one.offset))
        elif one.words:
            around.append(When(self._read_condition(one.words, one.at, self._tables()), parts))

    def _tables(self) -> tuple[str, ...]:
        return tuple(one.words for one in self._open if one.block == "each")

    def result(self) -> ParsedText:
        while len(self._open) > 1:
            unclosed = self._open.pop()
            self._faults.append(TextFault(f"{{#{unclosed.block} {unclosed.words}}}", unclosed.offset))
            self._close(unclosed)
        return ParsedText(tuple(self._open[0].parts), tuple(sorted(self._faults, key=lambda fault: fault.offset)))
