"""One error page: what happened, what to do, a number to read out, and nothing of the inside."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.screens.errors import incident_number
from app.storage.database import db
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor, words_of

INSIDE = ("Traceback", "sqlalchemy", "SELECT", "werkzeug", ".py", "secret-inside", "RuntimeError")


@pytest.fixture
def broken(database_url: str, data_folder: Path, office: object) -> Flask:
    """The application with an address that fails."""
    app = create_app(settings(database_url, data_folder))

    def fail() -> str:
        raise RuntimeError("secret-inside 031188000123")

    app.add_url_rule("/fails", view_func=fail)
    return app


def test_a_failure_shows_a_number_and_the_log_has_the_rest(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    visitor = Visitor(broken)
    visitor.sign_in("minh")
    with caplog.at_level(logging.ERROR):
        answer = visitor.get("/fails")
    assert answer.status_code == 500
    shown = re.search(r"SC-[0-9A-Z]{4}-[0-9A-Z]{2}", answer.text)
    assert shown is not None
    assert [word for word in INSIDE if word in answer.text] == []
    assert shown.group() in caplog.text
    assert "secret-inside" in caplog.text
    with broken.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("path", ["/nothing", "/p/land/permit/99999", "/p/none/none/"])
def test_what_is_not_there_says_so_in_our_words(signed_in: Callable[[str], Visitor], path: str) -> None:
    answer = signed_in("minh").get(path)
    assert answer.status_code == 404
    assert "The requested URL" not in answer.text
    assert "Về hộp việc" in words_of(answer)


def test_the_error_page_needs_no_database_and_tells_nothing_of_it(tmp_path: Path) -> None:
    app = create_app(settings(f"sqlite:///{tmp_path}/away/none.sqlite", tmp_path))
    visitor = Visitor(app)
    for page in ("/", "/search/?q=a", "/nothing"):
        answer = visitor.get(page)
        assert answer.status_code in (302, 404), page
    client = app.test_client()
    with client.session_transaction(base_url="http://localhost") as session:
        session["_user_id"], session["ticket"] = "1", "x"
    answer = client.get("/")
    assert answer.status_code == 500
    assert re.search(r"SC-[0-9A-Z]{4}-[0-9A-Z]{2}", answer.text)
    assert [word for word in INSIDE if word in answer.text] == []
    health = client.get("/health")
    assert health.status_code == 503
    assert health.json == {"status": "down", "database": False}
    assert "sqlite" not in health.text
    sign_in = Visitor(app).get("/login/")
    assert sign_in.status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_incident_numbers_are_short_and_have_no_look_alikes() -> None:
    numbers = {incident_number() for _ in range(200)}
    assert len(numbers) > 190
    for number in numbers:
        assert re.fullmatch(r"SC-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{2}", number)
