"""flask work, flask beat: the Celery processes, inside the application."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@with_appcontext
def work() -> None:
    """Carry out tasks."""
    settings = current_app.config
    options = ["--concurrency", settings["WORKER_PROCESSES"], "--loglevel", settings["LOG_LEVEL"], "--without-mingle"]
    current_app.extensions["celery"].worker_main(["worker", *options, "--without-gossip", "--quiet"])


@click.command()
@with_appcontext
def beat() -> None:
    """Wake up the tasks whose time has come; they find the work in the tables."""
    settings = current_app.config
    schedule = str(Path(settings["DATA_FOLDER"]) / "beat-schedule")
    current_app.extensions["celery"].Beat(schedule=schedule, loglevel=settings["LOG_LEVEL"], quiet=True).run()
