"""Putting further tests into the text of a procedure file where a person would paste them: at the end of ``tests:``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.definition.yaml_text import items_text

_HEAD = re.compile(r"tests[ \t]*:[ \t]*(?P<rest>[^\n#]*)")
_ITEM = re.compile(r"(?P<indent> *)- ")
_USUAL = 2


def test_text(test: Mapping[str, Any], text: str) -> str:
    """One test as lines of YAML, as far to the right as the tests that the file has."""
    return items_text([test], _indent(text.splitlines()))


def with_test(text: str, added: str) -> str | None:
    """The text of the file with a test pasted in; None where its tests stand in brackets on one line."""
    lines = text.splitlines(keepends=True)
    start = _start(lines)
    if start is None:
        return f"{text if text.endswith(chr(10)) else text + chr(10)}tests:\n{added}"
    head = _HEAD.match(lines[start])
    rest = head["rest"].strip() if head else ""
    if rest == "[]":
        return "".join([*lines[:start], "tests:\n", added, *lines[start + 1 :]])
    if rest:
        return None
    end = _end(lines, start)
    before = "".join(lines[:end])
    return f"{before if before.endswith(chr(10)) else before + chr(10)}{added}{''.join(lines[end:])}"


def _start(lines: list[str]) -> int | None:
    return next((at for at, line in enumerate(lines) if _HEAD.match(line)), None)


def _end(lines: list[str], start: int) -> int:
    """Behind the last line that belongs to the tests; comments and empty lines behind them stay behind."""
    end = start + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if line.strip() and not line.lstrip().startswith("#"):
            if not line[0].isspace() and not line.startswith("- "):
                break
            end = at + 1
    return end


def _indent(lines: list[str]) -> int:
    start = _start(lines)
    for line in lines[start + 1 :] if start is not None else ():
        item = _ITEM.match(line)
        if item:
            return len(item["indent"])
        if line.strip() and not line[0].isspace():
            break
    return _USUAL
