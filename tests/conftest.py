"""Databases for tests: one migrated database per test module, on SQLite or, with TEST_DATABASE_URL, on PostgreSQL."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, event, make_url, text

from app.storage.database import database_url as with_driver
from app.storage.database import db, install_database
from app.storage.migrating import upgrade_database
from app.storage.people import Person
from tests.factories import make_people, publish_office

SERVER = os.environ.get("TEST_DATABASE_URL", "")
_count = itertools.count(1)


def bare_application(url: str, folder: Path) -> Flask:
    """A Flask application with nothing but the database."""
    app = Flask("bare")
    app.config.update(
        DATABASE_URL=url, DATA_FOLDER=str(folder), SECRET_KEY="for tests only", SEAL_KEYS="", TESTING=True
    )
    install_database(app)
    return app


@pytest.fixture(scope="session")
def migrated_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that went through the migrations and holds nothing else; it is copied, never used."""
    folder = tmp_path_factory.mktemp("migrated")
    name = f"mot_cua_test_{os.getpid()}"
    url = f"sqlite:///{folder}/template.sqlite"
    if SERVER:
        on_server(f"CREATE DATABASE {name}")
        url = str(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    app = bare_application(url, folder)
    with app.app_context():
        upgrade_database()
        db.engine.dispose()
    yield url
    if SERVER:
        on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def database_url(migrated_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a fresh migrated database for this test module."""
    if not SERVER:
        copy = tmp_path_factory.mktemp("database") / "test.sqlite"
        shutil.copy(make_url(migrated_database).database or "", copy)
        yield f"sqlite:///{copy}"
        return
    template = make_url(migrated_database).database
    name = f"{template}_{next(_count)}"
    on_server(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield str(make_url(SERVER).set(database=name).render_as_string(hide_password=False))
    on_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for uploaded files."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def database_app(database_url: str, data_folder: Path) -> Iterator[Flask]:
    """The bare application on this module's database."""
    app = bare_application(database_url, data_folder)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def database(database_app: Flask) -> Iterator[Flask]:
    """The same, with its context open: operations and queries can be called."""
    with database_app.app_context():
        yield database_app


@pytest.fixture(scope="module")
def office(database_app: Flask) -> dict[str, Person]:
    """The small office published in this module's database, and its people by user name."""
    with database_app.app_context():
        publish_office()
        return make_people()


@pytest.fixture
def statements(database: Flask) -> Iterator[list[str]]:
    """The statements sent to the database while the test runs; clear() begins anew."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def on_server(statement: str) -> None:
    """Run a statement that cannot stand in a transaction, on the server's own database."""
    engine = create_engine(with_driver(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
