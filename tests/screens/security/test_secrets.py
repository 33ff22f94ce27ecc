"""No page, whatever one asks, shows a password or its hash, a ticket, or a key (F1)."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.storage.database import db
from app.storage.people import Person
from app.storage.tables import Dossier, LoginSession
from tests.factories import permit
from tests.screens.conftest import SECRET
from tests.screens.visitor import PASSWORD, Visitor

Office = dict[str, Person]
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
PEOPLE = ("admin", "lan", "minh", "head", "leader", "stranger")


@pytest.fixture(scope="module", autouse=True)
def a_dossier(app: Flask, office: Office) -> None:
    with app.app_context():
        permit(office["lan"])


def crawl(visitor: Visitor, most: int = 150) -> Iterator[tuple[str, str]]:
    """Every page that can be reached by links."""
    seen, waiting = set(), ["/", "/account/", "/procedures/", "/search/?q=dao"]
    while waiting and len(seen) < most:
        path = waiting.pop().replace("&amp;", "&")
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = visitor.get(path)
        if answer.mimetype in ("text/html", "application/json"):
            yield path, answer.text
            waiting += LINK.findall(answer.text)


@pytest.mark.parametrize("username", PEOPLE)
def test_no_page_shows_a_secret(app: Flask, signed_in: Callable[[str], Visitor], username: str) -> None:
    visitor = signed_in(username)
    with app.app_context():
        tickets = set(db.session.scalars(select(LoginSession.ticket)))
        hashes = set(db.session.scalars(select(Dossier.head_hash)))
    pages = list(crawl(visitor))
    assert len(pages) >= 4
    for path, text in pages:
        for secret in ("scrypt:", "pbkdf2", PASSWORD, SECRET, *tickets, *hashes):
            assert secret not in text, path


ASKED = ["password", "user.password", "created_by.password", "state", "search", "head_mac", "reader_set_id", "-state"]


@pytest.mark.parametrize("column", ASKED)
def test_hidden_columns_neither_sort_nor_filter(signed_in: Callable[[str], Visitor], column: str) -> None:
    visitor = signed_in("minh")
    plain = re.findall(r"/p/land/permit/\d+", visitor.get("/p/land/permit/").text)
    sorted_by = visitor.get("/p/land/permit/", query_string={"sort": column, "_oc_ProcedureView": column})
    filtered = visitor.get("/p/land/permit/", query_string={column: "scrypt", f"_flt_0_{column}": "scrypt"})
    assert re.findall(r"/p/land/permit/\d+", sorted_by.text) == plain
    assert re.findall(r"/p/land/permit/\d+", filtered.text) == plain


def test_health_tells_no_secret(visitor: Visitor) -> None:
    answer = visitor.get("/health")
    assert set(answer.json or {}) == {"status", "database", "epoch", "catalogue_fault", "last_sweep"}
    assert "Set-Cookie" not in answer.headers
