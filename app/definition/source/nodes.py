"""What a file says, with the place of every word. Nothing is typed yet: every scalar is text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Span(NamedTuple):
    """Lines and columns from 1, in characters; the end is the place after the last character."""

    line: int
    column: int
    end_line: int
    end_column: int


class _Placed:
    """What every node can tell about its place."""

    __slots__ = ()
    span: Span

    @property
    def line(self) -> int:
        """The line in which it begins, from 1."""
        return self.span.line

    @property
    def column(self) -> int:
        """The column in which it begins, from 1, in characters."""
        return self.span.column


@dataclass(frozen=True, slots=True)
class ScalarNode(_Placed):
    """One word or text. Quoted means written in quotes or as a block (`|`, `>`): certainly meant as text."""

    text: str
    quoted: bool
    span: Span

    @property
    def is_null(self) -> bool:
        """Nothing, `~` or `null`, not in quotes."""
        return not self.quoted and self.text in _NULLS


@dataclass(frozen=True, slots=True)
class SequenceNode(_Placed):
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class MappingNode(_Placed):
    """Keys with their values, in the order of the file, each key once."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    span: Span

    def keys(self) -> tuple[str, ...]:
        """The texts of the keys."""
        return tuple(key.text for key, _ in self.entries)

    def key(self, name: str) -> ScalarNode | None:
        """The key itself, for its place."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def get(self, name: str) -> Node | None:
        """The value under a key."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = ScalarNode | MappingNode | SequenceNode
