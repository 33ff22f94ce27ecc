"""From a character of a text to its line and column in the file."""

from __future__ import annotations

from app.definition.source import Node, ScalarNode


def place_of_offset(node: Node, offset: int) -> tuple[int, int]:
    """Line and column of a character of a scalar; of its start when it is folded or escaped and cannot be counted."""
    if not isinstance(node, ScalarNode) or offset <= 0:
        return node.line, node.column
    span = node.span
    quotes = 1 if node.quoted else 0
    as_written = span.line == span.end_line and span.end_column - span.column == len(node.text) + 2 * quotes
    return (span.line, span.column + quotes + min(offset, len(node.text))) if as_written else (span.line, span.column)
