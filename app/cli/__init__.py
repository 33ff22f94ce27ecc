"""Commands of the flask program, each loaded when it is called: a process that serves pages needs none of them."""

from collections.abc import Mapping
from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

# name → module of this package, and what the command is called there
COMMANDS: Mapping[str, tuple[str, str]] = {
    "procedures": ("procedures", "procedures"),
    "dossiers": ("dossiers", "dossiers"),
    "messages": ("messages", "messages"),
    "accounts": ("accounts", "accounts"),
    "clock": ("clock", "clock"),
    "translations": ("translations", "translations"),
    "serve": ("serve", "serve"),
    "setup": ("serve", "setup"),
    "work": ("workers", "work"),
    "beat": ("workers", "beat"),
    "db": ("migrations", "migrations"),
}


class Commands(AppGroup):
    """Click's way of loading subcommands lazily, beside what extensions have added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, None if there is none."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"{__name__}.{module}"), name)
        return command


def install_commands(app: Flask) -> None:
    """Let the flask program find our commands beside those of the extensions."""
    commands = Commands(app.name)
    for command in app.cli.commands.values():
        commands.add_command(command)
    app.cli = commands
