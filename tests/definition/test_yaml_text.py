"""An expanded document printed for people reads back to itself."""

from typing import Any

import pytest

from app.definition.check import check_config
from app.definition.source import MappingNode, Node, ScalarNode, SequenceNode, read_source
from app.definition.yaml_text import yaml_text
from tests.definition.configs import example_files

CHECKED = check_config(example_files())


def as_text(value: Any) -> Any:
    """Every scalar as text, as a reader without types sees it."""
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def read_back(node: Node) -> Any:
    if isinstance(node, MappingNode):
        return {key.text: read_back(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [read_back(item) for item in node.items]
    assert isinstance(node, ScalarNode)
    return node.text


@pytest.mark.parametrize("key", sorted(CHECKED.procedures))
def test_the_expanded_text_reads_back_to_the_same_document(key: str) -> None:
    document = CHECKED.procedures[key].expanded
    source = read_source("expanded.yaml", yaml_text(document).encode())
    assert source.problems == ()
    assert source.tree is not None
    assert read_back(source.tree) == as_text(document)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "a: b",
        "- a",
        "#x",
        "'q'",
        '"',
        "",
        " x",
        "x ",
        "1.5",
        "2026-01-01",
        "a\nb",
        "{x}",
        "~",
        "đất",
        "null",
        "*a",
        "a #b",
        "a:",
    ],
)
def test_no_text_is_taken_for_something_else(text: str) -> None:
    source = read_source("one.yaml", yaml_text({"key": text}).encode())
    assert source.tree is not None
    node = source.tree.get("key")
    assert isinstance(node, ScalarNode)
    assert (node.text, node.is_null) == (text, False)
