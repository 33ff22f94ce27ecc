"""Turns the typed tree of an expression into SQL; NULL is the third truth value, unknown."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, case, false, literal, null, or_, true

from app.definition.duration import Duration
from app.definition.expression import MISSING, Expression
from app.definition.expression.searchable import STEP
from app.definition.expression.tree import (
    Among,
    And,
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
    Read,
)
from app.storage.conditions import functions as sql
from app.storage.conditions import numbers
from app.storage.conditions.columns import FACTS, Column, Columns, stands_at
from app.storage.conditions.folding import folded
from app.storage.conditions.numbers import Number
from app.storage.tables import VisitRow

_NUMBERS = frozenset({"number", "money", "percent"})
_ROUNDING: dict[str, Callable[[Number], Number]] = {
    "abs": numbers.absolute,
    "floor": numbers.floor,
    "ceil": numbers.ceil,
}


def condition_of(expression: Expression, columns: Columns) -> ColumnElement[bool]:
    """A condition for WHERE: true where `Expression.holds`. It must be one that `search_problems` finds nothing in."""
    return _Reader(columns).truth(expression.tree)


class _Reader:
    """One reading; numbers are fractions of columns, everything else is one column."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def truth(self, node: Node) -> Column:
        """A flag."""
        match node:
            case And(items=items):
                return and_(*map(self.truth, items)).self_group()
            case Or(items=items):
                return or_(*map(self.truth, items)).self_group()
            case Not(item=item):
                return ~self.truth(item).self_group()
            case Compare():
                return self._compare(node)
            case Among():
                return self._among(node)
            case IsMissing(item=item, negated=negated):
                missing = self._missing(item)
                return ~missing if negated else missing
            case _:
                return self._flag(node)

    def _flag(self, node: Node) -> Column:
        match node:
            case Literal(value=value):
                return null() if value is MISSING else true() if value else false()
            case Read(key=key):
                return self._columns.flag(key)
            case Choose():
                return self._choice(node, self.truth)
            case Invoke():
                return self._call(node)
            case _:
                raise TypeError(f"no flag in SQL: {node}")

    def _compare(self, node: Compare) -> Column:
        left, right, sign = node.left, node.right, node.sign
        if isinstance(left, Read) and left.key == STEP:
            standing = stands_at(VisitRow.step == self.text(right))
            return standing if sign == "==" else ~standing
        if left.type.kind in _NUMBERS:
            return numbers.compared(sign, self.number(left), self.number(right))
        read = self.truth if left.type.kind == "flag" else self.text
        return _texts_compared(sign, read(left), read(right))

    def _among(self, node: Among) -> Column:
        among = self._within(node.item, node.among.items) if isinstance(node.among, Items) else self._in_list(node)
        return ~among.self_group() if node.negated else among

    def _within(self, item: Node, options: tuple[Node, ...]) -> Column:
        if not options:
            return false()
        if isinstance(item, Read) and item.key == STEP:
            return stands_at(VisitRow.step.in_([self.text(option) for option in options]))
        if item.type.kind in _NUMBERS:
            number = self.number(item)
            return or_(*(numbers.compared("==", number, self.number(option)) for option in options)).self_group()
        if item.type.kind == "flag":
            truth = self.truth(item).self_group()
            return or_(*(truth == self.truth(option).self_group() for option in options)).self_group()
        return self.text(item).in_([self.text(option) for option in options])

    def _in_list(self, node: Among) -> Column:
        return sql.list_has(self.text(node.among), self.text(node.item))

    def _missing(self, node: Node) -> Column:
        if isinstance(node, Read) and node.key == STEP:
            return ~stands_at(true())
        match node.type.kind:
            case "number" | "money" | "percent":
                number = self.number(node)
                absent = number.top.is_(None)
                return absent if number.by is None else or_(absent, number.by.is_(None)).self_group()
            case "flag":
                return self.truth(node).self_group().is_(None)
            case "list" | "rows":
                return sql.empty_list(self.text(node))
            case _:
                return self.text(node).is_(None)

    def _choice(self, node: Choose, read: Callable[[Node], Column]) -> Column:
        """Without knowing the condition nothing is chosen."""
        chosen = ((true(), read(node.then)), (false(), read(node.otherwise)))
        return case(*chosen, value=self.truth(node.condition).self_group())

    # ---- numbers

    def number(self, node: Node) -> Number:
        """A number, an amount of money or a percentage."""
        match node:
            case Literal(value=value):
                return numbers.constant(value) if isinstance(value, int | Fraction) else numbers.unknown()
            case Read(key=key):
                return self._columns.number(key)
            case Negative(item=item):
                return numbers.negative(self.number(item))
            case Chain(signs=signs, items=items):
                work_out = numbers.total if signs[0] == "+" else numbers.product
                return work_out(signs, [self.number(item) for item in items])
            case Choose():
                return self._chosen_number(node)
            case Invoke():
                return self._worked_out(node)
            case _:
                raise TypeError(f"no number in SQL: {node}")

    def _chosen_number(self, node: Choose) -> Number:
        then, otherwise = self.number(node.then), self.number(node.otherwise)
        condition = self.truth(node.condition).self_group()

        def chosen(first: Column, second: Column) -> Column:
            return case((true(), first), (false(), second), value=condition)

        if then.by is None and otherwise.by is None:
            (first, second), bottom, _by = numbers.levelled((then, otherwise))
            return Number(chosen(first, second), bottom)
        return Number(chosen(then.top, otherwise.top), 1, chosen(then.whole_bottom, otherwise.whole_bottom))

    def _worked_out(self, node: Invoke) -> Number:
        function, arguments = node.function, node.arguments
        if function in FACTS:
            found: Number = self._fact(node)
            return found
        if function in ("min", "max"):
            return numbers.extreme(function, [self.number(argument) for argument in arguments])
        if function in _ROUNDING:
            return _ROUNDING[function](self.number(arguments[0]))
        if function == "round":
            places = arguments[1].value if len(arguments) == 2 and isinstance(arguments[1], Literal) else 0
            return numbers.half_up(self.number(arguments[0]), int(places) if isinstance(places, int) else 0)
        return Number(self._counted(function, [self.text(argument) for argument in arguments]))

    def _counted(self, function: str, texts: list[Column]) -> Column:
        if function == "length":
            return sql.length(texts[0])
        if function == "days_between":
            return sql.days_between(*texts)
        if function == "months_between":
            return sql.months_between(*texts)
        if function == "years_between":
            return sql.years(sql.months_between(*texts))
        start, size = {"year": (1, 4), "month": (6, 2), "day": (9, 2)}[function]
        return sql.exact(sql.part(texts[0], start, size))

    # ---- texts, keys, days and moments

    def text(self, node: Node) -> Column:
        """A text, an option, a unit, a person; a day or a moment as ISO text; a list as JSON."""
        match node:
            case Literal(value=value):
                return null() if value is MISSING else literal(_literal_text(value), Text())
            case Read(key=key):
                return self._columns.moment(key) if node.type.kind == "moment" else self._columns.text(key)
            case DateOf(item=item):
                return sql.part(self.text(item), 1, 10)
            case Choose():
                return self._choice(node, self.text)
            case Invoke(function="min" | "max" as function, arguments=arguments):
                return (sql.earliest if function == "min" else sql.latest)(*map(self.text, arguments))
            case Invoke():
                text: Column = self._fact(node)
                return text
            case _:
                raise TypeError(f"no text in SQL: {node}")

    # ---- functions

    def _call(self, node: Invoke) -> Column:
        """A function whose result is a flag."""
        if node.function in FACTS:
            flag: Column = self._fact(node)
            return flag
        first, second = map(self.text, node.arguments)
        if node.function == "has":
            return sql.list_has(first, second)
        compare = sql.begins if node.function == "starts_with" else sql.holds
        return compare(folded(first), folded(second))

    def _fact(self, node: Invoke) -> Any:
        keys = [str(argument.value) for argument in node.arguments if isinstance(argument, Literal)]
        return FACTS[node.function](self._columns, *keys)


def _literal_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, Duration):
        return value.to_text()
    return value.isoformat() if isinstance(value, date) else str(value)


def _texts_compared(sign: str, left: Column, right: Column) -> Column:
    left, right = left.self_group(), right.self_group()
    match sign:
        case "==":
            return left == right
        case "!=":
            return left != right
        case "<":
            return sql.before(left, right)
        case ">":
            return sql.before(right, left)
        case "<=":
            return ~sql.before(right, left)
        case _:
            return ~sql.before(left, right)
