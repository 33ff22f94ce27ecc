"""Values inside an evaluation: exact numbers, rounding half up, and the way in and out of the environment."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.definition.expression.missing import MISSING, Unknown
from app.definition.expression.types import Type

Number = int | Fraction

DECIMALS = 12  # an endless fraction is cut here when it leaves an expression
LARGEST = 10**30  # beyond this a number is unknown: no amount, area or count is that large
_LARGEST_EXPONENT = 30
_MONEY_DECIMALS = 2


def is_missing(value: object) -> bool:
    """Not answered: no key, nothing, an empty text."""
    return value is None or value is MISSING or value == ""


def exact(value: int | Decimal | Fraction) -> Number | Unknown:
    """An exact number, whole where possible."""
    if isinstance(value, Decimal):
        if (
            not value.is_finite()
            or abs(value.adjusted()) > _LARGEST_EXPONENT
            or len(value.as_tuple().digits) > 2 * _LARGEST_EXPONENT
        ):
            return MISSING
        value = Fraction(value)
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else value
    return int(value)


def hundredth(value: int | Decimal | Fraction) -> Number | Unknown:
    """A percent, kept as 0–100, as what it is worth in arithmetic."""
    number = exact(value)
    return MISSING if number is MISSING else exact(Fraction(number, 100))


def half_up(number: Number, places: int) -> Number:
    """Rounded to so many decimals; a half goes away from zero."""
    scale = 10**places
    scaled = abs(number) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    rounded = Fraction(whole if number >= 0 else -whole, scale)
    return rounded.numerator if rounded.denominator == 1 else rounded


def as_decimal(number: Number) -> int | Decimal | Unknown:
    """A whole number as int, others as Decimal with at most twelve decimals; too large a one is unknown."""
    if not -LARGEST < number < LARGEST:
        return MISSING
    if isinstance(number, int):
        return number
    scaled = int(half_up(number, DECIMALS) * 10**DECIMALS)
    places = DECIMALS
    while places and scaled % 10 == 0:
        scaled, places = scaled // 10, places - 1
    return Decimal((int(scaled < 0), tuple(map(int, str(abs(scaled)))), -places)) if places else scaled


def day_of(value: date) -> date:
    """The day, also of a moment."""
    return value.date() if isinstance(value, datetime) else value


# The tree has already proved which value is which; Python's types would only repeat it at every call.
Conversion = Callable[[Any], Any]

_READERS: dict[str, Conversion] = {
    "number": exact,
    "money": exact,
    "percent": hundredth,
    "date": day_of,
    "list": tuple,
    "rows": tuple,
}


def reader_for(kind: Type) -> Conversion | None:
    """What a value of the environment goes through on its way in; None: it is taken as it is."""
    return _READERS.get(kind.kind)


def _dong_out(value: Number) -> int | Decimal | Unknown:
    return as_decimal(half_up(value, 0))


def _money_out(value: Number) -> int | Decimal | Unknown:
    return as_decimal(half_up(value, _MONEY_DECIMALS))


def _percent_out(value: Number) -> int | Decimal | Unknown:
    return as_decimal(value * 100)


def writer_for(kind: Type) -> Conversion | None:
    """What a result goes through on its way out; None: it is handed out as it is."""
    if kind.kind == "money":
        return _dong_out if kind.detail == "VND" else _money_out
    return {"number": as_decimal, "percent": _percent_out}.get(kind.kind)
