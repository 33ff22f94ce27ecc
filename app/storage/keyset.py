"""Keyset paging: the next page begins behind the last row seen, so page 4,000 costs what page 1 costs.

Rows without a value come last in both directions. They are a stretch of their own, because neither database walks an
index in "value, then nothing" order on its own accord.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, literal, tuple_
from sqlalchemy.orm import Session

SMALLEST, LARGEST, USUAL = 1, 100, 25


class Cursor(NamedTuple):
    """A row's place in the order."""

    value: Any
    id: int


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """How rows are ordered: by a column, then by id. ``with_value`` and ``without`` narrow a statement to a stretch."""

    value: ColumnElement[Any]
    id: ColumnElement[int]
    id_without: ColumnElement[int]
    kind: str  # text | number | date
    descending: bool
    with_value: Callable[[Select[Any]], Select[Any]]
    without: Callable[[Select[Any]], Select[Any]]


class Stretch(NamedTuple):
    """Which rows a statement walks: those with a value or those without, from a row on or from the end, which way."""

    has_value: bool
    begins: bool
    backwards: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows; the cursors are "" where there is nothing further."""

    rows: list[Any]
    next: str
    previous: str


def read_slice(
    session: Session,
    statement_for: Callable[[Stretch], Select[Any]],
    kind: str,
    after: str,
    before: str,
    size: int,
    parameters: Mapping[str, Any] | None = None,
) -> Slice:
    """The page behind ``after``, or the one in front of ``before``; a cursor that cannot be read means the first page.

    ``statement_for`` gives what ``stretched`` makes, of ``kind`` of order; ``parameters`` are those of its base.
    """
    size = min(max(size, SMALLEST), LARGEST)
    back = read_cursor(before, kind) if before else None
    start = back or (read_cursor(after, kind) if after else None)
    rows: list[Any] = []
    for stretch in _stretches(start, backwards=back is not None):
        place = {"start_value": start.value, "start_id": start.id} if start is not None and stretch.begins else {}
        values = {**(parameters or {}), **place, "most": size + 1 - len(rows)}
        rows += session.execute(statement_for(stretch), values).all()
        if len(rows) > size:
            break
    return _slice(rows, size, back is not None, start is not None)


def _slice(rows: list[Any], size: int, backwards: bool, begun: bool) -> Slice:
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    if not rows:
        return Slice([], "", "")
    following, preceding = (True, more) if backwards else (more, begun)
    return Slice(
        rows,
        write_cursor(rows[-1].sort_value, rows[-1].id) if following else "",
        write_cursor(rows[0].sort_value, rows[0].id) if preceding else "",
    )


def _stretches(start: Cursor | None, *, backwards: bool) -> list[Stretch]:
    """What lies ahead: both stretches, or only the last one when that is where we stand."""
    here = None if start is None else start.value is not None
    ahead = [Stretch(has_value, has_value is here, backwards) for has_value in (not backwards, backwards)]
    return ahead[1:] if ahead[1].begins else ahead


def stretched(base: Select[Any], order: Order, stretch: Stretch) -> Select[Any]:
    """The statement of a stretch: parameters ``most``, and ``start_value`` and ``start_id`` where it begins at a row.

    ``base`` selects an ``id`` column first; the sorted value is added as ``sort_value``.
    """
    down = order.descending != stretch.backwards
    there = bindparam("start_id", type_=order.id.type)
    if not stretch.has_value:
        statement = order.without(base).add_columns(literal(None).label("sort_value"))
        if stretch.begins:
            statement = statement.where(order.id_without < there if down else order.id_without > there)
        return statement.order_by(order.id_without.desc() if down else order.id_without).limit(bindparam("most"))
    statement = order.with_value(base).add_columns(order.value.label("sort_value"))
    if stretch.begins:
        here = tuple_(order.value, order.id)
        start = tuple_(bindparam("start_value", type_=order.value.type), there)
        statement = statement.where(here < start if down else here > start)
    columns = (order.value, order.id)
    return statement.order_by(*(column.desc() if down else column.asc() for column in columns)).limit(bindparam("most"))


def write_cursor(value: Any, row_id: int) -> str:
    """A cursor as it stands in a link."""
    plain = value.isoformat() if isinstance(value, datetime) else value
    text = json.dumps([plain, row_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(text: str, kind: str) -> Cursor | None:
    """A cursor from a link; None for anything we did not write."""
    try:
        value, row_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(row_id, int) or not 0 <= row_id < 2**31:
            return None
        if value is None:
            return Cursor(None, row_id)
        if kind == "date":
            return Cursor(datetime.fromisoformat(value), row_id)
        return Cursor(float(value) if kind == "number" else str(value), row_id)
    except (binascii.Error, ValueError, TypeError):
        return None
