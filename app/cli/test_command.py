"""`flask procedures test`: plays the tests of procedures with a fake clock and shows what they do not walk."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.now import office_now
from app.cli.procedure_choice import chosen_targets, config_folder, config_option
from app.cli.tests_report import json_of, text_of
from app.cli.tests_run import reports_of

FAILED = 1


@click.command("test")
@click.argument("names", metavar="[KEY|PATH]...", nargs=-1)
@config_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the outcome is told.")
@click.option("--suggest", is_flag=True, help="Propose tests, ready to be pasted, for what no test walks.")
@click.option("--processes", type=click.IntRange(1, 64), help="How many processes; as many as processors if left out.")
@with_appcontext
def test(names: Sequence[str], config: Path | None, form: str, suggest: bool, processes: int | None) -> None:
    """Play the tests of the procedures named by key or path; without names, of the whole config folder.

    Ends with 1 when a test fails or a procedure has mistakes, with 2 when something named is not there.
    """
    targets = chosen_targets(names, config_folder(config))
    reports = reports_of(targets, office_now().date(), suggest=suggest, processes=processes)
    if form == "json":
        click.echo(json.dumps(json_of(reports), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(text_of(reports)))
    if not all(report.passed for report in reports):
        raise SystemExit(FAILED)
