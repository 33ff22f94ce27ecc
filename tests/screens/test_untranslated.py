"""On no Vietnamese page stands a text that was not translated, nor the path of a key instead of its label."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from app import create_app
from app.operations.load_demo import DEMO_PASSWORD, demo_accounts, load_demo
from app.operations.publish import Published, publish_config
from app.screens.now import office_now
from app.storage.database import db
from app.storage.people import system_person
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
SAID = re.compile(r'>([^<>]+)<|(?:title|aria-label|placeholder|alt|data-text|data-done|label)="([^"]*)"')
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
KEY_PATH = re.compile(r"\b[a-z][a-z-]+/[a-z][a-z-]+:[a-z]|\bform\.fields\b|\broute\[|\bdocuments\[|organisation:")
MOST_PAGES = 60


@pytest.fixture(scope="module")
def demo(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The shipped procedures with demo data."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(settings(database_url, folder, CONFIG_FOLDER=str(ROOT / "config")))
    with app.app_context():
        published = publish_config(ROOT / "config", (), system_person(), office_now())
        assert isinstance(published, Published), published
        assert load_demo(office_now(), 60)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def english() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole texts, and stretches of three words or more, of every message that Vietnamese says differently."""
    with (ROOT / "translations/vi/LC_MESSAGES/messages.po").open("rb") as stream:
        catalog = read_po(stream, locale="vi")
    whole, stretches = set(), set()
    for message in catalog:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, ids):
            if text in texts:
                continue
            whole.add(text)
            stretches |= {part.strip() for part in PLACEHOLDER.split(text) if len(part.split()) >= 3}
    return frozenset(whole), tuple(stretches)


def texts_of(page: str) -> set[str]:
    """Everything a person can read or hear on a page, piece by piece."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    pieces = (html.unescape(first or second) for first, second in SAID.findall(body))
    return {" ".join(piece.split()) for piece in pieces if piece.strip()}


def crawl(visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Pages by their links, each kind of page a few times."""
    seen: set[str] = set()
    kinds: dict[str, int] = {}
    waiting = [
        "/account/password",
        "/account/",
        "/search/?q=khongcoai",
        "/?q=khongcoai",
        "/nothing-here",
        "/search/?q=nguyen",
        "/",
    ]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop().replace("&amp;", "&")
        kind = re.sub(r"\d+", "N", path.partition("?")[0])
        if path in seen or path.startswith("/static/") or kinds.get(kind, 0) >= 5:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = visitor.get(path)
        if answer.mimetype == "text/html" and answer.status_code != 405:
            yield path, answer.text
            waiting = LINK.findall(answer.text) + waiting


def faults(text: str, english: tuple[frozenset[str], tuple[str, ...]]) -> list[str]:
    """The pieces of a page that are English or key paths."""
    whole, stretches = english
    return [
        piece
        for piece in texts_of(text)
        if piece in whole or KEY_PATH.search(piece) or any(stretch in piece for stretch in stretches)
    ]


def test_there_is_an_account_of_every_kind(demo: Flask) -> None:
    with demo.app_context():
        assert len(demo_accounts()) == 7


@pytest.mark.parametrize("place", range(7))
def test_every_page_of_every_demo_account_is_vietnamese(
    demo: Flask, english: tuple[frozenset[str], tuple[str, ...]], place: int
) -> None:
    with demo.app_context():
        username = demo_accounts()[place].username
    visitor = Visitor(demo)
    assert visitor.sign_in(username, DEMO_PASSWORD).status_code == 302
    pages = list(crawl(visitor))
    assert len(pages) >= 8, [path for path, _text in pages]
    assert [(path, found) for path, text in pages if (found := faults(text, english))] == []


def test_the_sign_in_page_and_its_answers_are_vietnamese(
    demo: Flask, english: tuple[frozenset[str], tuple[str, ...]]
) -> None:
    visitor = Visitor(demo)
    answers = [
        visitor.get("/login/"),
        visitor.sign_in("ai-do", "wrong"),
        visitor.sign_in("", ""),
        visitor.send("/login/"),
    ]
    assert [faults(answer.text, english) for answer in answers] == [[], [], [], []]


def test_an_english_text_would_be_found(english: tuple[frozenset[str], tuple[str, ...]]) -> None:
    assert faults("<p>Receive a dossier</p>", english) == ["Receive a dossier"]
    assert faults("<p>land/certificate-exchange:form.fields.area.label</p>", english) != []
    assert faults("<p>Hộp việc</p>", english) == []
