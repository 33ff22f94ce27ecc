"""Commands of the flask program."""

from flask import Flask

from app.cli.accounts import accounts
from app.cli.clock import clock
from app.cli.dossiers import dossiers
from app.cli.procedures import procedures
from app.cli.publishing import publish
from app.cli.serve import serve, setup
from app.cli.translations import translations
from app.cli.workers import beat, work


def install_commands(app: Flask) -> None:
    """Add every command group to the flask program."""
    procedures.add_command(publish)
    for command in (procedures, dossiers, accounts, clock, translations, serve, setup, work, beat):
        app.cli.add_command(command)
