"""From a folder of files to trees of texts with positions. The only place that knows the YAML parser."""

from __future__ import annotations

from app.definition.source.folder import SourceTree, read_file, read_tree
from app.definition.source.nodes import MappingNode, Node, ScalarNode, SequenceNode, Span
from app.definition.source.reader import SourceResult, read_source
from app.definition.source.reading import Note, Reading, found_in, near
from app.definition.source.scalars import read_date, read_decimal, read_flag, read_integer, read_moment, read_time
from app.definition.source.texts import KeyFlavour, read_code, read_key, read_text

__all__ = [
    "KeyFlavour",
    "MappingNode",
    "Node",
    "Note",
    "Reading",
    "ScalarNode",
    "SequenceNode",
    "SourceResult",
    "SourceTree",
    "Span",
    "found_in",
    "near",
    "read_code",
    "read_date",
    "read_decimal",
    "read_file",
    "read_flag",
    "read_integer",
    "read_key",
    "read_moment",
    "read_source",
    "read_text",
    "read_time",
    "read_tree",
]
