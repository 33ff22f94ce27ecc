"""A mistake in a definition: where it stands, which rule it breaks and the cure. A value; there may be many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.definition.messages import RULES
from app.definition.messages.rule import Param, Severity, visible
from app.definition.words import Words

__all__ = ["Param", "Problem", "Severity", "Words", "blocks_loading", "blocks_publishing", "format_json", "format_text"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. Line and column count from 1, in characters; `level` is given where it differs from the rule's."""

    file: str
    line: int
    column: int
    rule: str
    params: Mapping[str, Param] = field(default_factory=dict, hash=False)
    level: Severity | None = None

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise ValueError(f"There is no rule {self.rule}")
        if self.line < 1 or self.column < 1:
            raise ValueError(f"{self.rule}: lines and columns count from 1, got {self.line}:{self.column}")
        if missing := RULES[self.rule].needs() - self.params.keys():
            raise ValueError(f"{self.rule} cannot be said without {sorted(missing)}")
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __lt__(self, other: Problem) -> bool:
        return self._order() < other._order()

    @property
    def severity(self) -> Severity:
        """What it blocks: loading, publishing or nothing."""
        return self.level or RULES[self.rule].severity

    def message(self, locale: str = "vi") -> str:
        """What is wrong, in one sentence."""
        return RULES[self.rule].message(self.params, locale)

    def hint(self, locale: str = "vi") -> str:
        """What is allowed and what to write instead."""
        return RULES[self.rule].hint(self.params, locale)

    def _order(self) -> tuple[str, int, int, str, str]:
        return self.file, self.line, self.column, self.rule, self.message()


def blocks_loading(problems: Iterable[Problem]) -> bool:
    """Whether the file cannot be loaded at all."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def blocks_publishing(problems: Iterable[Problem]) -> bool:
    """Whether what the file defines must not be published."""
    return any(problem.severity is not Severity.WARNING for problem in problems)


def format_text(problems: Iterable[Problem], locale: str = "vi") -> str:
    """`file:line:col: rule: message`, the cure indented on the next line; sorted."""
    return "".join(
        f"{visible(one.file)}:{one.line}:{one.column}: {one.rule}: {one.message(locale)}\n  {one.hint(locale)}\n"
        for one in sorted(problems)
    )


def format_json(problems: Iterable[Problem], locale: str = "vi") -> list[dict[str, str | int]]:
    """The same as values for `json.dumps`; sorted."""
    return [
        {
            "file": one.file,
            "line": one.line,
            "column": one.column,
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message(locale),
            "hint": one.hint(locale),
        }
        for one in sorted(problems)
    ]
