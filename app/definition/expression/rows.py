"""Functions over rows as functions: missing cells are skipped, a missing table has no rows (section 5.4)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from app.definition.expression.missing import MISSING
from app.definition.expression.reading import Environment, Function, Row, cell_reader
from app.definition.expression.types import Type
from app.definition.expression.values import is_missing

# What becomes of the known values: of no values at all, `sum` is 0 and `min` and `max` are unknown.
_GATHER: dict[str, Callable[[Sequence[Any]], Any]] = {
    "count": len,
    "sum": sum,
    "min": lambda values: min(values, default=MISSING),
    "max": lambda values: max(values, default=MISSING),
}


def all_cells(table: str, column: str, kind: Type) -> Function:
    """The known cells of a column."""
    read = cell_reader(kind)
    return lambda env, row: known(read(line.get(column)) for line in lines(env, table))


def lines(env: Environment, table: str) -> Iterable[Any]:
    """The rows of a table; a missing one has none."""
    found = env.get(table)
    return () if is_missing(found) else cast("Iterable[Any]", found)


def known(values: Iterable[Any]) -> tuple[Any, ...]:
    """Without the missing ones."""
    return tuple(value for value in values if value is not MISSING)


def gather(function: str, source: Function) -> Function:
    """`count`, `sum`, `min`, `max` of a list, a column or the rows of a table."""
    work_out = _GATHER[function]

    def gathered(env: Environment, row: Row) -> Any:
        values = source(env, row)
        return work_out(() if values is MISSING else values)

    return gathered


class RowLoop:
    """A condition asked row by row; ``lifted`` is what it needs from outside, worked out before the first row."""

    def __init__(self, table: str, condition: Function, lifted: Sequence[Function]) -> None:
        self._table = table
        self._condition = condition
        self._lifted = tuple(lifted)

    def truths(self, env: Environment, row: Row) -> Iterable[tuple[Any, Any]]:
        """Each row with what the condition says of it."""
        constants = tuple(lifted(env, row) for lifted in self._lifted)
        for line in lines(env, self._table):
            yield line, self._condition(env, Row(line, constants))

    def first(self, decisive: bool) -> Function:
        """`any` (a true row decides) and `all` (a false one does); else an unknown row makes the whole unknown."""

        def decided(env: Environment, row: Row) -> Any:
            result: Any = not decisive
            for _, truth in self.truths(env, row):
                if truth is decisive:
                    return decisive
                if truth is MISSING:
                    result = MISSING
            return result

        return decided

    def count(self) -> Function:
        """`count(t, condition)`: unknown is not true."""
        return lambda env, row: sum(truth is True for _, truth in self.truths(env, row))

    def sum_of(self, column: str, kind: Type) -> Function:
        """`sum(t.c, condition)`."""
        read = cell_reader(kind)
        return lambda env, row: sum(
            known(read(line.get(column)) for line, truth in self.truths(env, row) if truth is True)
        )
