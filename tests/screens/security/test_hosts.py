"""Forged hosts and addresses to go to: a person is never led to another service (F9)."""

from collections.abc import Callable

import pytest

from app.screens.security.redirects import local_path
from tests.screens.visitor import PASSWORD, Visitor

ABROAD = [
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/x",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/%5cevil.example\\",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "evil.example",
    "@evil.example",
    "/" + "a" * 5000,
    "",
]


@pytest.mark.parametrize("path", ABROAD)
def test_an_address_that_leads_abroad_is_not_followed(path: str) -> None:
    assert local_path(path, "/home") == "/home"


@pytest.mark.parametrize("path", ["/", "/search/?q=a&x=b", "/p/land/permit/12", "/search/?q=https://evil.example"])
def test_an_address_of_our_own_is_followed(path: str) -> None:
    assert local_path(path, "/home") == path


@pytest.mark.parametrize("path", ABROAD)
def test_signing_in_never_leads_abroad(visitor: Visitor, path: str) -> None:
    answer = visitor.post(
        "/login/", {"username": "minh", "password": PASSWORD}, query_string={"next": path, "evil": "x"}
    )
    assert answer.status_code == 302
    assert answer.location == "/"


def test_after_signing_in_one_is_where_one_wanted_to_go(visitor: Visitor) -> None:
    asked = visitor.get("/search/?q=lan")
    assert asked.location.startswith("/login/?next=")
    token = visitor.token()
    answer = visitor.send(asked.location, {"csrf_token": token, "username": "minh", "password": PASSWORD})
    assert answer.location == "/search/?q=lan"


@pytest.mark.parametrize("path", ABROAD)
def test_choosing_a_language_never_leads_abroad(visitor: Visitor, path: str) -> None:
    assert visitor.post("/language", {"locale": "en", "next": path}).location == "/"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.2"])
def test_a_forged_host_is_refused_everywhere(visitor: Visitor, host: str) -> None:
    for page in ("/", "/login/", "/health", "/nothing", "/login/?next=http://evil.example/"):
        answer = visitor.get(page, headers={"Host": host})
        assert answer.status_code == 400, page
        assert "evil" not in answer.headers.get("Location", "")


def test_forwarded_hosts_are_not_believed_without_a_proxy(visitor: Visitor) -> None:
    answer = visitor.get("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert answer.location == "/login/"


def test_a_scriptwise_question_without_a_session_gets_a_code_not_a_page_to_follow(visitor: Visitor) -> None:
    for headers in ({"Sec-Fetch-Mode": "cors"}, {"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}):
        assert visitor.get("/", headers=headers).status_code == 401
    assert visitor.get("/", headers={"Sec-Fetch-Mode": "navigate"}).status_code == 302


def test_every_answer_stays_on_its_service(signed_in: Callable[[str], Visitor]) -> None:
    visitor = signed_in("minh")
    for page in ("/login/", "/procedures", "/search", "/accounts", "/p/land/permit"):
        answer = visitor.get(page, headers={"Referer": "https://evil.example/"})
        location = answer.headers.get("Location", "/")
        assert location.startswith(("/", "http://localhost/")), page
