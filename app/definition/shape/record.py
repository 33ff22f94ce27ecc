"""A mapping with known keys: one row per key of the language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.definition.shape.reader import REFUSED, Kind, Reader
from app.definition.shape.scalars import Literal
from app.definition.shape.structures import NOTES, is_note, refuse
from app.definition.shape.tree import Branch, Mark
from app.definition.source import MappingNode, Node, ScalarNode
from app.definition.words import Words

Schema = dict[str, Any]
# A default that follows from the other keys of the same mapping.
Derived = Callable[[Branch], Any]


@dataclass(frozen=True)
class Row:
    """One key: what may stand there, what it means, what holds without it.

    ``later``: the room that will read it, while nothing does; it is refused. ``only``: the types (or kinds) on which it
    has an effect. ``required``: True, or the (key, value) of the same mapping under which it is.
    """

    key: str
    kind: Kind
    vi: str
    en: str
    required: bool | tuple[str, str] = False
    default: Any = None
    later: Words | None = None
    only: frozenset[str] = frozenset()
    example: str = ""

    @cached_property
    def is_plain(self) -> bool:
        """Whether the default is one word, flag or number, and the key may be left out."""
        return isinstance(self.default, str | int) and not self.required


@dataclass(frozen=True)
class Record:
    """A mapping with known keys. ``names``: the key of it that tells one from another in messages."""

    name: str
    words: Words
    rows: tuple[Row, ...]
    names: str = ""
    short: str = ""  # the key that a bare value stands for
    exclusive: tuple[tuple[str, str], ...] = ()
    type_key: str = "type"
    laid_over: bool = False  # may stand for a few keys only, laid over a shared piece; editors then demand none
    extra: Kind | None = None  # reads keys that the file itself declares (columns of an option list)

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """The rows by their key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def completing(self) -> tuple[tuple[Row, bool], ...]:
        """The rows in their order, each with whether it says anything of a mapping in which it is not written."""
        return tuple((row, bool(row.required) or row.default is not None) for row in self.rows)

    @property
    def expected(self) -> Words:
        """What must stand here."""
        shape = "{" + ", ".join(f"{row.key}: …" for row in self.rows[:2]) + ", …}"
        return Words(f"{self.words.vi} dạng {shape}", f"{self.words.en} such as {shape}")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Every key that can be used, in the order written, with its place."""
        if self.short and isinstance(node, ScalarNode) and not node.is_null:
            return self._short(node, reader)
        if not isinstance(node, MappingNode):
            return refuse(reader, node, name, self.expected)
        branch = Branch()
        for key, value_node in node.entries:
            row = self.by_key.get(key.text)
            if row is None or row.later is not None:
                self._odd_entry(branch, key, value_node, node, reader)
                continue
            value = row.kind.read(value_node, key.text, reader)
            branch.marks[key.text] = Mark(reader.file, value_node, key)
            if value is REFUSED:
                branch.refused.add(key.text)
            else:
                branch[key.text] = value
        self._tell_exclusive(branch, reader)
        return branch

    def place(self, node: MappingNode) -> Words:
        """How messages call this mapping: `bước "appraise"`."""
        named = node.get(self.names) if self.names else None
        suffix = f' "{named.text}"' if isinstance(named, ScalarNode) and named.text else ""
        return Words(self.words.vi + suffix, self.words.en + suffix)

    def _short(self, node: ScalarNode, reader: Reader) -> Any:
        value = self.by_key[self.short].kind.read(node, self.short, reader)
        if value is REFUSED:
            return REFUSED
        branch = Branch()
        branch.put(self.short, value, Mark(reader.file, node))
        return branch

    def _odd_entry(self, branch: Branch, key: ScalarNode, node: Node, holder: MappingNode, reader: Reader) -> None:
        """A key that is a note, is declared by the file, does not run yet, or does not exist."""
        mark = Mark(reader.file, node, key)
        if is_note(key):
            branch.put(key.text, Literal().read(node, key.text, reader), mark)
        elif (row := self.by_key.get(key.text)) is not None and row.later is not None:
            reader.report("K13", key, key=key.text, room=row.later)
            branch.refused.add(key.text)
        elif self.extra is not None:
            branch.put(key.text, self.extra.read(node, key.text, reader), mark)
        else:
            allowed = tuple(row.key for row in self.rows if not row.later)
            reader.unknown_key(key, self.place(holder), allowed)

    def _tell_exclusive(self, branch: Branch, reader: Reader) -> None:
        for one, other in self.exclusive:
            if one in branch and other in branch:
                reader.report("K07", branch.marks[other].key or branch.marks[other].node, a=one, b=other)

    def schema(self) -> Schema:
        """A reference to its definition."""
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> Schema:
        """The object itself, described for editors in Vietnamese."""
        rows = [row for row in self.rows if not row.later]
        properties = {row.key: _described(row) for row in rows}
        body: Schema = {
            "type": "object",
            "description": self.words.vi,
            "properties": properties,
            "patternProperties": NOTES,
            "additionalProperties": False if self.extra is None else self.extra.schema(),
            "required": [row.key for row in rows if row.required is True and not self.laid_over],
        }
        return {"anyOf": [self.by_key[self.short].kind.schema(), body]} if self.short else body

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return tuple(row.kind for row in self.rows if not row.later)


def _described(row: Row) -> Schema:
    schema = dict(row.kind.schema())
    schema["description"] = row.vi
    if row.default is not None and not callable(row.default):
        schema["default"] = row.default
    if row.example:
        schema["examples"] = [row.example]
    return schema


@dataclass(frozen=True)
class Switch:
    """One of several records, told apart by a key that only one of them has."""

    cases: tuple[tuple[str, Record], ...]
    otherwise: Record

    @property
    def expected(self) -> Words:
        """As the ordinary one."""
        return self.otherwise.expected

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Read by the record whose key is there."""
        keys = node.keys() if isinstance(node, MappingNode) else ()
        return self.of(keys).read(node, name, reader)

    def of(self, keys: Any) -> Record:
        """The record for these keys."""
        return next((record for key, record in self.cases if key in keys), self.otherwise)

    def schema(self) -> Schema:
        """Any of them."""
        return {"anyOf": [record.schema() for record in self.parts()]}

    def parts(self) -> tuple[Record, ...]:
        """The records."""
        return (*(record for _, record in self.cases), self.otherwise)


@dataclass(frozen=True)
class Deferred:
    """A kind named before it is defined (groups of documents hold documents and groups)."""

    get: Callable[[], Kind]

    @property
    def expected(self) -> Words:
        """As there."""
        return self.get().expected

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """As there."""
        return self.get().read(node, name, reader)

    def schema(self) -> Schema:
        """As there."""
        return self.get().schema()

    def parts(self) -> tuple[Kind, ...]:
        """The kind itself."""
        return (self.get(),)
