"""flask db: the commands of Flask-Migrate, on our migrations."""

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate.cli import db as flask_migrate

from app.storage.migrating import know_migrations


@click.group(commands=flask_migrate.commands, params=flask_migrate.params)
@click.pass_context
@with_appcontext
def migrations(context: click.Context, /, **options: object) -> None:
    """Perform database migrations."""
    know_migrations(current_app)
    context.invoke(flask_migrate.callback, **options)
