"""Runs migrations on the application's database; the schema is Flask-AppBuilder's tables and ours in one metadata."""

from typing import Any

from alembic import context
from flask_appbuilder import Model
from flask_appbuilder.security.sqla import models as security_tables

from app.storage import tables
from app.storage.database import db

# Imported for what they add to Model.metadata.
IMPORTED = (security_tables, tables)

# Kept by hand in migrations, because they exist on one database only: the search index and its shadow tables.
BY_HAND = ("dossier_search", "ix_dossier_search_words")


def is_ours(_object: Any, name: str | None, _type: str, _reflected: bool, _compared: Any) -> bool:
    """Whether autogenerate looks at it."""
    return not (name or "").startswith(BY_HAND)


def run() -> None:
    """Migrate in one transaction."""
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Model.metadata, include_object=is_ours)
        with context.begin_transaction():
            context.run_migrations()


run()
