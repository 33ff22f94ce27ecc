"""The key ``allow`` of a step: conduct offered there, each with its own rules where it has some."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.definition.shape.reader import REFUSED, Kind, Reader
from app.definition.shape.scalars import OneOf
from app.definition.shape.structures import refuse
from app.definition.shape.tables.conduct import RULES_OF
from app.definition.shape.tree import Branch, Mark
from app.definition.source import MappingNode, Node, ScalarNode, SequenceNode
from app.definition.words import Words

_EXPECTED = Words("danh sách như [supplement, refuse]", "a list such as [supplement, refuse]")
_NAME = OneOf(tuple(RULES_OF))


@dataclass(frozen=True, slots=True)
class Allow:
    """``allow``: names of conduct, or ``{name: {overrides}}``; always read as a mapping of names to overrides."""

    expected: Words = _EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """Names with their overrides."""
        if not isinstance(node, SequenceNode):
            return refuse(reader, node, name, self.expected, f"{name}: [supplement, refuse]")
        branch = Branch()
        for item in node.items:
            self._item(branch, item, name, reader)
        return branch

    def _item(self, branch: Branch, item: Node, name: str, reader: Reader) -> None:
        if isinstance(item, MappingNode):
            for key, rules in item.entries:
                self._one(branch, key, rules, name, reader)
        else:
            self._one(branch, item, None, name, reader)

    def _one(self, branch: Branch, key: Node, rules: Node | None, name: str, reader: Reader) -> None:
        word = _NAME.read(key, name, reader)
        if word not in RULES_OF:
            return
        if word in branch:
            reader.report("K11", key, key=word, n=branch.marks[word].node.line)
            return
        over = Branch() if rules is None else RULES_OF[word].read(rules, word, reader)
        if over is not REFUSED:
            branch.put(word, over, Mark(reader.file, rules or key, key if isinstance(key, ScalarNode) else None))

    def schema(self) -> dict[str, Any]:
        """A list of names or of names with overrides."""
        overrides = {word: record.schema() for word, record in RULES_OF.items()}
        with_rules = {"type": "object", "properties": overrides, "additionalProperties": False}
        return {"type": "array", "items": {"anyOf": [{"enum": list(RULES_OF)}, with_rules]}}

    def parts(self) -> tuple[Kind, ...]:
        """The records of the overrides."""
        return tuple(RULES_OF.values())
