"""What is worked out of known values: division, chains, membership, the functions of single values, facts."""

import math
import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from app.definition.duration import Duration
from app.definition.expression.missing import MISSING, Unknown
from app.definition.expression.reading import Environment
from app.definition.expression.values import Number, half_up
from app.vietnamese.search import search_key


def months_between(first: date, last: date) -> int:
    """Whole months passed; a month ends on the corresponding day, else on its last day (Civil Code, art. 148)."""
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    ends_month = last.day == monthrange(last.year, last.month)[1]
    return months if last.day >= first.day or ends_month else months - 1


def years_between(first: date, last: date) -> int:
    """Whole years passed: age on a day."""
    months = months_between(first, last)
    return months // 12 if months >= 0 else -(-months // 12)


PURE: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "round": lambda number, places=0: half_up(number, places),
    "floor": math.floor,
    "ceil": math.ceil,
    "length": len,
    "starts_with": lambda text, start: search_key(text).startswith(search_key(start)),
    "contains": lambda text, part: search_key(part) in search_key(text),
    "has": lambda values, value: value in values,
    "year": operator.attrgetter("year"),
    "month": operator.attrgetter("month"),
    "day": operator.attrgetter("day"),
    "days_between": lambda first, last: (last - first).days,
    "months_between": months_between,
    "years_between": years_between,
}


def divide(left: Number, right: Number) -> Number | Unknown:
    """Exactly; whole where possible, because whole numbers are fast. By zero it is unknown."""
    if right == 0:
        return MISSING
    quotient = Fraction(left) / right
    return quotient.numerator if quotient.denominator == 1 else quotient


BETWEEN: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": divide,
}


ADDING: dict[str, Callable[[Any, Any], Any]] = {"+": Duration.plus}  # durations are only ever added


def fold(operations: tuple[Callable[[Any, Any], Any], ...]) -> Callable[..., Any]:
    """A chain with operations that may end in the unknown: `a * b / c`."""

    def total(first: Any, *others: Any) -> Any:
        result = first
        for operation, value in zip(operations, others, strict=True):
            if result is MISSING:
                return MISSING
            result = operation(result, value)
        return result

    return total


def is_among(value: Any, options: tuple[Any, ...], negated: bool) -> Any:
    """`in` a list written out: an `or` of equalities, so a missing option makes "no" unknown."""
    if value is MISSING:
        return MISSING if options else negated
    if value in options:
        return not negated
    return MISSING if MISSING in options else negated


def ask(name: str, convert: Callable[[Any], Any]) -> Callable[..., Any]:
    """A fact that the engine hands over as a function in the environment; unknown where there is none."""

    def asked(env: Environment, *values: Any) -> Any:
        answer = env.get(name)
        return MISSING if answer is None else convert(answer(*values))

    return asked
