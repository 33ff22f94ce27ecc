"""`flask procedures explain`: which line decides a value, and what it overrode."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.cli.config_paths import Target
from app.cli.now import office_now
from app.cli.procedure_choice import chosen_procedure, config_folder, config_option, stop
from app.definition.check import CheckedProcedure
from app.definition.config_tree.documents import read_document, sorted_out
from app.definition.config_tree.places import FileKind
from app.definition.ground import Ground, ground_of
from app.definition.key_paths import Unresolved, resolve, spelled
from app.definition.provenance import Layer, Origin, origin_of
from app.definition.shape.meaning import row_at, rows_in
from app.definition.shape.tree import Branch, mark_of, plain
from app.definition.yaml_text import yaml_text
from app.vietnamese.spelling import nearest

MOST_SHOWN = 20
DEFAULT = "mặc định của ngôn ngữ"


@click.command("explain")
@click.argument("key")
@click.argument("path")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is told.")
@config_option
@with_appcontext
def explain(key: str, path: str, form: str, config: Path | None) -> None:
    """Say where the value at PATH of the procedure KEY comes from, e.g. route.appraise.within."""
    target, _checked, one = chosen_procedure(key, config_folder(config), office_now().date())
    document, ground = _read(target, one)
    origin = origin_of(path, document, ground)
    if isinstance(origin, Unresolved):
        _tell_unresolved(path, origin, one)
        return
    layers = [_layer(layer, one) for layer in origin.layers]
    name = spelled(origin.path, origin.document)
    if form == "json":
        click.echo(json.dumps({"key": one.key, "path": name, "layers": layers}, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_text(one.key, name, origin, layers)))


def _read(target: Target, one: CheckedProcedure) -> tuple[Any, Ground]:
    files, labels, _unread = target.read()
    places, _strays = sorted_out(files, labels)
    shared = [(place, label, files[place.path]) for place, label in places if place.kind is not FileKind.PROCEDURE]
    place, label = next((place, label) for place, label in places if place.path == one.path)
    return read_document(place, label, files[one.path]), ground_of(shared)


def _layer(layer: Layer, one: CheckedProcedure) -> dict[str, Any]:
    mark = layer.mark or layer.around
    place = f"{mark.file}:{mark.node.line}:{mark.node.column}" if mark is not None else ""
    source = DEFAULT
    if layer.mark is not None:
        source = "tệp thủ tục" if layer.mark.file == one.file else "phần dùng chung"
    return {"source": source, "place": place, "written": layer.mark is not None, "value": plain(_short(layer.value))}


def _short(value: Any) -> Any:
    """A value that does not depend on the case, as a person would write it."""
    return value["default"] if isinstance(value, dict) and value.get("cases") == [] and "default" in value else value


def _text(key: str, name: str, origin: Origin, layers: list[dict[str, Any]]) -> Iterator[str]:
    winner, *below = layers
    yield f"{key}: {name}"
    row = row_at(origin.path, origin.document)
    if row is not None:
        yield f"  {row.vi}"
    yield from _source(winner, "  ")
    value = origin.layers[0].value
    if isinstance(value, Branch) and _short(value) is value:
        yield from _members(value)
    for layer in below:
        yield "thay cho:"
        yield from _source(layer, "  ")


def _source(layer: dict[str, Any], indent: str) -> Iterator[str]:
    place = layer["place"] if layer["written"] else f"không ghi trong tệp; gần nhất: {layer['place']}"
    yield f"{indent}{layer['source']}, {place}"
    lines = yaml_text({"giá trị": layer["value"]}).splitlines()
    yield from (f"{indent}{line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"{indent}… (còn {len(lines) - MOST_SHOWN} dòng)"


def _members(value: Branch) -> Iterator[str]:
    """Where each key of a mapping is written: parts of one mapping may come from different files."""
    yield "  từng khóa:"
    for key in value:
        mark = mark_of(value, key)
        yield f"    {key}: {f'{mark.file}:{mark.node.line}:{mark.node.column}' if mark is not None else DEFAULT}"


def _tell_unresolved(path: str, found: Unresolved, one: CheckedProcedure) -> None:
    """A key that is not written and has no default, or no key at all: then with the nearest ones."""
    below = resolve(one.expanded, found.below)
    rows = rows_in(below, one.expanded) if not isinstance(below, Unresolved) else ()
    row = next((row for row in rows if row.key == found.part), None)
    if row is not None and path.endswith(found.part):
        click.echo(f"{one.key}: {path}\n  {row.vi}\n  không ghi trong tệp nào và không có giá trị mặc định")
        return
    known = tuple(dict.fromkeys((*found.known, *(row.key for row in rows))))
    meant = nearest(found.part, known)
    lead = f"{found.below}." if found.below else ""
    where = f"trong {found.below}" if found.below else "trong thủ tục"
    cure = f"Ý bạn là {', '.join(lead + name for name in meant)}?" if meant else ""
    listed = f"Có: {', '.join(known[:MOST_SHOWN])}." if known else "Ở đây không còn gì bên dưới."
    stop(f"{one.key}: không có {found.part!r} {where}. {cure} {listed}".replace("  ", " "))
