"""Writes a typed tree as text again, in one spelling: what it prints parses to the same tree."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.missing import MISSING
from app.definition.expression.reserved import GRAMMAR_WORDS
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
)
from app.definition.expression.values import DECIMALS, half_up

# How tightly each construct binds; a part that binds more loosely than its place asks for gets brackets.
_CHOICE, _OR, _AND, _NOT, _TEST, _SUM, _PRODUCT, _UNARY, _ATOM = range(9)


def tree_text(tree: Node) -> str:
    """The canonical spelling."""
    return _text(tree, _CHOICE)


def number_text(value: int | Fraction) -> str:
    """`1000000`, `0.5`: decimals as they were written."""
    if isinstance(value, int):
        return str(value)
    scaled = int(half_up(abs(value), DECIMALS) * 10**DECIMALS)
    whole, decimals = divmod(scaled, 10**DECIMALS)
    return f"{'-' if value < 0 else ''}{whole}.{decimals:0{DECIMALS}d}".rstrip("0")


def literal_text(node: Literal) -> str:
    """A constant."""
    value = node.value
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Fraction():
            return f"{number_text(_plain(value * 100))}%" if node.type.kind == "percent" else number_text(value)
        case date():
            return value.isoformat()
        case Duration():
            return value.to_text()
        case str():
            return f'"{value}"'
        case _:
            return repr(MISSING)


def _plain(value: int | Fraction) -> int | Fraction:
    return value if isinstance(value, int) or value.denominator != 1 else value.numerator


def _text(node: Node, place: int) -> str:
    if isinstance(node, DateOf):
        return _text(node.item, place)
    tightness, write = _WRITERS[type(node)]
    if isinstance(node, Chain) and node.signs[0] == "*":
        tightness = _PRODUCT
    text = write(node)
    return text if tightness >= place else f"({text})"


def _chain(node: Chain) -> str:
    inner = _UNARY if node.signs[0] == "*" else _PRODUCT
    texts = [_text(item, inner) for item in node.items]
    return texts[0] + "".join(f" {sign} {text}" for sign, text in zip(node.signs[1:], texts[1:], strict=True))


def _choose(node: Choose) -> str:
    return f"{_text(node.then, _OR)} if {_text(node.condition, _OR)} else {_text(node.otherwise, _CHOICE)}"


def _call(name: str, *arguments: Node | None) -> str:
    return f"{name}({', '.join(_text(argument, _CHOICE) for argument in arguments if argument)})"


def _items(node: Items) -> str:
    return f"[{', '.join(_text(item, _ATOM) for item in node.items)}]"


_WRITERS: dict[type[Node], tuple[int, Callable[[Any], str]]] = {
    Literal: (_ATOM, literal_text),
    Read: (_ATOM, lambda node: f"{node.table}.{node.key}" if node.key in GRAMMAR_WORDS else node.key),
    Cells: (_ATOM, lambda node: f"{node.table}.{node.column}"),
    Items: (_ATOM, _items),
    Invoke: (_ATOM, lambda node: _call(node.function, *node.arguments)),
    Over: (_ATOM, lambda node: _call(node.function, node.source, node.condition)),
    Negative: (_UNARY, lambda node: f"-{_text(node.item, _UNARY)}"),
    Chain: (_SUM, _chain),
    Compare: (_TEST, lambda node: f"{_text(node.left, _SUM)} {node.sign} {_text(node.right, _SUM)}"),
    Among: (_TEST, lambda node: f"{_text(node.item, _SUM)} {'not ' * node.negated}in {_text(node.among, _ATOM)}"),
    IsMissing: (_TEST, lambda node: f"{_text(node.item, _SUM)} is {'not ' * node.negated}missing"),
    Not: (_NOT, lambda node: f"not {_text(node.item, _NOT)}"),
    And: (_AND, lambda node: " and ".join(_text(item, _NOT) for item in node.items)),
    Or: (_OR, lambda node: " or ".join(_text(item, _AND) for item in node.items)),
    Choose: (_CHOICE, _choose),
}
