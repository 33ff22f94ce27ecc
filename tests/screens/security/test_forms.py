"""Nothing is changed by a link, nor by a form that another site sends (F13, F16)."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import MetaData, select

from app.storage.database import db
from tests.screens.security.test_routes import address, rules
from tests.screens.visitor import Visitor, words_of

# What a request may write whoever sends it: when a session was last seen.
TOUCHED = {"login_session"}


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those."""
    with app.app_context():
        metadata = MetaData()
        metadata.reflect(db.engine)
        with db.engine.connect() as connection:
            return {
                table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(table)))
                for table in metadata.sorted_tables
                if table.name not in TOUCHED
            }


def posts(app: Flask) -> list[str]:
    return [address(app, rule) for rule in rules(app) if "POST" in (rule.methods or ())]


@pytest.mark.parametrize("token", [None, "", "x", "IjAzZTY2NTNjY2VmZWZjYmQ2.awW0Zg.j_UAfzgM7xpU8ABlerR7KoGhw1Y"])
def test_every_form_without_a_good_token_is_refused_and_changes_nothing(
    app: Flask, signed_in: Callable[[str], Visitor], token: str | None
) -> None:
    admin = signed_in("admin")
    before = contents(app)
    for path in posts(app):
        answer = admin.send(path, {} if token is None else {"csrf_token": token})
        assert answer.status_code == 400, path
    assert contents(app) == before


def test_the_token_of_somebody_else_is_no_token(app: Flask, signed_in: Callable[[str], Visitor]) -> None:
    foreign = signed_in("minh").token()
    admin = signed_in("admin")
    for path in posts(app):
        assert admin.send(path, {"csrf_token": foreign}).status_code == 400, path


def test_a_refused_form_says_what_to_do(signed_in: Callable[[str], Visitor]) -> None:
    answer = signed_in("minh").send("/inbox/claim")
    assert "Mở lại trang" in words_of(answer)
    assert "CSRF" not in answer.text


LINK = re.compile(r'(?:href|action)="(/[^"#]*)')


@pytest.mark.parametrize("username", ["admin", "lan", "minh", "leader"])
def test_following_every_link_changes_nothing(app: Flask, signed_in: Callable[[str], Visitor], username: str) -> None:
    visitor = signed_in(username)
    before = contents(app)
    seen, waiting = set(), ["/"]
    while waiting and len(seen) < 200:
        path = waiting.pop().replace("&amp;", "&")
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = visitor.get(path)
        assert answer.status_code in (200, 302, 405), path
        if answer.mimetype == "text/html":
            waiting += LINK.findall(answer.text)
    assert len(seen) > 5
    assert contents(app) == before


@pytest.mark.parametrize("username", ["admin", "lan", "minh"])
def test_every_form_that_writes_carries_its_token(signed_in: Callable[[str], Visitor], username: str) -> None:
    visitor = signed_in(username)
    forms = 0
    for page in (
        "/",
        "/account/",
        "/account/password",
        "/accounts/",
        "/accounts/add",
        "/accounts/2",
        "/p/land/permit/add",
    ):
        answer = visitor.get(page)
        for form in re.findall(r'<form\b[^>]*method="post".*?</form>', answer.text, re.DOTALL):
            assert 'name="csrf_token"' in form, page
            forms += 1
    assert forms > 2


def test_a_language_is_chosen_by_a_form_and_only_one_there_is(visitor: Visitor) -> None:
    assert visitor.get("/language").status_code == 405
    assert visitor.post("/language", {"locale": "xx"}).status_code == 400
    assert visitor.post("/language", {"locale": "en", "next": "/login/"}).location == "/login/"
    assert "Sign in" in visitor.get("/login/").text
    assert '<html lang="en">' in visitor.get("/login/").text
