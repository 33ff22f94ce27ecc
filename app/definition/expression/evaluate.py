"""The Python reader: turns a typed tree, once, into nested closures over the environment and the row in view.

Truth has three values (section 5.4): True, False and MISSING. No closure raises for an environment of declared types.
"""

import operator
from collections.abc import Callable
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.chain_closures import chain
from app.definition.expression.closures import (
    Closure,
    Environment,
    Row,
    all_of,
    among_constants,
    among_items,
    any_of,
    choose,
    combined,
    literal,
    mapped,
    missing,
    read_cell,
    read_name,
    with_constant,
    within,
)
from app.definition.expression.function_closures import invoke
from app.definition.expression.missing import MISSING
from app.definition.expression.over_closures import RowLoop, all_cells, gather
from app.definition.expression.tree import (
    Among,
    And,
    Cells,
    Chain,
    Choose,
    Compare,
    DateOf,
    Invoke,
    IsMissing,
    Items,
    Literal,
    Negative,
    Node,
    Not,
    Or,
    Over,
    Read,
    row_table,
)
from app.definition.expression.types import Type
from app.definition.expression.values import day_of, writer_for

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_tree(tree: Node, result: Type) -> Closure:
    """The closure of a whole expression; its outcome leaves as the type asked for."""
    run = _Compiler().closure(tree)
    write = writer_for(result)
    return run if write is None else mapped(run, write)


class _Compiler:
    """``table`` is set inside a condition over its rows; what does not depend on the row is lifted out of the loop."""

    def __init__(self, table: str = "") -> None:
        self._table = table
        self.lifted: list[Closure] = []

    def closure(self, node: Node) -> Closure:
        """The closure of one node."""
        build: Callable[[_Compiler, Any], Closure] = _BUILDERS[type(node)]
        return build(self, node)

    def all(self, nodes: tuple[Node, ...]) -> tuple[Closure, ...]:
        """The closures of several nodes."""
        return tuple(self.closure(node) for node in nodes)

    def _lift(self, outside: Closure) -> Closure:
        place = len(self.lifted)
        self.lifted.append(outside)
        return lambda env, row: row.constants[place]

    def read(self, node: Read) -> Closure:
        if not node.table:
            return read_name(node.key, node.type)
        cell = read_cell(node.key, node.type)
        # Inside a condition, the cell of a row further out is the same for all rows of the loop.
        return cell if self._table in ("", node.table) else self._lift(cell)

    def cells(self, node: Cells) -> Closure:
        cells = all_cells(node.table, node.column, node.about.type)
        return self._lift(cells) if self._table else cells

    def over(self, node: Over) -> Closure:
        outside = _Compiler()
        over = (
            outside._conditional(node, node.condition)
            if node.condition
            else gather(node.function, outside.closure(node.source))
        )
        return self._lift(over) if self._table else over

    def _conditional(self, node: Over, condition: Node) -> Closure:
        source, table = node.source, row_table(node)
        inside = _Compiler(table)
        loop = RowLoop(table, inside.closure(condition), inside.lifted)
        if isinstance(source, Cells):
            return loop.sum_of(source.column, source.about.type)
        return loop.count() if node.function == "count" else loop.first(node.function == "any")

    def compare(self, node: Compare) -> Closure:
        compare, left = _COMPARISONS[node.sign], self.closure(node.left)
        if node.left.type.kind == "duration":
            return combined(mapped(left, Duration.measure), mapped(self.closure(node.right), Duration.measure), compare)
        if isinstance(node.right, Literal) and node.right.value is not MISSING:
            return with_constant(left, node.right.value, compare)
        return combined(left, self.closure(node.right), compare)

    def among(self, node: Among) -> Closure:
        item = self.closure(node.item)
        if not isinstance(node.among, Items):
            return within(item, self.closure(node.among), negated=node.negated)
        options = node.among.items
        if options and all(isinstance(option, Literal) for option in options):
            return among_constants(
                item, tuple(option.value for option in options if isinstance(option, Literal)), negated=node.negated
            )
        return among_items(item, self.all(options), negated=node.negated)

    def items(self, node: Items) -> Closure:
        closures = self.all(node.items)

        def listed(env: Environment, row: Row) -> Any:
            return tuple(value for closure in closures if (value := closure(env, row)) is not MISSING)

        return listed


_BUILDERS: dict[type[Node], Any] = {
    Literal: lambda compiler, node: literal(node.value),
    Read: _Compiler.read,
    Cells: _Compiler.cells,
    Items: _Compiler.items,
    Over: _Compiler.over,
    Compare: _Compiler.compare,
    Among: _Compiler.among,
    And: lambda compiler, node: all_of(compiler.all(node.items)),
    Or: lambda compiler, node: any_of(compiler.all(node.items)),
    Not: lambda compiler, node: mapped(compiler.closure(node.item), operator.not_),
    Negative: lambda compiler, node: mapped(compiler.closure(node.item), operator.neg),
    DateOf: lambda compiler, node: mapped(compiler.closure(node.item), day_of),
    IsMissing: lambda compiler, node: missing(compiler.closure(node.item), negated=node.negated),
    Choose: lambda compiler, node: choose(*compiler.all((node.condition, node.then, node.otherwise))),
    Chain: lambda compiler, node: chain(node.signs, compiler.all(node.items), durations=node.type.kind == "duration"),
    Invoke: lambda compiler, node: invoke(node, compiler.all(node.arguments)),
}
