"""What every answer carries, and that no template needs an exception from it (F12)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.storage.database import db
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor

TEMPLATES = sorted((Path(__file__).resolve().parents[3] / "app/screens/templates").rglob("*.html"))
PAGES = ("/login/", "/", "/nothing-here", "/search/?q=a", "/health")


@pytest.mark.parametrize("page", PAGES)
def test_every_answer_forbids_foreign_scripts_frames_and_guessing_types(
    signed_in: Callable[[str], Visitor], page: str
) -> None:
    headers = signed_in("minh").get(page, follow_redirects=True).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_a_person_are_kept_by_nobody_but_style_sheets_may_be(signed_in: Callable[[str], Visitor]) -> None:
    visitor = signed_in("minh")
    for page in ("/", "/search/?q=a", "/account/", "/nothing-here"):
        headers = visitor.get(page).headers
        assert headers["Cache-Control"] == "no-store", page
        assert "Cookie" in headers["Vary"], page
    with visitor.get("/static/css/mc.css") as sheet:
        assert "max-age" in sheet.headers["Cache-Control"]


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_from_other_sites(visitor: Visitor) -> None:
    answer = visitor.sign_in("minh")
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith("mot-cua="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_in_production_the_cookie_and_the_whole_service_are_for_https_only(
    database_url: str, data_folder: Path, office: object
) -> None:
    app = create_app(
        settings(
            database_url,
            data_folder,
            ENVIRONMENT="production",
            SEAL_KEYS="one:" + "A" * 43 + "=",
            DATABASE_URL=database_url if database_url.startswith("postgres") else "postgresql://127.0.0.1/none",
            RATE_LIMIT_URL="redis://127.0.0.1:6379/9",
            CELERY_BROKER_URL="redis://127.0.0.1:6379/9",
            PUBLIC_URL="https://localhost",
            SECRET_KEY="Zr8" + "mQ4xW9bT" * 4,
            DATA_FOLDER=str(data_folder / "production"),
        )
    )
    client = app.test_client()
    plain = client.get("/static/favicon.svg", base_url="http://localhost")
    assert plain.status_code == 302
    assert plain.location.startswith("https://localhost/")
    with client.get("/static/favicon.svg", base_url="https://localhost") as safe:
        assert "max-age=" in safe.headers["Strict-Transport-Security"]
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_writes_a_style_or_a_script_into_the_page(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"""\son[a-z]+\s*=\s*["'{]""", text)
    assert not re.search(r"""(?:href|src|action)\s*=\s*["'](?:https?:)?//""", text)
    assert "javascript:" not in text


def test_nothing_is_marked_safe_but_our_own_drawings() -> None:
    found = [
        (template.name, line.strip())
        for template in TEMPLATES
        for line in template.read_text(encoding="utf-8").splitlines()
        if re.search(r"\|\s*safe\b|autoescape|\|\s*tojson", line)
    ]
    assert [line for name, line in found if not (name == "macros.html" and "ARTS[art]|safe" in line)] == []


def test_text_of_templates_is_never_made_from_a_request(app: Flask) -> None:
    sources = (Path(__file__).resolve().parents[3] / "app").rglob("*.py")
    assert [str(path) for path in sources if "render_template_string" in path.read_text(encoding="utf-8")] == []
