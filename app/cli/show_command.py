"""`flask procedures show`: what a procedure says, on one page, or in full with every default filled in."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.now import office_now
from app.cli.procedure_choice import chosen_procedure, config_folder, config_option, stop
from app.cli.procedure_summary import summary, summary_text
from app.definition.writing_back import writable
from app.definition.yaml_text import yaml_text


@click.command("show")
@click.argument("key")
@click.option("--expanded", is_flag=True, help="The file with every shared piece and every default filled in.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), help="As data. A summary is text if left out.")
@config_option
@with_appcontext
def show(key: str, expanded: bool, form: str | None, config: Path | None) -> None:
    """Print a procedure, by KEY or by the path of its file.

    What --expanded prints is a procedure file: checked again it becomes the same version.
    """
    _target, checked, procedure = chosen_procedure(key, config_folder(config), office_now().date())
    if checked.organisation is None:
        stop(f"{key}: không có organisation.yaml, chưa biết ai làm gì")
    document = writable(procedure.expanded) if expanded else summary(procedure.procedure, checked.organisation)
    if form == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif form == "yaml" or expanded:
        click.echo(yaml_text(document), nl=False)
    else:
        click.echo("\n".join(summary_text(document)))
