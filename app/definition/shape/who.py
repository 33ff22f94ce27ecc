"""The kind of *who*: a party, a list of parties, or all of them in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.definition.compile_who import parse_party, parse_place
from app.definition.shape.reader import REFUSED, Reader
from app.definition.shape.structures import ListOf, refuse
from app.definition.shape.tree import Branch, Mark
from app.definition.source import MappingNode, Node, ScalarNode, SequenceNode
from app.definition.words import Words

_EXPECTED = Words(
    "người làm như officer@agency, reception, applicant", "who, such as officer@agency, reception, applicant"
)
_PLACE_EXPECTED = Words(
    "đơn vị, agency, field.<trường>, type.<loại>", "a unit, agency, field.<field>, type.<type of units>"
)


@dataclass(frozen=True, slots=True)
class PartyKind:
    """One party, as text."""

    expected: Words = _EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The text, when it can be read as a party."""
        if not isinstance(node, ScalarNode) or node.is_null or parse_party(node.text) is None:
            return refuse(reader, node, name, self.expected, f"{name}: officer@agency")
        return node.text

    def schema(self) -> dict[str, Any]:
        """Text in the spelling of a party."""
        examples = ["reception", "applicant", "system", "officer@agency", "head@agency", "leader@authority"]
        return {"type": "string", "examples": examples}


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """A place where roles are held, as text."""

    expected: Words = _PLACE_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The text, when it can be read as a place."""
        if not isinstance(node, ScalarNode) or node.is_null or parse_place(node.text) is None:
            return refuse(reader, node, name, self.expected, f"{name}: field.unit")
        return node.text

    def schema(self) -> dict[str, Any]:
        """Text in the spelling of a place."""
        return {"type": "string", "examples": ["agency", "authority", "reception", "field.unit", "type.one-stop"]}


@dataclass(frozen=True, slots=True)
class WhoKind:
    """Any one of the parties, or ``{all: […]}``: each in turn."""

    expected: Words = _EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Text, list of texts or ``{all: […]}``."""
        if isinstance(node, ScalarNode):
            return PartyKind().read(node, name, reader)
        if isinstance(node, SequenceNode):
            return _filled(ListOf(PartyKind()).read(node, name, reader), node, name, reader)
        if not isinstance(node, MappingNode) or node.keys() != ("all",):
            return refuse(reader, node, name, self.expected, f"{name}: {{all: [officer@agency, head@agency]}}")
        key, listed = node.entries[0]
        value = _filled(ListOf(PartyKind()).read(listed, "all", reader), listed, "all", reader)
        if value is REFUSED:
            return REFUSED
        branch = Branch()
        branch.put("all", value, Mark(reader.file, listed, key))
        return branch

    def schema(self) -> dict[str, Any]:
        """The three spellings."""
        party = PartyKind().schema()
        parties = {"type": "array", "items": party, "minItems": 1}
        every = {"type": "object", "properties": {"all": parties}, "required": ["all"], "additionalProperties": False}
        return {"anyOf": [party, parties, every]}


def _filled(value: Any, node: Node, name: str, reader: Reader) -> Any:
    if value is not REFUSED and not value:
        return REFUSED if value.lossy else refuse(reader, node, name, _EXPECTED, f"{name}: officer@agency")
    return value
