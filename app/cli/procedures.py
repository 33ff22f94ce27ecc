"""`flask procedures`: the group of commands; checking definitions, printing their schema. No database is needed."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.cli.config_paths import NoConfig, Target, targets_of
from app.cli.draw_command import draw
from app.cli.explain_command import explain
from app.cli.list_command import list_
from app.cli.new_command import new
from app.cli.not_yet_command import not_yet
from app.cli.publishing import publish
from app.cli.rules_command import rules
from app.cli.show_command import show
from app.cli.test_command import test
from app.definition.check import Told
from app.definition.config_tree.places import FileKind
from app.definition.pauses import without_pauses
from app.definition.problem import Problem, Severity, blocks_publishing, format_json, format_text
from app.definition.shape.json_schema import DESCRIBED, schema_text
from app.storage.check_memory import memory_folder

MISTAKES, UNUSABLE = 1, 2

procedures = AppGroup("procedures", help="Check, show and publish the definitions of procedures.")
for command in (draw, explain, list_, new, not_yet, publish, rules, show, test):
    procedures.add_command(command)


@procedures.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How mistakes are printed.")
@click.option("--locale", type=click.Choice(["vi", "en"]), default="vi", help="The language of the messages.")
def check(paths: Sequence[Path], form: str, locale: str) -> None:
    """Find every mistake in PATHS: files, or whole config folders. Without PATHS: the shipped folder."""
    targets = _targets(paths)
    with without_pauses():
        told = [target.told(memory_folder()) for target in targets]
    found = sorted({problem for one in told for problem in one.problems})
    if form == "json":
        click.echo(json.dumps(format_json(found, locale), ensure_ascii=False, indent=2))
    else:
        click.echo(format_text(found, locale), nl=False)
        click.echo(_summary(told, found), err=True)
    if blocks_publishing(found):
        raise SystemExit(MISTAKES)


@procedures.command("schema")
@click.argument("kind", type=click.Choice([kind.value for kind in DESCRIBED]), default=FileKind.PROCEDURE.value)
@click.option("--write", type=click.Path(path_type=Path), help="Write the schemas of all kinds into this folder.")
def schema(kind: str, write: Path | None) -> None:
    """Print the JSON Schema of one KIND of file, for editors."""
    if write is None:
        click.echo(schema_text(FileKind(kind)), nl=False)
        return
    write.mkdir(parents=True, exist_ok=True)
    for one in DESCRIBED:
        (write / f"{one.value}.json").write_text(schema_text(one), encoding="utf-8")


def _targets(paths: Sequence[Path]) -> list[Target]:
    try:
        return targets_of(paths, Path(current_app.config["CONFIG_FOLDER"]))
    except NoConfig as fault:
        click.echo(str(fault), err=True)
        raise SystemExit(UNUSABLE) from None


def _summary(told: Sequence[Told], found: Sequence[Problem]) -> str:
    count = sum(one.procedures for one in told)
    warnings = sum(1 for problem in found if problem.severity is Severity.WARNING)
    return f"{count} thủ tục, {len(found) - warnings} lỗi, {warnings} cảnh báo"
