"""Kinds of single values: text, key, flag, number, date, word of a closed list, duration, expression, literal."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.problem import Param, Problem
from app.definition.shape.offsets import place_of_offset
from app.definition.shape.reader import REFUSED, Reader
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.source import (
    KeyFlavour,
    MappingNode,
    Node,
    ScalarNode,
    found_in,
    near,
    read_code,
    read_date,
    read_decimal,
    read_flag,
    read_integer,
    read_key,
    read_moment,
    read_text,
    read_time,
)
from app.definition.words import Words

Schema = dict[str, Any]
_TEXT_EXPECTED = Words("chữ", "text")
_CODE_EXPECTED = Words("mã trong dấu nháy", "a code in quotes")
_KEY_EXPECTED = Words("một khóa như appraise", "a key such as appraise")
_FLAG_EXPECTED = Words("true hoặc false", "true or false")
_INTEGER_EXPECTED = Words("số nguyên", "a whole number")
_PERCENT_EXPECTED = Words("số phần trăm như 5 hoặc 0.5%", "a percentage such as 5 or 0.5%")
_MOMENT_EXPECTED = Words("ngày giờ", "a date or time")
_DURATION_TEXT_EXPECTED = Words("thời gian như 5 working days", "a duration such as 5 working days")
_EXPRESSION_EXPECTED = Words("một biểu thức như area > 100", "an expression such as area > 100")
_LITERAL_EXPECTED = Words("một giá trị", "a value")
MOST_LISTED = 12  # words worth listing in a cure
_BLOCK = re.compile(r"\{(#each|#when)\s[^{}]*\}|\{/(each|when)\}")


def _without_blocks(node: Node) -> Node:
    """The text without the blocks that prints understand, so that only foreign templates are told."""
    if not isinstance(node, ScalarNode):
        return node
    return ScalarNode(_BLOCK.sub(" ", node.text), node.quoted, node.span)


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, on one line unless ``lines``."""

    limit: int = 300
    lines: bool = False
    interpreted: bool = False  # placeholders in braces mean something here (prints)
    empty: bool = False
    expected: Words = _TEXT_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The text in NFC."""
        if self.empty and isinstance(node, ScalarNode) and node.quoted and not node.text:
            return ""
        seen = _without_blocks(node) if self.interpreted else node
        text = reader.take(read_text(seen, name, limit=self.limit, many_lines=self.lines, interpreted=self.interpreted))
        return (
            node.text.rstrip("\n")
            if self.interpreted and isinstance(node, ScalarNode) and text is not REFUSED
            else text
        )

    def schema(self) -> Schema:
        """Any scalar: what looks like a number is text here too."""
        return {"type": ["string", "number", "boolean"], "maxLength": self.limit}


@dataclass(frozen=True, slots=True)
class Code:
    """A code that must stay text (``"1.004220"``): warned about when written without quotes."""

    expected: Words = _CODE_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The code as written."""
        return reader.take(read_code(node, name))

    def schema(self) -> Schema:
        """Text, so that editors warn about a bare number."""
        return {"type": "string", "maxLength": 60}


@dataclass(frozen=True, slots=True)
class Key:
    """A natural key."""

    flavour: KeyFlavour = KeyFlavour.NAME
    dotted: bool = False  # "table.column" is possible
    expected: Words = _KEY_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The key; a badly spelled one is told and kept, so that references to it still match."""
        if self.dotted and isinstance(node, ScalarNode) and "." in node.text:
            return node.text
        reading = reader.take(read_key(node, name, self.flavour))
        return node.text if reading is REFUSED and isinstance(node, ScalarNode) and not node.is_null else reading

    def schema(self) -> Schema:
        """The shape of the key as a pattern."""
        if self.flavour is KeyFlavour.PATH:
            return {"type": "string", "pattern": "^[a-z][a-z0-9_-]*/[a-z][a-z0-9_-]*$"}
        if self.flavour is KeyFlavour.FILE:
            return {"type": "string", "pattern": "^[a-z][a-z0-9_-]{0,59}$"}
        return {"type": "string", "pattern": f"^[a-z][a-z0-9_{'.' if self.dotted else ''}]{{0,80}}$"}


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""

    expected: Words = _FLAG_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The flag; yes, no, on, off are refused with the fix."""
        return reader.take(read_flag(node, name))

    def schema(self) -> Schema:
        """A boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number between bounds."""

    least: int | None = None
    most: int | None = None
    expected: Words = _INTEGER_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The number."""
        return reader.take(read_integer(node, name, least=self.least, most=self.most))

    def schema(self) -> Schema:
        """An integer with its bounds."""
        bounds = {"minimum": self.least, "maximum": self.most}
        return {"type": "integer", **{key: bound for key, bound in bounds.items() if bound is not None}}


@dataclass(frozen=True, slots=True)
class Percent:
    """A number of percent, with or without the sign: ``5``, ``0.5%``. Kept as decimal text."""

    expected: Words = _PERCENT_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The number as text, without the sign."""
        if isinstance(node, ScalarNode) and not node.is_null and node.text.endswith("%"):
            node = ScalarNode(node.text[:-1].rstrip(), False, node.span)
        number = reader.take(read_decimal(node, name, least=0, most=100))
        return number if number is REFUSED else f"{number:f}"

    def schema(self) -> Schema:
        """A number, or text with the sign."""
        return {"type": ["number", "string"]}


def _spelled(read: Callable[..., Any], spell: Callable[[Any], str]) -> Callable[[Node, str, Reader], Any]:
    def reading(node: Node, name: str, reader: Reader) -> Any:
        value = reader.take(read(node, name))
        return value if value is REFUSED else spell(value)

    return reading


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a moment or a time of day, kept as ISO text; ``due`` is a moment, or a day where the hour is left open."""

    of: str = "date"  # date | moment | time | due
    expected: Words = _MOMENT_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """ISO text: ``2025-07-01``, ``2025-07-01 09:00``, ``15:00``."""
        return _MOMENT_READERS[self.of](node, name, reader)

    def schema(self) -> Schema:
        """Text in the one spelling."""
        return {"type": "string", "pattern": _MOMENT_PATTERNS[self.of]}


_read_day = _spelled(read_date, lambda day: str(day.isoformat()))
_read_minute = _spelled(read_moment, lambda moment: f"{moment:%Y-%m-%d %H:%M}")


def _read_due(node: Node, name: str, reader: Reader) -> Any:
    is_day = isinstance(node, ScalarNode) and len(node.text) == len("2025-07-01")
    return (_read_day if is_day else _read_minute)(node, name, reader)


_MOMENT_READERS = {
    "date": _read_day,
    "moment": _read_minute,
    "time": _spelled(read_time, lambda time: f"{time:%H:%M}"),
    "due": _read_due,
}
_DAY = r"\d{4}-\d{2}-\d{2}"
_MOMENT_PATTERNS = {"date": f"^{_DAY}$", "moment": rf"^{_DAY} \d{{2}}:\d{{2}}$", "time": r"^\d{2}:\d{2}$"}
_MOMENT_PATTERNS["due"] = rf"^{_DAY}( \d{{2}}:\d{{2}})?$"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word of a closed list. ``later``: words that nothing runs yet, each with the room missing."""

    allowed: tuple[str, ...]
    later: dict[str, Words] = field(default_factory=dict, hash=False)
    prefixes: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict, hash=False)  # what each word means, for editors

    @property
    def expected(self) -> Words:
        """The words themselves."""
        vi, en = "một trong: ", "one of: "
        listed = ", ".join(self.allowed + tuple(f"{prefix}<…>" for prefix in self.prefixes))
        return Words(vi + listed, en + listed)

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The word."""
        if not isinstance(node, ScalarNode) or node.is_null:
            reader.report("K03", node, key=name, expected=self.expected, found=found_in(node))
            return REFUSED
        word = node.text
        if word in self.allowed or any(word.startswith(prefix) and word != prefix for prefix in self.prefixes):
            return word
        shown = self.allowed + tuple(f"{prefix}…" for prefix in self.prefixes)
        if word in self.later:
            few = shown if len(shown) <= MOST_LISTED else ()
            reader.report("K13", node, key=f"{name}: {word}", allowed=few, room=self.later[word])
            return word  # it blocks the file, but what depends on it is not wrong because of it
        reader.report("K04", node, value=word, key=name, allowed=shown, near=near(word, self.allowed))
        return REFUSED

    def schema(self) -> Schema:
        """An enumeration, each word with its meaning."""
        choices: list[Schema] = [
            {"const": _WORDS.get(word, word), **({"description": self.words[word]} if word in self.words else {})}
            for word in self.allowed
        ]
        choices += [{"type": "string", "pattern": "^" + re.escape(prefix) + "."} for prefix in self.prefixes]
        return (
            {"anyOf": choices}
            if self.words or self.prefixes
            else {"enum": [_WORDS.get(word, word) for word in self.allowed]}
        )


@dataclass(frozen=True, slots=True)
class DurationText:
    """A duration of section 4.1. ``steps``: fractions of calendar days are possible (step budgets)."""

    steps: bool = False
    words: tuple[str, ...] = ()  # words that stand for a duration here and mean something of their own
    refused: tuple[str, ...] = ("phases",)  # kinds of duration that have no meaning here
    expected: Words = _DURATION_TEXT_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The text as written, when it can be read as a duration."""
        if not isinstance(node, ScalarNode) or node.is_null:
            reader.report(
                "K03", node, key=name, expected=self.expected, found=found_in(node), example=f"{name}: 5 working days"
            )
            return REFUSED
        duration = parse_duration(node.text, steps=self.steps)
        if not isinstance(duration, Duration):
            line, column = place_of_offset(node, duration.offset)
            params: dict[str, Param] = {"cure": duration.cure}
            if duration.rule == "K03":
                params.update(key=name, expected=self.expected, found=found_in(node))
            reader.problems.append(Problem(reader.file, line, column, duration.rule, params))
            return REFUSED
        if duration.kind in self.refused:
            reader.report("K03", node, key=name, expected=self.expected, found=found_in(node))
            return REFUSED
        return node.text

    def schema(self) -> Schema:
        """Text; the usual spellings as examples."""
        return {"type": "string", "examples": ["5 working days", "4 hours", "15 days", "1 month", "same day", "none"]}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of section 5, kept as text; it is read when the procedure is compiled, with its names known."""

    expected: Words = _EXPRESSION_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The text."""
        if not isinstance(node, ScalarNode) or node.is_null:
            reader.report(
                "K03", node, key=name, expected=self.expected, found=found_in(node), example=f"{name}: area > 100"
            )
            return REFUSED
        return node.text

    def schema(self) -> Schema:
        """Text, or a bare number or flag."""
        return {"type": ["string", "number", "boolean"]}


_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_WORDS: dict[str, bool] = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Literal:
    """A value whose kind nobody knows yet (tests, defaults): true and false, whole numbers, everything else text.

    The conversion loses nothing: ``0012``, ``1.50`` and ``7.5`` stay text.
    """

    expected: Words = _LITERAL_EXPECTED

    def read(self, node: Node, name: str, reader: Reader) -> Any:
        """The value, with lists and mappings inside."""
        if isinstance(node, ScalarNode):
            return None if node.is_null else literal_of(node)
        if isinstance(node, MappingNode):
            branch = Branch()
            for key, value in node.entries:
                branch.put(key.text, self.read(value, key.text, reader), Mark(reader.file, value, key))
            return branch
        twig = Twig()
        for item in node.items:
            twig.add(self.read(item, name, reader), Mark(reader.file, item))
        return twig

    def schema(self) -> Schema:
        """Anything."""
        return {}


def literal_of(node: ScalarNode) -> Any:
    """A scalar by its looks."""
    if node.quoted:
        return node.text
    if node.text in _WORDS:
        return _WORDS[node.text]
    return int(node.text) if _WHOLE.fullmatch(node.text) and node.text != "-0" else node.text
