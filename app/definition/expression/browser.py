"""The JSON reader: a compact tree that `static/js/expression.js` evaluates with the same three truth values as Python.

`to_json` gives `[kind, tree]`. ``kind`` says how the result leaves: "n" number, "m" whole đồng, "c" other currency,
"p" percent, "v" as it is. A tree is a list whose first item names it:

    ["n", "0.5"]                     a number (also money; a percent as its hundredth), as decimal text
    ["v", x]                         flag, text, option key, unit, user; dates and moments as ISO text
    ["get", name, kind]              a name of the dossier;
                                     kind: "n" number or money, "p" percent (0–100), "l" list or table, "v" other
                                     "t" moment
    ["own", column, kind]            a cell of the row in view
    ["outer", column, kind]          inside a condition over rows: a cell of the row in view outside of it
    ["cells", table, column, kind]   all known cells of a column
    ["list", tree…]                  a list written out
    ["not", tree] ["-", tree] ["date", tree]      "date": the day of a moment
    ["and", tree…] ["or", tree…]
    ["==", a, b]                     and != < <= > >=
    ["in", item, list, negated] ["missing", item, negated]
    ["sum", "+-+", tree…] ["product", "*/*", tree…]   one sign for each tree; the first is + or *
    ["if", condition, then, otherwise]
    ["call", function, tree…]        functions of section 5.3 whose column "browser" says yes
    ["lookup", kind, list, key, column]
    ["over", function, source, condition or null]     any all count sum min max

The browser's environment: decimal text or numbers, ISO text, true/false, arrays of option keys, arrays of row objects,
and for `lookup` a function under "lookup()". Durations and facts stay on the server, which decides again anyway.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.canonical import number_text
from app.definition.expression.expression import Expression
from app.definition.expression.functions import FUNCTIONS
from app.definition.expression.missing import MISSING
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
    walk,
)
from app.definition.expression.types import Type

_KINDS = {"number": "n", "money": "n", "percent": "p", "list": "l", "rows": "l", "moment": "t"}


def to_json(expression: Expression) -> list[Any] | None:
    """The tree for the browser; None when only the server can answer."""
    if not all(_in_browser(node) for node in walk(expression.tree)):
        return None
    return [_result_kind(expression.type), _Writer().write(expression.tree)]


def _in_browser(node: Node) -> bool:
    function = FUNCTIONS.get(node.function) if isinstance(node, Invoke) else None
    return node.type.kind != "duration" and (function is None or function.browser)


def _result_kind(kind: Type) -> str:
    if kind.kind == "money":
        return "m" if kind.detail == "VND" else "c"
    return {"number": "n", "percent": "p"}.get(kind.kind, "v")


def _value_kind(kind: Type) -> str:
    return _KINDS.get(kind.kind, "v")


def _literal(node: Literal) -> list[Any]:
    value = node.value
    if value is MISSING or isinstance(value, Duration):
        return ["v", None]
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return ["n", number_text(value)]
    return ["v", value.isoformat() if isinstance(value, date) else value]


class _Writer:
    """``table`` is set inside a condition over its rows."""

    def __init__(self, table: str = "") -> None:
        self._table = table

    def write(self, node: Node) -> list[Any]:
        write: Callable[[_Writer, Any], list[Any]] = _WRITERS[type(node)]
        return write(self, node)

    def all(self, nodes: tuple[Node, ...]) -> list[Any]:
        return [self.write(node) for node in nodes]

    def read(self, node: Read) -> list[Any]:
        where = "get" if not node.table else "own" if self._table in ("", node.table) else "outer"
        return [where, node.key, _value_kind(node.type)]

    def invoke(self, node: Invoke) -> list[Any]:
        arguments = self.all(node.arguments)
        if node.function == "lookup":
            return ["lookup", _value_kind(node.type), *arguments]
        return ["call", node.function, *arguments]

    def over(self, node: Over) -> list[Any]:
        condition = _Writer(row_table(node)).write(node.condition) if node.condition else None
        return ["over", node.function, self.write(node.source), condition]


_WRITERS: dict[type[Node], Any] = {
    Literal: lambda writer, node: _literal(node),
    Read: _Writer.read,
    Cells: lambda writer, node: ["cells", node.table, node.column, _value_kind(node.about.type)],
    Items: lambda writer, node: ["list", *writer.all(node.items)],
    Not: lambda writer, node: ["not", writer.write(node.item)],
    Negative: lambda writer, node: ["-", writer.write(node.item)],
    DateOf: lambda writer, node: ["date", writer.write(node.item)],
    And: lambda writer, node: ["and", *writer.all(node.items)],
    Or: lambda writer, node: ["or", *writer.all(node.items)],
    Compare: lambda writer, node: [node.sign, writer.write(node.left), writer.write(node.right)],
    Among: lambda writer, node: ["in", writer.write(node.item), writer.write(node.among), node.negated],
    IsMissing: lambda writer, node: ["missing", writer.write(node.item), node.negated],
    Chain: lambda writer, node: [
        "sum" if node.signs[0] == "+" else "product",
        "".join(node.signs),
        *writer.all(node.items),
    ],
    Choose: lambda writer, node: ["if", *writer.all((node.condition, node.then, node.otherwise))],
    Invoke: _Writer.invoke,
    Over: _Writer.over,
}
