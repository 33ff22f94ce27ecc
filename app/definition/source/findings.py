"""The problems of one file while it is read: positioned, and never more than a person would read."""

from __future__ import annotations

from app.definition.problem import Param, Problem, Severity

MOST_FINDINGS = 200  # a hostile file must not fill the memory with problems


class Findings:
    """Collects problems of one file."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: list[Problem] = []

    def add(self, rule: str, line: int, column: int, *, level: Severity | None = None, **params: Param) -> None:
        """One more problem, unless there are more than enough."""
        if len(self._problems) < MOST_FINDINGS:
            self._problems.append(Problem(self._file, line, column, rule, params, level))

    def sorted(self) -> tuple[Problem, ...]:
        """All of them in the order of the file."""
        return tuple(sorted(self._problems))
