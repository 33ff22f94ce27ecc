"""Keyset paging: the next page begins behind the last row seen, so page 4,000 costs what page 1 costs.

Rows without a value come last in both directions. They are a stretch of their own, because neither database walks an
index in "value, then nothing" order on its own accord.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import Session

SMALLEST, LARGEST, USUAL = 1, 100, 25


class Cursor(NamedTuple):
    """A row's place in the order."""

    value: Any
    id: int


@dataclass(frozen=True, slots=True)
class Order:
    """How rows are ordered: by a column, then by id. ``with_value`` and ``without`` narrow a statement to a stretch."""

    value: ColumnElement[Any]
    id: ColumnElement[int]
    id_without: ColumnElement[int]
    kind: str  # text | number | date
    descending: bool
    with_value: Callable[[Select[Any]], Select[Any]]
    without: Callable[[Select[Any]], Select[Any]]


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows; the cursors are "" where there is nothing further."""

    rows: list[Any]
    next: str
    previous: str


def read_slice(session: Session, base: Select[Any], order: Order, after: str, before: str, size: int) -> Slice:
    """The page behind ``after``, or the one in front of ``before``; a cursor that cannot be read means the first page.

    ``base`` selects an ``id`` column first; the sorted value is added as ``sort_value``.
    """
    size = min(max(size, SMALLEST), LARGEST)
    back = read_cursor(before, order.kind) if before else None
    start = back or (read_cursor(after, order.kind) if after else None)
    rows = _rows(session, base, order, start, size + 1, backwards=back is not None)
    more = len(rows) > size
    rows = rows[:size]
    if back is not None:
        rows.reverse()
    if not rows:
        return Slice([], "", "")
    following, preceding = (True, more) if back is not None else (more, start is not None)
    return Slice(
        rows,
        write_cursor(rows[-1].sort_value, rows[-1].id) if following else "",
        write_cursor(rows[0].sort_value, rows[0].id) if preceding else "",
    )


def _rows(
    session: Session, base: Select[Any], order: Order, start: Cursor | None, most: int, *, backwards: bool
) -> list[Any]:
    rows: list[Any] = []
    for stretch in _stretches(start, backwards=backwards):
        begin = start if start is not None and stretch == _stretch_of(start) else None
        rows += session.execute(_stretch(base, order, stretch, begin, backwards).limit(most - len(rows))).all()
        if len(rows) == most:
            break
    return rows


def _stretches(start: Cursor | None, *, backwards: bool) -> list[str]:
    """What lies ahead: both stretches, or only the last one when that is where we stand."""
    ahead = ["without", "with"] if backwards else ["with", "without"]
    return ahead[1:] if start is not None and _stretch_of(start) == ahead[1] else ahead


def _stretch_of(cursor: Cursor) -> str:
    return "without" if cursor.value is None else "with"


def _stretch(base: Select[Any], order: Order, stretch: str, start: Cursor | None, backwards: bool) -> Select[Any]:
    down = order.descending != backwards
    if stretch == "without":
        statement = order.without(base).add_columns(literal(None).label("sort_value"))
        if start is not None:
            statement = statement.where(order.id_without < start.id if down else order.id_without > start.id)
        return statement.order_by(order.id_without.desc() if down else order.id_without)
    statement = order.with_value(base).add_columns(order.value.label("sort_value"))
    if start is not None:
        here = tuple_(order.value, order.id)
        there = tuple_(literal(start.value, order.value.type), literal(start.id))
        statement = statement.where(here < there if down else here > there)
    columns = (order.value, order.id)
    return statement.order_by(*(column.desc() if down else column.asc() for column in columns))


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
