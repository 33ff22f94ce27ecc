"""`flask messages`: deliver messages of other systems to the dossiers that wait for them."""

import json

import click
from flask.cli import AppGroup

from app.cli.now import office_now
from app.engine.world import Refusal
from app.operations.deliver_message import deliver_message

messages = AppGroup("messages", help="Deliver messages of other systems.")


@messages.command("deliver")
@click.argument("code")
@click.argument("message")
@click.option("--value", "values", multiple=True, metavar="NAME=VALUE", help="A value of the message; may be repeated.")
@click.option("--reference", default="", help="What the sender calls it: sent again it changes nothing.")
def deliver(code: str, message: str, values: tuple[str, ...], reference: str) -> None:
    """Deliver MESSAGE to the dossier CODE, at which a step waits for it. Exit code 1 if it was refused."""
    pairs = [value.partition("=") for value in values]
    if any(not sign for _name, sign, _text in pairs):
        raise click.BadParameter("a value is written NAME=VALUE", param_hint="--value")
    given = {name.strip(): text for name, _sign, text in pairs}
    done = deliver_message(code, message, given, office_now(), reference=reference)
    if isinstance(done, Refusal):
        details = json.dumps(dict(done.params), ensure_ascii=False, default=str)
        raise click.ClickException(f"{code}: {done.code} {details}")
    click.echo(f"{done.code}: {message} taken in, the dossier stands at event {done.row_version}")
