"""Strict YAML: by events, so that depth, anchors and tags are seen before anything is built; a tree of texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.definition.problem import Problem, Severity, Words, blocks_loading
from app.definition.source.characters import first_hidden, read_characters
from app.definition.source.findings import Findings
from app.definition.source.mappings import entries_of
from app.definition.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, Span
from app.definition.source.syntax import DEEPEST, DEPTH, explain
from app.vietnamese.text import is_normal, normal

_LONGEST_WORD = 60
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # only its events are used, never its constructors


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One file as read: its tree, if the syntax could be followed to the end, and everything found on the way."""

    file: str
    tree: MappingNode | None
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the tree may be loaded."""
        return self.tree is not None and not blocks_loading(self.problems)


def read_source(file: str, data: bytes, loader: Any = _LOADER) -> SourceResult:
    """Reads one file; never raises, whatever the bytes are."""
    findings = Findings(file)
    text = read_characters(data, findings)
    tree = None if text is None else _top(file, text, loader, findings)
    return SourceResult(file, tree, findings.sorted())


def _top(file: str, text: str, loader: Any, findings: Findings) -> MappingNode | None:
    reading = _Reading(text, findings)
    try:
        reading.follow(loader(text))
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: the pure parser on wild escapes
        explain(error, text, findings)
        return None
    if len(reading.open) > 1:
        return None
    top = reading.open[0].children[0] if reading.open[0].children else None
    if isinstance(top, MappingNode):
        return top
    if top is None or (isinstance(top, ScalarNode) and top.is_null):
        found, line, column = _NOTHING, 1, 1
    else:
        found, line, column = (_LIST if isinstance(top, SequenceNode) else _TEXT), top.line, top.column
    findings.add("K03", line, column, key=file.rpartition("/")[2], expected=_KEYS, found=found, example="schema: 1")
    return None


_KEYS = Words("các khóa với giá trị", "keys with values")
_NOTHING = Words("tệp trống", "an empty file")
_TEXT = Words("một câu chữ", "a text")
_LIST = Words("một danh sách", "a list")


class _Stop(Exception):
    """Nothing more is read; the finding is added already."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet; keys and values of a mapping alternate among its children."""

    start: Any
    children: list[Node] = field(default_factory=list)


class _Reading:
    """Follows the events of one file and builds its tree, without recursion."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.open = [_Open(None)]
        self._children = self.open[0].children
        self._lines = text.split("\n")
        self._findings = findings
        self._documents = 0
        # A part of a normal text is normal; only an escape can bring in something else.
        self._normal = is_normal(text)

    def follow(self, parser: Any) -> None:
        """Reads to the end, to a second document or to where it gets too deep."""
        take: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end_mapping,
            yaml.SequenceEndEvent: self._end_sequence,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        try:
            for event in iter(parser.get_event, None):
                if handler := take.get(type(event)):
                    handler(event)
        except _Stop:
            return
        finally:
            parser.dispose()

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        # Half of the reading time is spent here; a named tuple is made twice as fast without its own __new__.
        span = tuple.__new__(Span, (start.line + 1, start.column + 1, end.line + 1, end.column + 1))
        text = event.value
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if event.style == '"' and (code := first_hidden(text)):
            self._findings.add("Y07", span.line, span.column, code=code)
        if not (self._normal and event.style != '"') and not text.isascii() and not is_normal(text):
            text = self._normalised(text, span)
        self._children.append(ScalarNode(text, bool(event.style), span))

    def _normalised(self, text: str, span: Span) -> str:
        frame = self.open[-1]
        is_key = isinstance(frame.start, yaml.MappingStartEvent) and len(frame.children) % 2 == 0
        level = Severity.ERROR if is_key else Severity.WARNING
        self._findings.add("S05", span.line, span.column, level=level, text=text)
        return normal(text)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self._findings.add("Y06", span.line, span.column, name=event.anchor)
        self._children.append(ScalarNode(f"*{event.anchor}", True, span))

    def _start(self, event: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if len(self.open) > DEEPEST:
            line, column = event.start_mark.line + 1, event.start_mark.column + 1
            self._findings.add("Y05", line, column, what=DEPTH, n=len(self.open), max=DEEPEST)
            raise _Stop
        frame = _Open(event)
        self.open.append(frame)
        self._children = frame.children

    def _end_mapping(self, event: Any) -> None:
        frame, span = self._close(event)
        self._children.append(
            MappingNode(entries_of(frame.children, frame.start.flow_style, self._lines, self._findings), span)
        )

    def _end_sequence(self, event: Any) -> None:
        frame, span = self._close(event)
        self._children.append(SequenceNode(tuple(frame.children), span))

    def _close(self, event: Any) -> tuple[_Open, Span]:
        frame = self.open.pop()
        self._children = self.open[-1].children
        start, end = frame.start.start_mark, event.end_mark
        if frame.start.flow_style or not frame.children:
            return frame, Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        last = frame.children[-1].span  # the parser ends a block where the next thing begins
        return frame, Span(start.line + 1, start.column + 1, last.end_line, last.end_column)

    def _document(self, event: Any) -> None:
        self._documents += 1
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if event.version or event.tags:
            self._findings.add("Y04", line, column)
        if self._documents > 1:
            self._findings.add("Y03", line, column)
            raise _Stop

    def _refuse_properties(self, event: Any) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        written = self._lines[line - 1][column - 1 : column + _LONGEST_WORD]  # the parser has resolved `!!str` already
        self._findings.add("S03", line, column, found=written.split(" ")[0])
