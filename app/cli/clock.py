"""`flask clock`: checks the clock against files of test vectors; needs no database."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.engine.clock.vector_shape import Vector, VectorFault
from app.engine.clock.vectors import MISSING, check_vector, read_vectors

DISAGREE, UNUSABLE = 1, 2

clock = AppGroup("clock", help="Check how due dates are counted.")


@clock.command("check", with_appcontext=False)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--rule", "rules", multiple=True, metavar="NAME", help="Only vectors of this rule; may be repeated.")
def check(files: Sequence[Path], rules: Sequence[str]) -> None:
    """Run FILES of vectors (their calendars lie beside them in calendars/) and list what disagrees."""
    vectors = _of_rules([vector for file in files for vector in _read(file)], rules)
    disagreeing = 0
    for vector in vectors:
        found = list(check_vector(vector))
        disagreeing += bool(found)
        for one in found:
            click.echo(f"{one.id}\t{one.key}\texpected {_shown(one.expected)}\tgot {_shown(one.got)}")
    click.echo(f"{len(vectors)} vectors, {disagreeing} disagree")
    if disagreeing:
        raise SystemExit(DISAGREE)


def _of_rules(vectors: list[Vector], rules: Sequence[str]) -> list[Vector]:
    """A rule that no vector names is told: a misspelt one would otherwise look like agreement."""
    if not rules:
        return vectors
    there = {vector.rule for vector in vectors}
    for rule in rules:
        if rule not in there:
            click.echo(f"no vector of the rule {rule!r}; there are {', '.join(sorted(there))}", err=True)
    if not there.intersection(rules):
        raise SystemExit(UNUSABLE)
    return [vector for vector in vectors if vector.rule in rules]


def _read(file: Path) -> list[Vector]:
    try:
        return read_vectors(file)
    except VectorFault as fault:
        click.echo(f"{file}: {fault.place}: {fault.message}", err=True)
        raise SystemExit(UNUSABLE) from None


def _shown(value: Any) -> str:
    return MISSING if value == MISSING else json.dumps(value, ensure_ascii=False, default=str)
