"""`flask accounts`: the first administrator of an installation; everybody else is added on the screens."""

import click
from flask.cli import AppGroup, with_appcontext

from app.cli.now import office_now
from app.engine.world import Refusal
from app.operations.create_account import create_account
from app.operations.give_office import give_office
from app.storage.people import ADMINISTRATOR, system_person

accounts = AppGroup("accounts", help="Accounts of people.")

REFUSED = {
    "taken": "there is an account with this {field} already",
    "invalid_value": "this {field} cannot be taken: a user name has 3 to 64 small letters, digits, dots or dashes",
}


@accounts.command("create")
@click.argument("username")
@click.option("--name", required=True, help="The full name.")
@click.option("--email", default="", help="An e-mail address.")
@click.option("--administrator", is_flag=True, help="May manage accounts and see what is published.")
@with_appcontext
def create(username: str, name: str, email: str, administrator: bool) -> None:
    """Create the account USERNAME and print its first password, which must be changed at the first log-in."""
    by, now = system_person(), office_now()
    made = create_account(username, name, email, by, now)
    if isinstance(made, Refusal):
        raise click.ClickException(REFUSED.get(made.code, made.code).format(**made.params))
    if administrator:
        refused = give_office(made.user_id, ADMINISTRATOR, True, by, now)
        if refused is not None:
            raise click.ClickException(refused.code)
    click.echo(f"{username}: {made.password}")
