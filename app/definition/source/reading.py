"""What comes of reading one scalar as the type its key asks for: a value, notes about it, or both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.definition.problem import Param, Problem, Severity, Words
from app.definition.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, Span
from app.vietnamese.spelling import nearest

T_co = TypeVar("T_co", covariant=True)

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Note:
    """A problem that does not know its file yet."""

    rule: str
    span: Span
    params: Mapping[str, Param]
    level: Severity | None = None

    def at(self, file: str) -> Problem:
        """The problem in that file."""
        return Problem(file, self.span.line, self.span.column, self.rule, self.params, self.level)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T_co]):
    """The value, or None if there is none to work with; and what is to be said about it."""

    value: T_co | None
    notes: tuple[Note, ...] = ()


def wrong_type(node: Node, name: str, expected: Words, example: str = "") -> Note:
    """K03: what the key takes and what stands there instead."""
    params: dict[str, Param] = {"key": name, "expected": expected, "found": found_in(node)}
    if example:
        params["example"] = f"{name}: {example}"
    return Note("K03", node.span, params)


def found_in(node: Node) -> Words:
    """How a value is called in a message."""
    if isinstance(node, MappingNode):
        return Words("một nhóm khóa", "a mapping of keys")
    if isinstance(node, SequenceNode):
        return Words("một danh sách", "a list")
    if node.is_null or not node.text:
        return Words("trống", "nothing")
    text = clipped(node.text)
    return (
        Words(f'chữ trong ngoặc "{text}"', f'text in quotes "{text}"')
        if node.quoted
        else Words(f'"{text}"', f'"{text}"')
    )


def clipped(text: str) -> str:
    """At most a few words of a text, for messages."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def near(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The three names most like a mistyped one, best first."""
    return tuple(nearest(word, known))


def scalar(node: Node) -> ScalarNode | None:
    """The node, if it is a scalar with something in it."""
    return node if isinstance(node, ScalarNode) and not node.is_null else None
