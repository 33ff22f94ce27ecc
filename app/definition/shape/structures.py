"""Kinds made of other kinds: lists, maps, choices, and what may be written in a short and in a long way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.definition.shape.reader import REFUSED, Kind, Reader
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.source import KeyFlavour, MappingNode, Node, ScalarNode, SequenceNode, found_in, read_key
from app.definition.words import Words

Schema = dict[str, Any]
NOTES: Schema = {"^x-": {}}


def refuse(reader: Reader, node: Node, name: str, expected: Words, example: str = "") -> Any:
    """Say that something of another kind must stand here."""
    extra = {"example": example} if example else {}
    reader.report("K03", node, key=name, expected=expected, found=found_in(node), **extra)
    return REFUSED


def is_note(key: ScalarNode) -> bool:
    """A note of the author (``x-…``): it may stand in any mapping and means nothing to the machine."""
    return key.text.startswith("x-")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. ``unique``: the key of its items that must differ. ``one``: a single item may stand without the list."""

    item: Kind
    unique: str = ""
    one: bool = False

    @property
    def expected(self) -> Words:
        """A list of what."""
        return Words(f"danh sách [{self.item.expected.vi}]", f"a list of [{self.item.expected.en}]")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Every item that can be used, with its place."""
        if self.one and not isinstance(node, SequenceNode):
            value = self.item.read(node, name, reader)
            twig = Twig()
            if value is REFUSED:
                return REFUSED
            twig.add(value, Mark(reader.file, node))
            return twig
        if not isinstance(node, SequenceNode):
            return refuse(reader, node, name, self.expected, _as_list(node, name))
        twig = Twig()
        for item in node.items:
            value = self.item.read(item, name, reader)
            if value is REFUSED:
                twig.lossy = True
            else:
                twig.add(value, Mark(reader.file, item))
        if self.unique:
            _tell_doubles(twig, self.unique, reader)
        return twig

    def schema(self) -> Schema:
        """An array, or one item where that is enough."""
        array: Schema = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [self.item.schema(), array]} if self.one else array

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return (self.item,)


def _as_list(node: Node, name: str) -> str:
    return f"{name}: [{node.text}]" if isinstance(node, ScalarNode) and not node.is_null else f"{name}: [ … ]"


def _tell_doubles(twig: Twig, key: str, reader: Reader) -> None:
    first: dict[str, Mark] = {}
    for item in twig:
        mark = item.marks.get(key) if isinstance(item, Branch) and key in item else None
        if mark is None:
            continue
        word = str(item[key])
        if word in first:
            reader.report("K11", mark.node, key=word, n=first[word].node.line)
        first.setdefault(word, mark)


@dataclass(frozen=True, slots=True)
class MapOf:
    """Named things in the order they are written. ``flavour``: how the names are spelled; None: any text."""

    value: Kind
    flavour: KeyFlavour | None = KeyFlavour.NAME
    dotted: bool = False

    @property
    def expected(self) -> Words:
        """A mapping of names."""
        return Words("các mục dạng tên: giá trị", "entries such as name: value")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Every entry that can be used, with its place."""
        if not isinstance(node, MappingNode):
            return refuse(reader, node, name, self.expected)
        branch = Branch()
        for key, value_node in node.entries:
            if is_note(key):
                continue
            if self.flavour is not None and not (self.dotted and "." in key.text):
                reader.take(read_key(key, name, self.flavour))
            value = self.value.read(value_node, key.text, reader)
            mark = Mark(reader.file, value_node, key)
            if value is REFUSED:
                branch.refused.add(key.text)
                branch.marks[key.text] = mark
            else:
                branch.put(key.text, value, mark)
        return branch

    def schema(self) -> Schema:
        """An object with free names."""
        return {"type": "object", "patternProperties": NOTES, "additionalProperties": self.value.schema()}

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return (self.value,)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may depend on the case: written alone, or as default and cases. Always read into the long form."""

    inner: Kind
    expression: Kind
    why: Kind

    @property
    def expected(self) -> Words:
        """What the value itself must be."""
        return self.inner.expected

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """``{default, cases}``."""
        if isinstance(node, MappingNode) and {"default", "cases"}.intersection(node.keys()):
            return self._long(node, name, reader)
        value = self.inner.read(node, name, reader)
        if value is REFUSED:
            return REFUSED
        branch = Branch()
        branch.put("default", value, Mark(reader.file, node))
        branch.put("cases", Twig(), None)
        return branch

    def _long(self, node: MappingNode, name: str, reader: Reader) -> Any:
        branch = Branch()
        branch.put("cases", Twig(), None)
        for key, value_node in node.entries:
            if is_note(key):
                continue
            mark = Mark(reader.file, value_node, key)
            if key.text == "default":
                value = self.inner.read(value_node, name, reader)
            elif key.text == "cases":
                value = ListOf(CaseKind(self)).read(value_node, "cases", reader)
            else:
                reader.unknown_key(key, Words(f'"{name}"', f'"{name}"'), ("default", "cases"))
                continue
            if value is REFUSED:
                branch.refused.add(key.text)
            else:
                branch.put(key.text, value, mark)
        return branch

    def case(self) -> CaseKind:
        """One line of its cases, for the record that spells ``default`` and ``cases`` out itself."""
        return CaseKind(self)

    def schema(self) -> Schema:
        """The value, or default and cases."""
        case = {
            "type": "object",
            "properties": {"when": self.expression.schema(), "is": self.inner.schema(), "why": self.why.schema()},
            "required": ["when", "is"],
            "patternProperties": NOTES,
            "additionalProperties": False,
        }
        long = {
            "type": "object",
            "properties": {"default": self.inner.schema(), "cases": {"type": "array", "items": case}},
            "anyOf": [{"required": ["default"]}, {"required": ["cases"]}],
            "patternProperties": NOTES,
            "additionalProperties": False,
        }
        return {"anyOf": [self.inner.schema(), long]}

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return (self.inner,)


@dataclass(frozen=True, slots=True)
class CaseKind:
    """One line of ``cases``."""

    choice: Choice

    @property
    def expected(self) -> Words:
        """The form of a case."""
        return Words("trường hợp dạng {when: …, is: …}", "a case such as {when: …, is: …}")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """``{when, is, why?}``; a case without condition or value is told and left out."""
        if not isinstance(node, MappingNode):
            return refuse(reader, node, name, self.expected)
        kinds = {"when": self.choice.expression, "is": self.choice.inner, "why": self.choice.why}
        branch = Branch()
        for key, value_node in node.entries:
            if is_note(key):
                continue
            if key.text not in kinds:
                reader.unknown_key(key, Words("một trường hợp", "a case"), tuple(kinds))
                continue
            value = kinds[key.text].read(value_node, key.text, reader)
            if value is REFUSED:
                branch.refused.add(key.text)
            else:
                branch.put(key.text, value, Mark(reader.file, value_node, key))
        for needed in ("when", "is"):
            if needed not in branch and needed not in branch.refused:
                reader.report("K02", node, key=needed, place=Words("một trường hợp", "a case"))
        return branch if "when" in branch and "is" in branch else REFUSED

    def schema(self) -> Schema:
        """Described with the choice."""
        return {}


@dataclass(frozen=True, slots=True)
class Either:
    """What may be written as a single value, a list or a mapping."""

    expected: Words
    scalar: Kind | None = None
    list: Kind | None = None
    mapping: Kind | None = None

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Read by the spelling that is there."""
        kind = self.of_node(node)
        return refuse(reader, node, name, self.expected) if kind is None else kind.read(node, name, reader)

    def of_node(self, node: Node) -> Kind | None:
        """The kind for this spelling."""
        if isinstance(node, ScalarNode):
            return None if node.is_null else self.scalar
        return self.list if isinstance(node, SequenceNode) else self.mapping

    def schema(self) -> Schema:
        """Any of the spellings."""
        return {"anyOf": [kind.schema() for kind in self.parts()]}

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return tuple(kind for kind in (self.scalar, self.list, self.mapping) if kind is not None)


@dataclass(frozen=True, slots=True)
class WordOr:
    """A word with a meaning of its own (``none``), or a value of another kind."""

    words: tuple[str, ...]
    other: Kind

    @property
    def expected(self) -> Words:
        """The word or the other."""
        listed = ", ".join(self.words)
        return Words(f"{listed} hoặc {self.other.expected.vi}", f"{listed} or {self.other.expected.en}")

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The word itself, or the other value."""
        if isinstance(node, ScalarNode) and node.text in self.words:
            return node.text
        return self.other.read(node, name, reader)

    def schema(self) -> Schema:
        """Either."""
        return {"anyOf": [{"enum": list(self.words)}, self.other.schema()]}

    def parts(self) -> tuple[Kind, ...]:
        """The kind inside."""
        return (self.other,)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A short spelling that stands for a longer one: the value is read, then put into its long form."""

    inner: Kind
    long_form: Callable[[Any, Mark], Any]

    @property
    def expected(self) -> Words:
        """As inside."""
        return self.inner.expected

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The long form."""
        value = self.inner.read(node, name, reader)
        return REFUSED if value is REFUSED else self.long_form(value, Mark(reader.file, node))

    def schema(self) -> Schema:
        """The short spelling."""
        return self.inner.schema()

    def parts(self) -> tuple[Kind, ...]:
        """The kinds inside."""
        return (self.inner,)


def under(key: str, **others: Any) -> Callable[[Any, Mark], Branch]:
    """A long form: a mapping with the short value under a key."""

    def long_form(value: Any, mark: Mark) -> Branch:
        branch = Branch()
        for other, constant in others.items():
            branch.put(other, constant, None)
        branch.put(key, value, mark)
        return branch

    return long_form
