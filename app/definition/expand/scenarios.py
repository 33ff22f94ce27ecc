"""Tests: a walk for those without one, and answers of text fields as text."""

from __future__ import annotations

from typing import Any

from app.definition.expand.steps import tables
from app.definition.shape.tree import Branch, Twig

_TYPED_AS_THEY_LOOK = frozenset({"integer", "money", "year", "yes_no", "pledge", "percent", "decimal", "area"})


def finish_tests(document: Branch) -> None:
    """Fill the walk (intake only) and keep what looks like a number in a text field as the text that was written."""
    first = next((steps[0].get("step") for steps in tables(document.get("route", {})) if steps), None)
    fields = document["form"]["fields"]
    for test in document.get("tests", ()):
        if "walk" not in test and "walk" not in test.refused and first:
            test.put("walk", _intake_only(first), None)
        _settle(test.get("given", {}).get("form"), fields)
        for act in test.get("walk", ()):
            _settle(act.get("fill"), fields)


def _intake_only(step: str) -> Twig:
    act, walk = Branch(), Twig()
    act.put("do", step, None)
    walk.add(act, None)
    return walk


def _settle(answers: Any, fields: Branch) -> None:
    if not isinstance(answers, Branch):
        return
    for key, value in answers.items():
        field = fields.get(key)
        if not isinstance(field, Branch):
            continue
        if isinstance(value, Twig) and isinstance(field.get("columns"), Branch):
            for row in value:
                _settle(row, field["columns"])
        elif field.get("type") not in _TYPED_AS_THEY_LOOK and isinstance(value, (bool, int)):
            dict.__setitem__(answers, key, _as_written(value))


def _as_written(value: bool | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
