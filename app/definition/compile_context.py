"""Compiling with tolerance: what cannot be read becomes a finding and a placeholder; every other rule still runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from app.definition.duration import Duration, parse_duration
from app.definition.expression import DATE, FLAG, MISSING, MOMENT, Expression, Scope, Type, constant, parse_expression
from app.definition.finding import Finding, KeyPath
from app.definition.model.choice import Case, Choice
from app.definition.text_problem import TextProblem

T = TypeVar("T")
Expected = Type | tuple[Type, ...] | None
UNREADABLE = constant(MISSING, FLAG)  # stands for an expression that could not be read; unknown for ever
NO_TIME = Duration(kind="none")


class Context:
    """The findings of one compilation, and readers for the texts of the expanded document."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def expression(self, text: object, path: KeyPath, scope: Scope, expected: Expected = FLAG) -> Expression:
        """The expression at a path; a flag or number of the document counts as its text."""
        written = str(text).lower() if isinstance(text, bool) else str(text)
        parsed = parse_expression(written, scope, expected)
        if isinstance(parsed, Expression):
            self._note(parsed.warnings, path)
            return parsed
        self._note(parsed, path)
        return UNREADABLE

    def optional(
        self, holder: Mapping[str, Any], key: str, path: KeyPath, scope: Scope, expected: Expected = FLAG
    ) -> Expression | None:
        """The expression under a key, or None where the key is absent."""
        return self.expression(holder[key], (*path, key), scope, expected) if key in holder else None

    def duration(self, text: object, path: KeyPath, scope: Scope | None, *, steps: bool = False) -> Duration:
        """The duration at a path; a date named by ``until`` is checked against the scope."""
        parsed = parse_duration(str(text), steps=steps)
        if not isinstance(parsed, Duration):
            self._note((parsed,), path)
            return NO_TIME
        if parsed.kind == "until" and scope is not None:
            read = parse_expression(parsed.until or "", scope, (MOMENT, DATE))
            if not isinstance(read, Expression):
                self._note(read, path, parsed.until_offset)
        return parsed

    def choice(self, value: object, path: KeyPath, scope: Scope, read: Callable[[Any, KeyPath], T]) -> Choice[T]:
        """``{default, cases}`` with every value read."""
        if not isinstance(value, Mapping) or "cases" not in value:
            return Choice(read(value, path))
        default = read(value["default"], (*path, "default")) if "default" in value else None
        cases = tuple(
            Case(
                self.expression(case["when"], (*path, "cases", at, "when"), scope),
                read(case["is"], (*path, "cases", at, "is")),
                case.get("why", ""),
            )
            for at, case in enumerate(value["cases"])
            if "when" in case and "is" in case
        )
        return Choice(default, cases)

    def times(
        self, holder: Mapping[str, Any], key: str, path: KeyPath, scope: Scope, *, steps: bool = False
    ) -> Choice[Duration] | None:
        """The choice of duration under a key, or None where the key is absent."""
        if key not in holder:
            return None
        return self.choice(
            holder[key], (*path, key), scope, lambda text, at: self.duration(text, at, scope, steps=steps)
        )

    def find(self, path: KeyPath, rule: str, **params: Any) -> None:
        """Note a mistake at a path."""
        self.findings.append(Finding(path, rule, params))

    def _note(self, problems: tuple[TextProblem, ...], path: KeyPath, shift: int = 0) -> None:
        for problem in problems:
            params: dict[str, Any] = dict(problem.params)
            if problem.cure.vi:
                params["cure"] = problem.cure
            self.findings.append(Finding(path, problem.rule, params, offset=problem.offset + shift))
