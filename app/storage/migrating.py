"""Bringing the schema up to date; apart from the handle, so that a process that serves pages does not load Alembic."""

from pathlib import Path

from flask import Flask, current_app
from flask_migrate import Migrate, upgrade

from app.storage.database import db

_MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def know_migrations(app: Flask) -> None:
    """Tell Flask-Migrate where our migrations are."""
    Migrate(app, db, directory=str(_MIGRATIONS))


def upgrade_database() -> None:
    """Run every migration that this database has not seen yet."""
    if "migrate" not in current_app.extensions:
        know_migrations(current_app)
    upgrade()
