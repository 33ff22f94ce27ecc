"""flask work, flask beat: the Celery processes, inside the application."""

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app.jobs.celery_app import celery_of


@click.command()
@with_appcontext
def work() -> None:
    """Carry out tasks."""
    run_worker(current_app._get_current_object())  # type: ignore[attr-defined]


@click.command()
@with_appcontext
def beat() -> None:
    """Wake up the tasks whose time has come; they find the work in the tables."""
    run_beat(current_app._get_current_object())  # type: ignore[attr-defined]


def run_worker(app: Flask) -> None:
    """The Celery worker, until it is ended."""
    settings = app.config
    options = ["--concurrency", settings["WORKER_PROCESSES"], "--loglevel", settings["LOG_LEVEL"]]
    celery_of(app).worker_main(["--quiet", "worker", *options, "--without-mingle", "--without-gossip"])


def run_beat(app: Flask) -> None:
    """Celery's beat, until it is ended."""
    schedule = str(Path(app.config["DATA_FOLDER"]) / "beat-schedule")
    celery_of(app).Beat(schedule=schedule, loglevel=app.config["LOG_LEVEL"], quiet=True).run()
