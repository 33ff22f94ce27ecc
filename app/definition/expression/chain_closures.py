"""Sums and products as closures: exact, unknown as soon as one part is missing, unknown when divided by zero."""

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.closures import Closure, Environment, Row, combined
from app.definition.expression.missing import MISSING, Unknown
from app.definition.expression.values import Number


def divide(left: Number, right: Number) -> Number | Unknown:
    """Exactly; whole where possible, because whole numbers are fast."""
    if right == 0:
        return MISSING
    quotient = Fraction(left) / right
    return quotient.numerator if quotient.denominator == 1 else quotient


_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
}


def chain(signs: tuple[str, ...], items: tuple[Closure, ...], *, durations: bool) -> Closure:
    """`a + b - c`, `a * b / c`; durations are only ever added."""
    operations = [Duration.plus if durations else _OPERATIONS[sign] for sign in signs[1:]]
    if len(items) == 2:
        return combined(items[0], items[1], operations[0])
    first, steps = items[0], tuple(zip(operations, items[1:], strict=True))

    def total(env: Environment, row: Row) -> Any:
        result = first(env, row)
        for operation, item in steps:
            if result is MISSING:
                return MISSING
            value = item(env, row)
            result = value if value is MISSING else operation(result, value)
        return result

    return total
