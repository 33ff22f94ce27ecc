"""`flask procedures not-yet`: the keys of the language that are refused for now, by the room that will read them."""

from pathlib import Path

import click

from app.definition.shape.not_yet import not_yet_page


@click.command("not-yet")
@click.option("--write", type=click.Path(path_type=Path), help="Write the page into this file.")
def not_yet(write: Path | None) -> None:
    """Print what of the language is refused for now, and what is missing to read it."""
    if write is None:
        click.echo(not_yet_page(), nl=False)
    else:
        write.write_text(not_yet_page(), encoding="utf-8")
