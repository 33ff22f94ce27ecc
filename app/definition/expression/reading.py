"""What the functions of expressions are called with, and how a value of the environment comes in."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from app.definition.expression.missing import MISSING
from app.definition.expression.types import Type
from app.definition.expression.values import is_missing, reader_for


class Row(NamedTuple):
    """The row in view, and what a condition needs from outside of it, worked out once for all rows."""

    cells: Mapping[str, Any]
    constants: tuple[Any, ...] = ()


Environment = Mapping[str, Any]
Function = Callable[[Environment, Row], Any]
NO_ROW = Row({})


def is_plain(kind: Type) -> bool:
    """Whether a value is taken as it is."""
    return reader_for(kind) is None


def cell_reader(kind: Type) -> Callable[[Any], Any]:
    """What one value is worth, missing or not."""
    convert = reader_for(kind)
    if convert is None:
        return lambda value: MISSING if is_missing(value) else value
    return lambda value: MISSING if is_missing(value) else convert(value)
