"""Arguments of addresses, clamped: whatever stands there, a page comes out (F6, F11)."""

from collections.abc import Collection
from typing import Any

from flask import request, url_for

LONGEST_TEXT = 100
LONGEST_CURSOR = 1_000
LAST_PAGE = 10_000


def text_argument(name: str, longest: int = LONGEST_TEXT) -> str:
    """Words from a search box, cut."""
    return request.args.get(name, "")[:longest].strip()


def choice_argument(name: str, allowed: Collection[str], otherwise: str = "") -> str:
    """One of the values that exist."""
    value = request.args.get(name, "")
    return value if value in allowed else otherwise


def cursor_argument(name: str) -> str:
    """A place in a list; storage decides whether it can be read."""
    return request.args.get(name, "")[:LONGEST_CURSOR]


def page_argument(name: str = "page") -> int:
    """A page number from 1."""
    text = request.args.get(name, "1")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
    return min(max(number, 1), LAST_PAGE)


def address(endpoint: str, **values: Any) -> str:
    """An address with the arguments that say something."""
    return url_for(endpoint, **{name: value for name, value in values.items() if value})
