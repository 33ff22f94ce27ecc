"""The functions of single values, and the facts that the engine hands over as callables in the environment."""

import math
import operator
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Any

from app.definition.expression.closures import Closure, Environment, Row, cell_reader, combined, mapped
from app.definition.expression.functions import FUNCTIONS
from app.definition.expression.missing import MISSING
from app.definition.expression.tree import Invoke
from app.definition.expression.values import half_up
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


_PURE: dict[str, Callable[..., Any]] = {
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


def invoke(node: Invoke, arguments: tuple[Closure, ...]) -> Closure:
    """A call; unknown as soon as one value is missing."""
    ask = _ask_fact(node, arguments) if FUNCTIONS[node.function].fact else None
    if ask:
        return ask
    work_out = _PURE[node.function]
    if len(arguments) == 1:
        return mapped(arguments[0], work_out)
    if len(arguments) == 2:
        return combined(arguments[0], arguments[1], work_out)

    def called(env: Environment, row: Row) -> Any:
        values = [argument(env, row) for argument in arguments]
        return MISSING if MISSING in values else work_out(*values)

    return called


def _ask_fact(node: Invoke, arguments: tuple[Closure, ...]) -> Closure:
    name, convert = f"{node.function}()", cell_reader(node.type)

    def asked(env: Environment, row: Row) -> Any:
        answer = env.get(name)
        values = [argument(env, row) for argument in arguments]
        return MISSING if answer is None or MISSING in values else convert(answer(*values))

    return asked
