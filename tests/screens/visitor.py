"""Somebody at a browser: signs in, follows pages, sends forms with the token that the page carried."""

import html
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

PASSWORD = "quen-thuoc-7391"  # of everybody in tests.factories
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """One browser with its own cookies."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.client = app.test_client()
        self.address = address

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, environ_base={"REMOTE_ADDR": self.address}, **options)

    def send(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form without a token."""
        return self.client.post(path, data=fields or {}, environ_base={"REMOTE_ADDR": self.address}, **options)

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send a form as a page would."""
        return self.send(path, {"csrf_token": self.token(), **(fields or {})}, **options)

    def token(self) -> str:
        """The token of this session's forms, from a page that everybody may open."""
        for page in ("/account/password", "/login/"):
            found = _TOKEN.search(self.get(page).text)
            if found:
                return html.unescape(found.group(1))
        raise AssertionError("no page with a form can be opened")

    def sign_in(self, username: str, password: str = PASSWORD, next_page: str = "") -> TestResponse:
        """Fill in the sign-in page."""
        query = {"next": next_page} if next_page else {}
        return self.post("/login/", {"username": username, "password": password}, query_string=query)

    def cookie(self, name: str = "mot-cua") -> str:
        """The value of the session cookie."""
        found = self.client.get_cookie(name)
        assert found is not None
        return found.value

    def is_in(self) -> bool:
        """Whether the session is alive."""
        return self.get("/account/").status_code == 200


def words_of(response: TestResponse) -> str:
    """What a person reads of a page."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())
