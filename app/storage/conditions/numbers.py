"""Exact numbers in SQL: a fraction of two columns, because no database divides exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from sqlalchemy import ColumnElement, Text, literal, null

from app.storage.conditions import functions as sql

Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Number:
    """``top / (bottom · by)``; the bottoms are above zero, ``by`` is None where there is no column to divide by."""

    top: Column
    bottom: int = 1
    by: Column | None = None

    @property
    def whole_bottom(self) -> Column:
        """What the top is divided by, as one column."""
        constant = written(self.bottom)
        return constant if self.by is None else sql.times(self.by, constant) if self.bottom != 1 else self.by


def written(value: int | Fraction) -> Column:
    """A whole number of the statement."""
    return sql.exact(literal(str(value), Text()))


def constant(value: int | Fraction) -> Number:
    """A number of the expression."""
    fraction = Fraction(value)
    return Number(written(fraction.numerator), fraction.denominator)


def unknown() -> Number:
    """The number that is missing."""
    return Number(sql.exact(null()))


def _scaled(top: Column, factor: int, by: Column | None) -> Column:
    scaled = top if factor == 1 else sql.times(top, written(factor))
    return scaled if by is None else sql.times(scaled, by)


def _product(columns: Sequence[Column | None]) -> Column | None:
    product: Column | None = None
    for column in columns:
        if column is not None:
            product = column if product is None else sql.times(product, column)
    return product


def levelled(numbers: Sequence[Number]) -> tuple[tuple[Column, ...], int, Column | None]:
    """The tops of the numbers over one bottom that they share."""
    bottom = lcm(*(number.bottom for number in numbers))
    by = _product([number.by for number in numbers])
    tops = tuple(
        _scaled(
            number.top,
            bottom // number.bottom,
            _product([other.by for place, other in enumerate(numbers) if place != at]),
        )
        for at, number in enumerate(numbers)
    )
    return tops, bottom, by


def total(signs: Sequence[str], numbers: Sequence[Number]) -> Number:
    """A sum; the signs are + and -."""
    (first, *others), bottom, by = levelled(numbers)
    top = first
    for sign, other in zip(signs[1:], others, strict=True):
        top = sql.plus(top, negative(Number(other)).top if sign == "-" else other)
    return Number(top, bottom, by)


def product(signs: Sequence[str], numbers: Sequence[Number]) -> Number:
    """A product; the signs are * and /. Divided by zero it is missing."""
    result = numbers[0]
    for sign, other in zip(signs[1:], numbers[1:], strict=True):
        factor = reciprocal(other) if sign == "/" else other
        by = _product([result.by, factor.by])
        result = Number(sql.times(result.top, factor.top), result.bottom * factor.bottom, by)
    return result


def reciprocal(number: Number) -> Number:
    """1 / a, its sign above the line."""
    above = _scaled(sql.sign(number.top), number.bottom, number.by)
    return Number(above, 1, sql.absolute(sql.not_zero(number.top)))


def negative(number: Number) -> Number:
    """-a."""
    return Number(sql.times(number.top, written(-1)), number.bottom, number.by)


def absolute(number: Number) -> Number:
    """The distance from zero."""
    return Number(sql.absolute(number.top), number.bottom, number.by)


def floor(number: Number) -> Number:
    """The largest whole number that is not above it."""
    return Number(sql.floor(number.top, number.whole_bottom))


def ceil(number: Number) -> Number:
    """The smallest whole number that is not below it."""
    return negative(floor(negative(number)))


def half_up(number: Number, places: int) -> Number:
    """Rounded to so many decimals, a half away from zero."""
    parts = 10**places
    return Number(sql.half_up(number.top, number.whole_bottom, written(parts)), parts)


def extreme(function: str, numbers: Sequence[Number]) -> Number:
    """The smallest or largest; unknown as soon as one is missing."""
    tops, bottom, by = levelled(numbers)
    return Number((sql.smallest if function == "min" else sql.largest)(*tops), bottom, by)


def compared(sign: str, left: Number, right: Number) -> Column:
    """A comparison; both are brought over one bottom, which is above zero."""
    (first, second), _bottom, _by = levelled((left, right))
    match sign:
        case "==":
            return sql.same_number(first, second)
        case "!=":
            return ~sql.same_number(first, second)
        case "<":
            return sql.less(first, second)
        case ">":
            return sql.less(second, first)
        case "<=":
            return ~sql.less(second, first)
        case _:
            return ~sql.less(first, second)
