"""Rules of standard conduct as values: times, counts and people typed, words as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definition.compile_context import Context
from app.definition.compile_who import compile_who
from app.definition.expression import Scope
from app.definition.finding import KeyPath

_TIMES = frozenset({"within", "fresh", "answer_within", "most"})  # choices of duration
_TIME = frozenset({"add", "before"})  # one duration
_PEOPLE = frozenset({"by"})
_LISTS = frozenset({"reasons", "print"})


def compile_rules(rules: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context) -> Mapping[str, object]:
    """``within`` → Choice[Duration], ``by`` → Who, ``max: none`` → None, lists → tuples; everything else as written."""
    return {key: _rule(key, value, (*path, key), scope, context) for key, value in rules.items()}


def _rule(key: str, value: Any, path: KeyPath, scope: Scope, context: Context) -> object:
    if key in _TIMES:
        return context.choice(value, path, scope, lambda text, at: context.duration(text, at, scope))
    if key in _TIME:
        return context.duration(value, path, scope)
    if key in _PEOPLE:
        return compile_who(value)
    if key in _LISTS:
        return tuple(value)
    return None if key == "max" and value == "none" else value
