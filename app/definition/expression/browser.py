"""The JSON reader: a compact tree that `static/js/expression.js` evaluates with the same three truth values as Python.

`to_json` gives `[kind, tree]`. ``kind`` says how the result leaves: "n" number, "m" whole đồng, "c" other currency,
"p" percent, "v" as it is. A tree is a list whose first item names it:

    ["n", "0.5"]                     a number (also money; a percent as its hundredth), as decimal text
    ["v", x]                         flag, text, option key, unit, user; dates and moments as ISO text
    ["get", name, kind]              a name of the dossier;
                                     kind: "n" number or money, "p" percent (0–100), "l" list or table, "v" other
    ["own", column, kind]            a cell of the row in view
    ["cells", table, column, kind]   all known cells of a column
    ["list", tree…]                  a list written out
    ["not", tree] ["-", tree] ["date", tree]      "date": the day of a moment
    ["and", tree…] ["or", tree…]
    ["==", a, b]                     and != < <= > >=
    ["in", item, list, negated] ["missing", item, negated]
    ["sum", "+-+", tree…] ["product", "*/*", tree…]   one sign for each tree; the first is + or *
    ["if", condition, then, otherwise]
    ["call", function, tree…]        functions of section 5.3 whose column "browser" says yes
    ["over", function, source, condition or null]     any all count sum min max

The browser's environment: decimal text or numbers, ISO text, true/false, arrays of option keys, arrays of row objects,
and for `lookup` a function under "lookup()". Durations and facts stay on the server, which decides again anyway.
"""

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
    walk,
)
from app.definition.expression.types import Type

_KINDS = {"number": "n", "money": "n", "percent": "p", "list": "l", "rows": "l"}


def to_json(expression: Expression) -> list[Any] | None:
    """The tree for the browser; None when only the server can answer."""
    if not all(_in_browser(node) for node in walk(expression.tree)):
        return None
    return [_result_kind(expression.type), _json(expression.tree)]


def _in_browser(node: Node) -> bool:
    function = FUNCTIONS.get(node.function) if isinstance(node, Invoke) else None
    return node.type.kind != "duration" and (function is None or function.browser)


def _result_kind(kind: Type) -> str:
    if kind.kind == "money":
        return "m" if kind.detail == "VND" else "c"
    return {"number": "n", "percent": "p"}.get(kind.kind, "v")


def _value_kind(kind: Type) -> str:
    return _KINDS.get(kind.kind, "v")


def _json(node: Node) -> list[Any]:
    write = _WRITERS[type(node)]
    written: list[Any] = write(node)
    return written


def _all(nodes: tuple[Node, ...]) -> list[Any]:
    return [_json(node) for node in nodes]


def _literal(node: Literal) -> list[Any]:
    value = node.value
    if value is MISSING or isinstance(value, Duration):
        return ["v", None]
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return ["n", number_text(value)]
    return ["v", value.isoformat() if isinstance(value, date) else value]


def _read(node: Read) -> list[Any]:
    return ["own" if node.table else "get", node.key, _value_kind(node.type)]


_WRITERS: dict[type[Node], Any] = {
    Literal: _literal,
    Read: _read,
    Cells: lambda node: ["cells", node.table, node.column, _value_kind(node.about.type)],
    Items: lambda node: ["list", *_all(node.items)],
    Not: lambda node: ["not", _json(node.item)],
    Negative: lambda node: ["-", _json(node.item)],
    DateOf: lambda node: ["date", _json(node.item)],
    And: lambda node: ["and", *_all(node.items)],
    Or: lambda node: ["or", *_all(node.items)],
    Compare: lambda node: [node.sign, _json(node.left), _json(node.right)],
    Among: lambda node: ["in", _json(node.item), _json(node.among), node.negated],
    IsMissing: lambda node: ["missing", _json(node.item), node.negated],
    Chain: lambda node: ["sum" if node.signs[0] == "+" else "product", "".join(node.signs), *_all(node.items)],
    Choose: lambda node: ["if", _json(node.condition), _json(node.then), _json(node.otherwise)],
    Invoke: lambda node: ["call", node.function, *_all(node.arguments)],
    Over: lambda node: ["over", node.function, _json(node.source), _json(node.condition) if node.condition else None],
}
