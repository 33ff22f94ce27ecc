"""The whole application on the small office, and people who use it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from app.cli.catalogues import compile_all
from app.storage.database import db
from app.storage.people import Person
from tests.screens.visitor import Visitor

SECRET = "k7Qx2vTn9-for-tests-of-the-screens-0"

Office = dict[str, Person]


@pytest.fixture(scope="session", autouse=True)
def catalogues() -> None:
    """The texts people read, compiled from what is written."""
    compile_all()


def settings(database_url: str, data_folder: Path, **changes: Any) -> dict[str, Any]:
    """Those of tests: generous to sign-ins, otherwise as shipped."""
    usual = {
        "DATABASE_URL": database_url,
        "DATA_FOLDER": str(data_folder),
        "SECRET_KEY": SECRET,
        "SEAL_KEYS": "",
        "CELERY_BROKER_URL": "",
        "RATE_LIMIT_URL": "",
        "LOGIN_RATE": "100000 per minute",
        "TRUSTED_HOSTS": "localhost",
        "ENVIRONMENT": "development",
    }
    return {**usual, **changes}


@pytest.fixture(scope="module")
def app(database_url: str, data_folder: Path, office: Office) -> Iterator[Flask]:
    """The application as it is shipped, on this module's database with the small office in it."""
    app = create_app(settings(database_url, data_folder))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A browser in which nobody is signed in."""
    return Visitor(app)


@pytest.fixture(scope="module")
def signed_in(app: Flask) -> Callable[[str], Visitor]:
    """A browser in which somebody is signed in; the same one again while its session lasts."""
    known: dict[str, Visitor] = {}

    def enter(username: str) -> Visitor:
        if username not in known or not known[username].is_in():
            known[username] = Visitor(app)
            answer = known[username].sign_in(username)
            assert answer.status_code == 302, answer.text
        return known[username]

    return enter
