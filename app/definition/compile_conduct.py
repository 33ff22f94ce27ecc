"""Rules of standard conduct as values: times, counts and people typed, words as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definition.compile_context import Context
from app.definition.compile_who import compile_who
from app.definition.expression import Scope
from app.definition.finding import KeyPath

# Choices of a duration, choices of something else, one duration, people, lists.
_TIMES = frozenset({"within", "fresh", "answer_within", "most", "after_supplement", "add"})
_PLAIN = frozenset({"then", "on_late", "max"})
_TIME = frozenset({"before"})
_PEOPLE = frozenset({"by", "approve", "ask_by"})
_LISTS = frozenset({"reasons", "print"})


def compile_rules(
    name: str, rules: Mapping[str, Any], path: KeyPath, scope: Scope, context: Context
) -> Mapping[str, object]:
    """The rules of one kind of conduct.

    ``within`` → Choice[Duration], ``by`` → Who, ``max`` → Choice of a number or None, lists → tuples, ``rounds`` → the
    rules of each request, ``to`` → tuple of keys (of Who where people are asked); everything else as written.
    """
    return {key: _rule(name, key, value, (*path, key), scope, context) for key, value in rules.items()}


def _rule(name: str, key: str, value: Any, path: KeyPath, scope: Scope, context: Context) -> object:
    if key in _TIMES:
        return context.choice(value, path, scope, lambda text, at: context.duration(text, at, scope))
    if key in _PLAIN:
        return context.choice(value, path, scope, lambda word, _at: None if word == "none" else word)
    if key in _TIME:
        return context.duration(value, path, scope)
    if key in _PEOPLE:
        return compile_who(value)
    if key in _LISTS:
        return tuple(value)
    if key == "to":
        return tuple(compile_who(one) if name == "consult" else one for one in value)
    if key == "rounds":
        return tuple(compile_rules(name, one, (*path, at), scope, context) for at, one in enumerate(value))
    return value
