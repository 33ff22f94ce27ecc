"""flask serve: bring the database up to date, fill it where it is empty, then run web, worker and beat."""

import socket
import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.cli.now import office_now
from app.cli.processes import Kept, keep_alive
from app.operations.load_demo import DEMO_PASSWORD, demo_accounts, load_demo
from app.operations.publish import Published, publish_config
from app.storage.catalogue_store import holder
from app.storage.people import system_person


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load demo data into an empty database.")
@with_appcontext
def serve(demo: bool) -> None:
    """Run the whole office: web pages, worker and beat. Ctrl-C ends everything."""
    prepare(demo)
    settings = current_app.config
    keep_alive(
        processes(settings["HOST"], settings["PORT"], settings["WEB_PROCESSES"]),
        ready=lambda: answers(settings["HOST"], int(settings["PORT"])),
        announce=lambda: announce(demo),
    )


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load demo data into an empty database.")
@with_appcontext
def setup(demo: bool) -> None:
    """Do everything that serve does before it starts processes."""
    prepare(demo)


def prepare(demo: bool) -> None:
    """An up-to-date database with published procedures and, for a trial, people and dossiers."""
    Path(current_app.config["DATA_FOLDER"]).mkdir(mode=0o750, parents=True, exist_ok=True)
    upgrade()
    now = office_now()
    if not holder.current().entries:
        click.echo("Publishing the shipped procedures …")
        outcome = publish_config(Path(current_app.config["CONFIG_FOLDER"]), (), system_person(), now)
        if not isinstance(outcome, Published):
            raise click.ClickException("the shipped procedures have mistakes: run flask procedures check")
    if demo and load_demo(now):
        click.echo("Demo data loaded.")


def processes(host: str, port: str, count: str) -> list[Kept]:
    """Web, worker and beat; all of them the same program in this interpreter."""
    python = sys.executable
    web = ["-m", "gunicorn", "app:create_app()", "--bind", f"{host}:{port}", "--workers", count, "--preload"]
    quiet = ["--log-level", "warning", "--timeout", "60", "--graceful-timeout", "10", "--worker-tmp-dir", "/tmp"]  # noqa: S108 - a heartbeat file, not data
    return [
        Kept("web", [python, *web, *quiet]),
        Kept("worker", [python, "-m", "flask", "--app", "app", "work"]),
        Kept("beat", [python, "-m", "flask", "--app", "app", "beat"]),
    ]


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((host, port)) == 0


def announce(demo: bool) -> None:
    """Where to go and who to be."""
    settings = current_app.config
    click.echo(f"\n  Một Cửa: http://{settings['HOST']}:{settings['PORT']}/\n")
    accounts = demo_accounts() if demo else ()
    if accounts:
        click.echo(f"  Demo accounts (password of each: {DEMO_PASSWORD})")
        for account in accounts:
            click.echo(f"    {account.username:<14} {account.title}")
    click.echo("\n  Ctrl-C ends everything.")
