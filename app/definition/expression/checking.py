"""What the parts of the checker ask of the checker itself: it hands itself to them, they know only this."""

from typing import Protocol

from app.definition.expression import syntax
from app.definition.expression.findings import Findings
from app.definition.expression.matching import Matcher
from app.definition.expression.scope import Scope
from app.definition.expression.tree import Node


class Checking(Protocol):
    """One expression being checked in one scope; ``in_condition``: inside a condition over rows."""

    scope: Scope
    findings: Findings
    matcher: Matcher
    in_condition: bool

    def node(self, tree: syntax.Syntax) -> Node | None:
        """The typed node, or None when a problem was reported somewhere in it."""

    def nodes(self, trees: tuple[syntax.Syntax, ...]) -> tuple[Node, ...] | None:
        """All of them, or None."""

    def values(self, tree: syntax.Syntax) -> Node | None:
        """Where a list is wanted."""

    def flag(self, tree: syntax.Syntax) -> Node | None:
        """A condition."""

    def inside(self, table: str) -> "Checking":
        """The same about one row of that table."""
