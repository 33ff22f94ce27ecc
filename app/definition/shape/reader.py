"""The state of reading one file by the tables: which file, what was found wrong, where."""

from __future__ import annotations

from typing import Any, Final, Protocol, TypeVar

from app.definition.messages.rule import Param
from app.definition.problem import Problem
from app.definition.source import Node, Reading, ScalarNode, near
from app.definition.words import Words

T = TypeVar("T")


class Refused:
    """The one value that says: what stands here cannot be used (a problem says why)."""

    def __repr__(self) -> str:
        return "REFUSED"


REFUSED: Final = Refused()


class Kind(Protocol):
    """What may stand at a key: it reads a node into a plain value and describes itself to people and editors."""

    @property
    def expected(self) -> Words:
        """What is expected here, for messages."""
        ...

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value, or REFUSED when the node cannot be used; everything wrong is told to the reader."""
        ...

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of what may be written here."""
        ...


class Reader:
    """Collects the problems of one file while its tree is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def report(self, rule: str, node: Node, **params: Param) -> None:
        """Note a problem at a node."""
        self.problems.append(Problem(self.file, node.line, node.column, rule, params))

    def unknown_key(self, key: ScalarNode, place: Words, allowed: tuple[str, ...]) -> None:
        """Note a key that is not in the language here, with what may have been meant."""
        self.report("K01", key, key=key.text, place=place, near=near(key.text, allowed), allowed=allowed)

    def take(self, reading: Reading[T]) -> T | Refused:
        """The value of a scalar that was read by the source, with its notes noted."""
        self.problems.extend(note.at(self.file) for note in reading.notes)
        return REFUSED if reading.value is None else reading.value
