"""The one construct by which a value depends on the case: default and cases, tried from the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.definition.expression import Expression

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Case(Generic[T]):
    """One line of a choice: the value that holds when the condition is true, and the ground printed with it."""

    when: Expression
    value: T
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """A value that may depend on the case (section 1). ``default`` may be None only if the cases cover."""

    default: T | None
    cases: tuple[Case[T], ...] = ()

    def case_for(self, env: Mapping[str, object], row: Mapping[str, object] | None = None) -> Case[T] | None:
        """The first case whose condition is true, or None when the default holds. Unknown counts as not true.

        ``row``: the row in view, where the choice stands for every row of a table.
        """
        for case in self.cases:
            if case.when.evaluate(env, row) is True:
                return case
        return None

    def pick(self, env: Mapping[str, object], row: Mapping[str, object] | None = None) -> T | None:
        """The value for this case."""
        if not self.cases:
            return self.default
        case = self.case_for(env, row)
        return self.default if case is None else case.value

    def values(self) -> tuple[T, ...]:
        """Every value that may come out, the default first."""
        first = () if self.default is None else (self.default,)
        return first + tuple(case.value for case in self.cases)
