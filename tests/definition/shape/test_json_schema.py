"""The JSON Schema that editors read: it says the same as the check, in Vietnamese."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from app.definition.config_tree.places import RECORD_OF, FileKind, classify
from app.definition.shape.json_schema import DESCRIBED, json_schema, schema_text
from app.definition.shape.reader import Kind
from app.definition.shape.record import Record
from app.definition.source import MappingNode, Node, SequenceNode, read_source
from app.definition.source.nodes import ScalarNode
from tests.definition.configs import EXAMPLES

SHIPPED = Path(__file__).parents[3] / "config"
RUNNABLE = [
    path
    for root in (EXAMPLES, SHIPPED)
    for path in sorted(root.rglob("*.yaml"))
    if not {"iso", "office", "civil", "construction", "minerals", "overlays"}.intersection(path.parts)
    and path.name not in ("notices.yaml",)
]


def plain(node: Node) -> Any:
    """What an editor's YAML reader makes of a node."""
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    assert isinstance(node, ScalarNode)
    if not node.quoted and node.text in ("true", "false"):
        return node.text == "true"
    if not node.quoted and node.text.lstrip("-").isdigit():
        return int(node.text)
    return node.text


@pytest.mark.parametrize("path", RUNNABLE, ids=lambda path: "/".join(path.parts[-3:]))
def test_what_the_check_accepts_the_editor_accepts(path: Path) -> None:
    root = EXAMPLES if path.is_relative_to(EXAMPLES) else SHIPPED
    place = classify(path.relative_to(root).as_posix())
    assert place is not None
    tree = read_source(path.name, path.read_bytes()).tree
    assert tree is not None
    document = plain(tree)
    if place.kind is FileKind.REGISTERS:
        for register in document["registers"].values():
            register.pop("columns", None)  # of the language, but nothing runs it yet
    errors = [
        f"{list(error.absolute_path)}: {error.message}"
        for error in Draft7Validator(json_schema(place.kind)).iter_errors(document)
    ]
    assert errors == []


@pytest.mark.parametrize("kind", DESCRIBED, ids=str)
def test_a_schema_is_valid_and_refuses_an_unknown_key(kind: FileKind) -> None:
    schema = json_schema(kind)
    Draft7Validator.check_schema(schema)
    assert "feild" in str([error.message for error in Draft7Validator(schema).iter_errors({"feild": 1})])


@pytest.mark.parametrize("kind", DESCRIBED, ids=str)
def test_the_shipped_schema_is_the_one_of_the_language(kind: FileKind) -> None:
    assert (SHIPPED / "schema" / f"{kind.value}.json").read_text(encoding="utf-8") == schema_text(kind)


def records(kind: Kind, found: dict[str, Record]) -> dict[str, Record]:
    if isinstance(kind, Record):
        if kind.name in found:
            return found
        found[kind.name] = kind
    for part in kind.parts() if hasattr(kind, "parts") else ():
        records(part, found)
    return found


def test_every_key_is_explained_in_both_languages() -> None:
    for top in RECORD_OF.values():
        for record in records(top, {}).values():
            for row in record.rows:
                assert row.vi.endswith("."), (record.name, row.key)
                assert row.en.endswith("."), (record.name, row.key)
                assert row.vi != row.en


def test_no_key_stands_twice_in_a_table() -> None:
    for top in RECORD_OF.values():
        for record in records(top, {}).values():
            assert len({row.key for row in record.rows}) == len(record.rows), record.name
