"""The Vietnamese reader: an expression as people of the office would say it (language section 5.5)."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.expression import Expression
from app.definition.expression.function_prose import FUNCTION_PROSE, over_prose
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
)
from app.definition.expression.types import Type
from app.definition.expression.values import as_decimal
from app.vietnamese.dates import format_date, format_moment
from app.vietnamese.numbers import format_money_long, format_number

_SIGNS = {
    "==": "là",
    "!=": "khác",
    "<": "nhỏ hơn",
    "<=": "nhỏ hơn hoặc bằng",
    ">": "lớn hơn",
    ">=": "lớn hơn hoặc bằng",
}
_NUMBER_SIGNS = _SIGNS | {"==": "bằng"}
_DATE_SIGNS = _SIGNS | {"<": "trước", "<=": "không sau", ">": "sau", ">=": "không trước"}
_AMOUNTS = frozenset({"number", "money", "percent"})
_TIMES = frozenset({"date", "moment", "calendar"})
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_ARITHMETIC = {"+": "+", "-": "−", "*": "×", "/": "÷"}


def to_vietnamese(expression: Expression, lead: str = "khi ") -> str:
    """`khi Diện tích lớn hơn 100 ha và Kênh nộp là trực tuyến`; the lead stands before conditions only."""
    said = say(expression.tree)
    return f"{lead}{said}" if expression.type.kind == "flag" else said


def say(node: Node) -> str:
    """One part, without brackets around it."""
    speak: Callable[[Any], str] = _SPEAKERS[type(node)]
    return speak(node)


def _inside(node: Node, *loose: type[Node]) -> str:
    """A part of a larger sentence: in brackets where it would read otherwise."""
    return f"({say(node)})" if isinstance(node, loose) else say(node)


def _literal(node: Literal) -> str:
    value = node.value
    if value is MISSING:
        return "chưa xác định"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        label = node.type.labels().get(value)
        return label if label is not None else f"“{value}”"
    if isinstance(value, date):
        return format_moment(value) if isinstance(value, datetime) else format_date(value)
    return value.to_vietnamese() if isinstance(value, Duration) else _number(value, node.type)


def _number(value: int | Fraction, kind: Type) -> str:
    number = as_decimal(Fraction(value) * 100 if kind.kind == "percent" else value)
    plain = number if isinstance(number, int | Decimal) else 0
    if kind.kind == "money":
        return format_money_long(plain) if kind.detail == "VND" else f"{format_number(plain)} {kind.detail}"
    return f"{format_number(plain)} %" if kind.kind == "percent" else format_number(plain)


def _measured(node: Node, other: Node) -> str:
    """A number written out takes the measure of what it is compared with: `100 ha`, `1.000.000 đồng`."""
    if not isinstance(node, Literal) or node.type.kind != "number":
        return _inside(node, Choose)
    if other.type.kind == "money" and isinstance(node.value, int | Fraction):
        return _number(node.value, other.type)
    about = other.about if isinstance(other, Read | Cells) else None
    return f"{say(node)} {about.measure}" if about and about.measure else say(node)


def _flag(node: Read, *, negated: bool = False) -> str:
    """`có Đo đạc lại thửa đất`; a label that begins with "Có" is not given a second one."""
    label = node.about.label
    if label.startswith("Có "):
        return f"{'không ' * negated}có {label.removeprefix('Có ')}"
    return f"{'không' if negated else 'có'} {label}"


def _read(node: Read) -> str:
    return _flag(node) if node.type.kind == "flag" else node.about.label


def _not(node: Not) -> str:
    item = node.item
    match item:
        case Read():
            return _flag(item, negated=True)
        case Compare(sign=sign):
            return _compared(item, _OPPOSITE[sign])
        case Among():
            return _among(item, negated=not item.negated)
        case IsMissing():
            return _missing(item, negated=not item.negated)
        case Not(item=inner):
            return say(inner)
        case _:
            return f"không phải ({say(item)})"


def _compared(node: Compare, sign: str) -> str:
    if node.left.type.kind == "flag":
        return _flags_compared(node, same=sign == "==")
    signs = (
        _DATE_SIGNS if node.left.type.kind in _TIMES else _NUMBER_SIGNS if node.left.type.kind in _AMOUNTS else _SIGNS
    )
    return f"{_measured(node.left, node.right)} {signs[sign]} {_measured(node.right, node.left)}"


def _flags_compared(node: Compare, *, same: bool) -> str:
    if isinstance(node.left, Read) and isinstance(node.right, Literal):
        return _flag(node.left, negated=(node.right.value is True) is not same)
    return f"({say(node.left)}) {'giống' if same else 'khác'} ({say(node.right)})"


def _among(node: Among, *, negated: bool) -> str:
    item = _inside(node.item, Choose)
    if isinstance(node.among, Items):
        options = ", ".join(_measured(option, node.item) for option in node.among.items)
        return f"{item} {'không ' * negated}là một trong: {options or 'không có gì'}"
    return f"{item} {'không ' * negated}có trong {say(node.among)}"


def _missing(node: IsMissing, *, negated: bool) -> str:
    about = node.item.about if isinstance(node.item, Read | Cells) else None
    name = about.label if about else _inside(node.item, Choose, Or, And, Compare, Among)
    return f"{'đã' if negated else 'chưa'} có {name}"


def _chain(node: Chain) -> str:
    looser: tuple[type[Node], ...] = (Choose, Chain) if node.signs[0] == "*" else (Choose,)
    words = [_inside(item, *looser) for item in node.items]
    return words[0] + "".join(
        f" {_ARITHMETIC[sign]} {word}" for sign, word in zip(node.signs[1:], words[1:], strict=True)
    )


def _choose(node: Choose) -> str:
    return f"{_inside(node.then, Choose)} nếu {say(node.condition)}, ngược lại {say(node.otherwise)}"


def _invoke(node: Invoke) -> str:
    return FUNCTION_PROSE[node.function]([_inside(argument, Choose) for argument in node.arguments])


def _over(node: Over) -> str:
    table = node.source.table_about.label if isinstance(node.source, Cells) else say(node.source)
    column = node.source.about.label if isinstance(node.source, Cells) else ""
    return over_prose(node.function, table, column, say(node.condition) if node.condition else "")


_SPEAKERS: dict[type[Node], Callable[[Any], str]] = {
    Literal: _literal,
    Read: _read,
    Cells: lambda node: f"{node.about.label} của {node.table_about.label}",
    Items: lambda node: ", ".join(say(item) for item in node.items),
    Negative: lambda node: f"−{_inside(node.item, Choose, Chain)}",
    Not: _not,
    And: lambda node: " và ".join(_inside(item, Or, Choose) for item in node.items),
    Or: lambda node: " hoặc ".join(_inside(item, And, Choose) for item in node.items),
    Compare: lambda node: _compared(node, node.sign),
    Among: lambda node: _among(node, negated=node.negated),
    IsMissing: lambda node: _missing(node, negated=node.negated),
    Chain: _chain,
    Choose: _choose,
    DateOf: lambda node: f"ngày của {say(node.item)}",
    Invoke: _invoke,
    Over: _over,
}
