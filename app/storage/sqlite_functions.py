"""What SQLite is taught on every connection: exact numbers, whole months, folded text, membership in a stored list.

A number is an int, or text "n/d" where it is not whole or does not fit into 64 bits; equal numbers look the same.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import floor
from operator import lt
from typing import Any

from app.definition.expression.values import half_up
from app.definition.expression.working_out import months_between
from app.vietnamese.search import search_key

_NUMBER = re.compile(r"-?[0-9]{1,31}(?:[.][0-9]{1,29})?")
_LARGEST = 2**63
Value = int | str | None


def teach(connection: Any) -> None:
    """Register the functions on a new connection of the driver."""
    for name, (count, function) in _FUNCTIONS.items():
        connection.create_function(name, count, function, deterministic=True)


def _number(value: int | str) -> int | Fraction:
    return value if isinstance(value, int) else _fraction(value)


@lru_cache(maxsize=4096)
def _fraction(text: str) -> Fraction:
    return Fraction(text)


def _value(number: int | Fraction) -> int | str:
    if isinstance(number, Fraction) and number.denominator == 1:
        number = number.numerator
    return number if isinstance(number, int) and -_LARGEST <= number < _LARGEST else str(number)


def _exact(value: Any) -> Value:
    """A stored number, or nothing where it is none."""
    if value is None or isinstance(value, float):
        return None
    if isinstance(value, int):
        return value
    return _value(Fraction(value)) if _NUMBER.fullmatch(value) else None


def _on_numbers(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """A function of known numbers; of a missing one it is unknown."""

    def called(*values: Value) -> Any:
        numbers = [_number(value) for value in values if value is not None]
        if len(numbers) < len(values):
            return None
        result = work_out(*numbers)
        return result if result is None or isinstance(result, bool) else _value(result)

    return called


def _known(work_out: Callable[..., Any]) -> Callable[..., Any]:
    """A function of known texts."""
    return lambda *values: None if None in values else work_out(*values)


def _half_up(number: int | Fraction, whole: int | Fraction, parts: int) -> int:
    return int(half_up(Fraction(number) / whole * parts, 0))


def _list_has(stored: str, value: str) -> bool:
    return value in json.loads(stored)


def _in_state(state: str, name: str) -> str:
    return json.dumps(json.loads(state).get(name))


def _has_done(past: str, step: str) -> bool:
    return any(
        v.get("step") == step and v.get("kind", "step") == "step" and v.get("outcome") == "done"
        for v in json.loads(past)
    )


def _sign(number: int | Fraction) -> int:
    return (number > 0) - (number < 0)


def _between(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _months(first: str, last: str) -> int:
    return months_between(date.fromisoformat(first), date.fromisoformat(last))


_FUNCTIONS: dict[str, tuple[int, Callable[..., Any]]] = {
    "exact": (1, _exact),
    "exact_plus": (2, _on_numbers(lambda a, b: a + b)),
    "exact_times": (2, _on_numbers(lambda a, b: a * b)),
    "exact_absolute": (1, _on_numbers(abs)),
    "exact_sign": (1, _on_numbers(_sign)),
    "exact_not_zero": (1, _on_numbers(lambda a: a or None)),
    "exact_floor": (2, _on_numbers(lambda a, b: floor(Fraction(a) / b))),
    "exact_half_up": (3, _on_numbers(_half_up)),
    "exact_smallest": (-1, _on_numbers(lambda *numbers: min(numbers))),
    "exact_largest": (-1, _on_numbers(lambda *numbers: max(numbers))),
    "exact_less": (2, _on_numbers(lt)),
    "first_text": (-1, _known(lambda *texts: min(texts))),
    "last_text": (-1, _known(lambda *texts: max(texts))),
    "days_between": (2, _known(_between)),
    "months_between": (2, _known(_months)),
    "whole_years": (1, _on_numbers(lambda months: int(months / 12))),
    "text_begins": (2, _known(str.startswith)),
    "search_key": (1, _known(search_key)),
    "list_has": (2, _known(_list_has)),
    "in_state": (2, _known(_in_state)),
    "has_done": (2, _known(_has_done)),
    "entries": (1, _known(lambda stored: len(json.loads(stored)))),
    "has_key": (2, _known(lambda stored, key: key in json.loads(stored))),
}
