"""The small closures an expression is made of: reading, truth with three values, comparison, choice, membership."""

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
Closure = Callable[[Environment, Row], Any]
NO_ROW = Row({})


def literal(value: Any) -> Closure:
    """A constant."""
    return lambda env, row: value


def read_name(key: str, kind: Type) -> Closure:
    """A name of the dossier."""
    if kind.kind in ("number", "money"):
        return _read_number(key)
    convert = reader_for(kind)
    if convert is None:

        def plain(env: Environment, row: Row) -> Any:
            value = env.get(key)
            return MISSING if value is None or value == "" else value

        return plain

    def converted(env: Environment, row: Row) -> Any:
        value = env.get(key)
        return MISSING if is_missing(value) else convert(value)

    return converted


def _read_number(key: str) -> Closure:
    """Whole numbers, by far the most common, need no conversion."""
    convert = cell_reader(Type("number"))

    def number(env: Environment, row: Row) -> Any:
        value = env.get(key)
        return value if type(value) is int else convert(value)

    return number


def read_cell(key: str, kind: Type) -> Closure:
    """A cell of the row in view."""
    convert = cell_reader(kind)
    return lambda env, row: convert(row.cells.get(key))


def cell_reader(kind: Type) -> Callable[[Any], Any]:
    """What one cell is worth, missing or not."""
    convert = reader_for(kind)
    if convert is None:
        return lambda value: MISSING if is_missing(value) else value
    return lambda value: MISSING if is_missing(value) else convert(value)


def mapped(item: Closure, change: Callable[[Any], Any]) -> Closure:
    """A function of one value; of a missing one it is unknown."""

    def change_known(env: Environment, row: Row) -> Any:
        value = item(env, row)
        return value if value is MISSING else change(value)

    return change_known


def combined(left: Closure, right: Closure, combine: Callable[[Any, Any], Any]) -> Closure:
    """A function of two values; unknown as soon as one is missing."""

    def combine_known(env: Environment, row: Row) -> Any:
        first = left(env, row)
        if first is MISSING:
            return MISSING
        second = right(env, row)
        return MISSING if second is MISSING else combine(first, second)

    return combine_known


def with_constant(left: Closure, value: Any, combine: Callable[[Any, Any], Any]) -> Closure:
    """The common case of `combined`: the right side is written out."""

    def combine_known(env: Environment, row: Row) -> Any:
        first = left(env, row)
        return MISSING if first is MISSING else combine(first, value)

    return combine_known


def all_of(items: tuple[Closure, ...]) -> Closure:
    """`and`: one false makes it false, else one unknown makes it unknown."""

    def conjunction(env: Environment, row: Row) -> Any:
        result: Any = True
        for item in items:
            value = item(env, row)
            if value is False:
                return False
            if value is MISSING:
                result = MISSING
        return result

    return conjunction


def any_of(items: tuple[Closure, ...]) -> Closure:
    """`or`: one true makes it true, else one unknown makes it unknown."""

    def disjunction(env: Environment, row: Row) -> Any:
        result: Any = False
        for item in items:
            value = item(env, row)
            if value is True:
                return True
            if value is MISSING:
                result = MISSING
        return result

    return disjunction


def missing(item: Closure, *, negated: bool) -> Closure:
    """`is missing`: never unknown itself; an empty list or table is missing too."""

    def ask(env: Environment, row: Row) -> bool:
        value = item(env, row)
        return (value is MISSING or value == ()) is not negated

    return ask


def choose(condition: Closure, then: Closure, otherwise: Closure) -> Closure:
    """`then if condition else otherwise`; without knowing the condition nothing is chosen."""

    def choice(env: Environment, row: Row) -> Any:
        truth = condition(env, row)
        if truth is MISSING:
            return MISSING
        return then(env, row) if truth else otherwise(env, row)

    return choice


def within(item: Closure, options: Closure, *, negated: bool) -> Closure:
    """`in` a list that a name holds, or in all cells of a column; missing cells are no options."""
    return combined(item, options, lambda value, values: (value in values) is not negated)


def among_constants(item: Closure, values: tuple[Any, ...], *, negated: bool) -> Closure:
    """`in` a list of constants."""
    return mapped(item, lambda value: (value in values) is not negated)


def among_items(item: Closure, options: tuple[Closure, ...], *, negated: bool) -> Closure:
    """`in` a list written out: an `or` of equalities, so a missing option makes "no" unknown."""

    def membership(env: Environment, row: Row) -> Any:
        value = item(env, row)
        if value is MISSING:
            return MISSING if options else negated
        found: Any = False
        for option in options:
            candidate = option(env, row)
            if candidate is MISSING:
                found = MISSING
            elif candidate == value:
                return not negated
        return found if found is MISSING else negated

    return membership
