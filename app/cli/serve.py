"""flask serve: bring the database up to date, fill it where it is empty, then run web, worker and beat."""

import os
import socket
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from gunicorn.app.base import BaseApplication

from app.cli.now import office_now
from app.cli.processes import Kept, keep_alive
from app.cli.workers import run_beat, run_worker
from app.operations.load_demo import DEMO_PASSWORD, demo_accounts, load_demo
from app.operations.publish import Published, publish_config
from app.storage.catalogue_store import holder
from app.storage.migrating import upgrade_database
from app.storage.people import system_person


@click.command()
@click.option("--demo/--no-demo", default=True, help="Load demo data into an empty database.")
@with_appcontext
def serve(demo: bool) -> None:
    """Run the whole office: web pages, worker and beat. Ctrl-C ends everything."""
    prepare(demo)
    settings = current_app.config
    keep_alive(
        processes(),
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
    os.umask(0o027)  # what this office writes is not for other users of the machine
    Path(current_app.config["DATA_FOLDER"]).mkdir(mode=0o750, parents=True, exist_ok=True)
    upgrade_database()
    now = office_now()
    if not holder.current().entries:
        click.echo("Publishing the shipped procedures …")
        outcome = publish_config(Path(current_app.config["CONFIG_FOLDER"]), (), system_person(), now)
        if not isinstance(outcome, Published):
            raise click.ClickException("the shipped procedures have mistakes: run flask procedures check")
    if demo and load_demo(now):
        click.echo("Demo data loaded.")


def processes() -> list[Kept]:
    """Web, worker and beat: this very program, already loaded."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return [Kept("web", Web(app).run), Kept("worker", lambda: run_worker(app)), Kept("beat", lambda: run_beat(app))]


class Web(BaseApplication):
    """Gunicorn over the application that is loaded already; one process a core, because pages cost processor time."""

    def __init__(self, app: Flask) -> None:
        self.application = app
        super().__init__()

    def load_config(self) -> None:
        """Our settings as gunicorn's."""
        settings = self.application.config
        self.cfg.set("bind", f"{settings['HOST']}:{settings['PORT']}")
        self.cfg.set("workers", int(settings["WEB_PROCESSES"]))
        self.cfg.set("timeout", 60)
        self.cfg.set("graceful_timeout", 10)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Flask:
        """The application itself."""
        return self.application


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
