"""The values worth trying for one name: its options, or the constants it is held against and their neighbours."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.definition.expression import Expression, Name
from app.definition.expression.tree import Among, Compare, IsMissing, Items, Literal, Node, Over, Read, walk
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure

_NUMBERS = frozenset({"number", "money", "percent"})
_MOST_ROWS = 50


def domain_of(key: str, name: Name, nodes: Sequence[Node], procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    """The values to try, and whether they stand for all."""
    kind = name.type.kind
    if kind == "flag":
        return (True, False), True
    if kind == "option":
        return _options(key, name, procedure)
    if kind in _NUMBERS or kind in ("date", "moment"):
        return _points(key, name, nodes, procedure)
    if kind == "text":
        return _texts(key, nodes)
    if kind == "unit":
        return _units(key, procedure)
    if kind == "rows":
        return _row_counts(key, nodes)
    return (), False


def _options(key: str, name: Name, procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    narrowed = {
        "variant": tuple(variant.key for variant in procedure.variants),
        "channel": procedure.channels,
        "level": procedure.levels,
        "applicant.kind": procedure.applicants,
    }.get(key)
    keys = tuple(name.type.labels()) if narrowed is None else narrowed
    return keys, bool(keys)


def _units(key: str, procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    choice = {"agency": procedure.agency, "authority": procedure.authority}.get(key)
    return ((), False) if choice is None else (tuple(dict.fromkeys(choice.values())), True)


def _texts(key: str, nodes: Sequence[Node]) -> tuple[tuple[Any, ...], bool]:
    constants = [value for value in _constants(key, nodes) if isinstance(value, str)]
    return (*dict.fromkeys(constants), "…"), _only_compared(key, nodes)


def _row_counts(key: str, nodes: Sequence[Node]) -> tuple[tuple[Any, ...], bool]:
    """Tables are tried by their number of rows only."""
    for node in nodes:
        if isinstance(node, Over) and _is_read(node.source, key) and (node.condition or node.function != "count"):
            return (), False
    wanted = {int(value) for node in nodes for value in _against(node, key) if isinstance(value, int | Fraction)}
    counts = {0, 1} | {count + step for count in wanted for step in (-1, 0, 1)}
    return tuple(({},) * count for count in sorted(counts) if 0 <= count <= _MOST_ROWS), _only_compared(key, nodes)


def _points(key: str, name: Name, nodes: Sequence[Node], procedure: Procedure) -> tuple[tuple[Any, ...], bool]:
    """Each constant compared with, and a value on either side of it."""
    field = procedure.form.fields.get(key)
    constants = [value for value in _constants(key, nodes) if not isinstance(value, str | bool)]
    if not constants:
        constants = _bounds(field)
    if name.type.kind in ("date", "moment"):
        return _days(constants, name.type.kind), _only_compared(key, nodes)
    scale = 100 if name.type.kind == "percent" else 1
    step = Fraction(1) if field is None or field.type in ("integer", "money", "year") else Fraction(1, 100)
    least, most = (literal_number(bound) for bound in (field.minimum, field.maximum)) if field else (None, None)
    if least is None and field is not None:
        least = Fraction(0)
    numbers = {Fraction(value) * scale for value in constants if isinstance(value, int | Fraction)}
    tried = {number + offset for number in numbers for offset in (-step, Fraction(0), step)} or {
        Fraction(0),
        Fraction(1),
    }
    kept = sorted(one for one in tried if (least is None or one >= least) and (most is None or one <= most))
    if least is not None and least not in kept:
        kept.insert(0, least)
    return tuple(int(one) if one.denominator == 1 else _decimal(one) for one in kept), _only_compared(key, nodes)


def _bounds(field: Field | None) -> list[Any]:
    bounds = (literal_number(field.minimum), literal_number(field.maximum)) if field else ()
    return [bound for bound in bounds if bound is not None]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _days(constants: Sequence[Any], kind: str) -> tuple[Any, ...]:
    days = sorted({value for value in constants if type(value) is date})
    tried = {day + timedelta(days=offset) for day in days for offset in (-1, 0, 1)}
    if kind == "date":
        return tuple(sorted(tried))
    return tuple(datetime(day.year, day.month, day.day, 9) for day in sorted(tried))


def literal_number(expression: Expression | None) -> Fraction | None:
    """The number that a bound is, when it is written as one."""
    if expression is None or expression.reads:
        return None
    value = expression.evaluate({})
    return Fraction(value) if isinstance(value, int) or hasattr(value, "as_integer_ratio") else None


def _constants(key: str, nodes: Sequence[Node]) -> list[Any]:
    return [value for node in nodes for value in _against(node, key)]


def _against(node: Node, key: str) -> Iterator[Any]:
    """The constants that this comparison holds against a name."""
    if isinstance(node, Compare):
        for mine, other in ((node.left, node.right), (node.right, node.left)):
            if _reads(mine, key) and isinstance(other, Literal):
                yield other.value
    if isinstance(node, Among) and _reads(node.item, key) and isinstance(node.among, Items):
        yield from (item.value for item in node.among.items if isinstance(item, Literal))


def _reads(node: Node, key: str) -> bool:
    return any(_is_read(one, key) for one in walk(node))


def _is_read(node: Node, key: str) -> bool:
    return isinstance(node, Read) and node.key == key and not node.table


def _only_compared(key: str, nodes: Sequence[Node]) -> bool:
    """Whether the name stands alone on one side of comparisons with constants, so that few values stand for all."""
    plain = 0
    for node in nodes:
        if isinstance(node, Compare):
            for mine, other in ((node.left, node.right), (node.right, node.left)):
                counted = isinstance(mine, Over) and mine.function == "count" and _is_read(mine.source, key)
                plain += (_is_read(mine, key) or counted) and isinstance(other, Literal)
        elif isinstance(node, Among) and isinstance(node.among, Items):
            plain += _is_read(node.item, key) and all(isinstance(one, Literal) for one in node.among.items)
        elif isinstance(node, IsMissing):
            plain += _is_read(node.item, key)
    return plain == sum(_is_read(node, key) for node in nodes)
