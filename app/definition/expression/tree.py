"""The typed tree that all readers share: Python, browser, Vietnamese prose, canonical text. Places do not count in ==.

Values in literals are internal ones: whole numbers and exact fractions, a percent as its hundredth.
"""

from dataclasses import dataclass, field
from typing import Literal as OneOf

from app.definition.expression.missing import Unknown
from app.definition.expression.syntax import ConstantValue
from app.definition.expression.types import Name, Type

OverFunction = OneOf["any", "all", "count", "sum", "min", "max"]


@dataclass(frozen=True, slots=True)
class Node:
    """Every node has a type and knows the characters it stands on."""

    type: Type
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant."""

    value: ConstantValue | Unknown


@dataclass(frozen=True, slots=True)
class Read(Node):
    """A name of the dossier, or with ``table`` the cell of the row in view."""

    key: str
    about: Name
    table: str = ""


@dataclass(frozen=True, slots=True)
class Cells(Node):
    """All cells of a column: `people.days`."""

    table: str
    column: str
    about: Name
    table_about: Name


@dataclass(frozen=True, slots=True)
class Items(Node):
    """A list written out."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """`-a`."""

    item: Node


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not a`."""

    item: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of them."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """Any of them."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`a < b`; both sides have one type."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Among(Node):
    """`a in b`; ``among`` is Items, Cells or a name holding a list."""

    item: Node
    among: Node
    negated: bool


@dataclass(frozen=True, slots=True)
class IsMissing(Node):
    """`a is missing`."""

    item: Node
    negated: bool


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """A sum (`+ -`) or a product (`* /`); the first sign is `+` or `*`."""

    signs: tuple[str, ...]
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choose(Node):
    """`then if condition else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class DateOf(Node):
    """The day of a moment, put in where a moment meets a date; it has no spelling of its own."""

    item: Node


@dataclass(frozen=True, slots=True)
class Invoke(Node):
    """A function of single values, or a fact the engine knows."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Over(Node):
    """A function over rows, the cells of a column or the values of a list; ``condition`` picks the rows."""

    function: OverFunction
    source: Node
    condition: Node | None = None


def row_table(node: Over) -> str:
    """The table whose rows its condition speaks of."""
    source = node.source
    return source.table if isinstance(source, Cells) else source.key if isinstance(source, Read) else ""


def parts(node: Node) -> tuple[Node, ...]:
    """The nodes right below, in reading order."""
    match node:
        case Items(items=items) | And(items=items) | Or(items=items) | Chain(items=items):
            return items
        case Negative(item=item) | Not(item=item) | IsMissing(item=item) | DateOf(item=item):
            return (item,)
        case Compare(left=left, right=right):
            return (left, right)
        case Among(item=item, among=among):
            return (item, among)
        case Choose(condition=condition, then=then, otherwise=otherwise):
            return (then, condition, otherwise)
        case Invoke(arguments=arguments):
            return arguments
        case Over(source=source, condition=condition):
            return (source,) if condition is None else (source, condition)
        case _:
            return ()


def walk(node: Node) -> "list[Node]":
    """The node and everything below it, in reading order."""
    found, waiting = [], [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting.extend(reversed(parts(current)))
    return found
