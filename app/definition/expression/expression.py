"""An expression: text, type, tree and a ready-made evaluation; and the one function that reads it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.definition.expression.canonical import tree_text
from app.definition.expression.checker import Checker
from app.definition.expression.division import division_warnings
from app.definition.expression.evaluate import Evaluation
from app.definition.expression.findings import Findings
from app.definition.expression.matching import Matcher
from app.definition.expression.missing import MISSING
from app.definition.expression.parser import read_syntax
from app.definition.expression.reading import NO_ROW, Row
from app.definition.expression.scope import Scope
from app.definition.expression.tree import Cells, Invoke, IsMissing, Items, Literal, Node, Over, Read, walk
from app.definition.expression.types import Type
from app.definition.expression.values import reader_for
from app.definition.text_problem import TextProblem

ExpressionProblem = TextProblem


@dataclass(frozen=True, slots=True)
class Expression:
    """Immutable. Two expressions are equal when they read the same and mean the same."""

    text: str
    type: Type
    tree: Node
    reads: frozenset[str] = field(compare=False)
    functions: frozenset[str] = field(compare=False)
    asks_missing: frozenset[str] = field(compare=False)
    warnings: tuple[ExpressionProblem, ...] = field(compare=False)
    _evaluation: Evaluation = field(compare=False, repr=False)

    def evaluate(self, env: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> Any:
        """The value, or MISSING; ``row`` is the row in view of an expression read with `Scope.in_row`."""
        return self._evaluation.run(env, NO_ROW if row is None else Row(row))

    def holds(self, env: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> bool:
        """Whether a condition is true; unknown counts as not true."""
        return self.evaluate(env, row) is True


def parse_expression(
    text: str, scope: Scope, expected: Type | tuple[Type, ...] | None = None
) -> Expression | tuple[ExpressionProblem, ...]:
    """The expression, or what is wrong with it: the first mistake of grammar, else all of names and types."""
    syntax = read_syntax(text)
    if isinstance(syntax, TextProblem):
        return (syntax,)
    findings = Findings()
    tree = Checker(scope, findings).node(syntax)
    if tree is None:
        return findings.in_order()
    wanted = (expected,) if isinstance(expected, Type) else expected
    fitted = Matcher(scope, findings).fit(tree, wanted) if wanted else (tree, tree.type)
    if fitted is None:
        return findings.in_order()
    return _assembled(text, fitted[0], fitted[1])


def constant(value: bool | int | Decimal | str | date | tuple[Any, ...] | Any, kind: Type) -> Expression:
    """An expression that is always this value of the environment's shape, such as a literal default; MISSING too."""
    tree = _constant_node(value, kind)
    return _assembled(tree_text(tree), tree, kind)


def _constant_node(value: Any, kind: Type) -> Node:
    if kind.kind == "list":
        items = () if value is MISSING else tuple(_constant_node(item, kind.element()) for item in value)
        return Items(kind, 0, 0, items)
    convert = reader_for(kind)
    return Literal(kind, 0, 0, value if value is MISSING or convert is None else convert(value))


def _assembled(text: str, tree: Node, kind: Type) -> Expression:
    nodes = walk(tree)
    return Expression(
        text=text,
        type=kind,
        tree=tree,
        reads=frozenset(name for node in nodes for name in _names(node)),
        functions=frozenset(node.function for node in nodes if isinstance(node, Invoke | Over)),
        asks_missing=frozenset(name for node in nodes if isinstance(node, IsMissing) for name in _names(node.item)),
        warnings=division_warnings(text, tree),
        _evaluation=Evaluation(tree, kind),
    )


def _names(node: Node) -> tuple[str, ...]:
    """The names a node reads; a column counts with its table."""
    match node:
        case Read(table="", key=key):
            return (key,)
        case Read(table=table, key=column) | Cells(table=table, column=column):
            return (table, f"{table}.{column}")
        case _:
            return ()
