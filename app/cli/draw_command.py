"""`flask procedures draw`: the route of a procedure as an SVG picture."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from app.cli.now import office_now
from app.cli.procedure_choice import chosen_procedure, config_folder, config_option, stop
from app.definition.drawing.svg import flow_file


@click.command("draw")
@click.argument("key")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; printed if left out.")
@config_option
@with_appcontext
def draw(key: str, output: Path | None, config: Path | None) -> None:
    """Draw the steps of the procedure KEY: lanes, branches, waiting, ways back; one picture per step table."""
    _target, checked, one = chosen_procedure(key, config_folder(config), office_now().date())
    if checked.organisation is None or not any(route.steps for route in one.procedure.route.values()):
        stop(f"{one.file}: chưa có bước nào để vẽ, hoặc chưa có organisation.yaml; xem: flask procedures check")
    picture = flow_file(one.procedure, checked.organisation)
    if output is None:
        click.echo(picture, nl=False)
        return
    try:
        output.write_text(picture, encoding="utf-8")
    except OSError as fault:
        stop(f"{output}: không ghi được: {fault.strerror}")
    click.echo(f"Đã vẽ {one.key} vào {output}")
