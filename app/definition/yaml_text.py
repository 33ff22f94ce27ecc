"""A plain document as YAML text for people to read: the same documents always give the same text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Letters, digits and spaces in the middle, and nothing that YAML or the language could take for something else:
# words, durations, dates and moments.
_PLAIN = re.compile(
    r"[^\W\d_][\w ()./%@+=>-]*|[0-9]+ [a-z][a-z0-9 +]*|[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?", re.UNICODE
)
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n", "none"})


class Bare(str):
    """A number with a decimal point: text here, but in a file it must stand without quotes."""

    __slots__ = ()


def yaml_text(document: Mapping[str, Any]) -> str:
    """Block style, two spaces a level, keys in their order."""
    return "".join(f"{line}\n" for line in _mapping(document, ""))


def items_text(items: Sequence[Any], indent: int) -> str:
    """Members of a list, so many spaces from the left."""
    return "".join(f"{line}\n" for line in _items(items, " " * indent))


def _mapping(document: Mapping[str, Any], indent: str) -> Iterator[str]:
    for key, value in document.items():
        yield from _entry(f"{indent}{_scalar(key)}:", value, indent)


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, indent + "  ")
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        if all(not isinstance(item, (Mapping, list)) for item in value):
            yield f"{head} [{', '.join(_scalar(item) for item in value)}]"
        else:
            yield head
            yield from _items(value, indent + "  ")
    else:
        yield f"{head} {_scalar(value)}"


def _items(items: Sequence[Any], indent: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Mapping) and item:
            lines = list(_mapping(item, indent + "  "))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield f"{indent}- {_scalar(item)}"


def _scalar(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, bool) or value is None:
        return str(value).lower() if value is not None else "null"
    if isinstance(value, (int, list)):
        return str(value) if isinstance(value, int) else f"[{', '.join(_scalar(item) for item in value)}]"
    if isinstance(value, Bare):
        return str(value)
    text = str(value)
    steady = _PLAIN.fullmatch(text) and text == text.rstrip() and text.lower() not in _WORDS
    return text if steady else json.dumps(text, ensure_ascii=False)
