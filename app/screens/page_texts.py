"""The words of templates and of columns, looked up once for a language: a page asks for a hundred of them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup


class _Words(dict[str, Markup]):
    """Message → its words in the language of the request that first asks for it."""

    def __missing__(self, message: str) -> Markup:
        words = self[message] = Markup(_(message)) % {}  # noqa: S704 - messages stand in our templates
        return words


@lru_cache(maxsize=8)
def _words_of(_language: str) -> _Words:
    return _Words()


def template_text(message: str, **values: Any) -> Markup:
    """What ``_()`` is in a template; values are escaped."""
    if values:
        return Markup(_(message)) % values  # noqa: S704
    try:
        words: _Words = g.page_words
    except AttributeError:
        words = g.page_words = _words_of(language())
    return words[message]


def language() -> str:
    """What words depend on: the language of the request; "" outside of one, where nothing is translated."""
    return str(get_locale() or "")


def in_each_language(lazy: Mapping[str, Any]) -> Callable[[], Mapping[str, str]]:
    """Gives the texts of a table of lazy ones as they are in the language of the request, looked up once."""

    @lru_cache(maxsize=8)
    def texts(_language: str) -> Mapping[str, str]:
        return {key: str(text) for key, text in lazy.items()}

    return lambda: texts(language())


def install_page_texts(app: Flask) -> None:
    """Give templates their ``_()``; after Flask-Babel has given them its own."""
    app.jinja_env.globals["_"] = template_text
