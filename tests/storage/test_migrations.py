"""The migrations make exactly the tables that the code declares."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_appbuilder import Model
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select, text

from app.storage.database import db

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def test_a_migrated_database_needs_no_further_migration(database: Flask) -> None:
    assert User.__table__ in Model.metadata.sorted_tables
    with db.engine.connect() as connection:
        by_hand = ("dossier_search", "ix_dossier_search_words")
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda o, name, *rest: not (name or "").startswith(by_hand), "compare_type": True},
        )
        assert compare_metadata(context, Model.metadata) == []


def test_there_is_one_head() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1


def test_the_roles_that_no_posting_gives_exist(database: Flask) -> None:
    names = set(db.session.scalars(select(text("name")).select_from(text("ab_role"))))
    assert names == {"administrator", "translator"}
