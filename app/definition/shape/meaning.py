"""What the key at a path means, from the tables of the language."""

from __future__ import annotations

from typing import Any

from app.definition.finding import KeyPath
from app.definition.shape.reader import Kind
from app.definition.shape.record import Deferred, Record, Row, Switch
from app.definition.shape.structures import Choice, Either, ListOf, MapOf, Wrapped
from app.definition.shape.tables.procedure import PROCEDURE


def row_at(path: KeyPath, document: Any) -> Row | None:
    """The row of the last key of the language on this path; None where there is none."""
    found, _kind = _follow(path, document)
    return found


def rows_in(path: KeyPath, document: Any) -> tuple[Row, ...]:
    """The rows of the mapping at a path: every key that may be written there."""
    _row, kind = _follow(path, document)
    value = document
    for key in path:
        value = value[key]
    record = _plain_kind(kind, value)
    return tuple(row for row in record.rows if not row.later) if isinstance(record, Record) else ()


def _follow(path: KeyPath, document: Any) -> tuple[Row | None, Kind | None]:
    kind: Kind | None = PROCEDURE
    found: Row | None = None
    value = document
    for key in path:
        kind = _plain_kind(kind, value)
        if isinstance(kind, Record):
            row = kind.by_key.get(str(key))
            found, kind = row, row.kind if row is not None else None
        elif isinstance(kind, ListOf):
            kind = kind.item
        elif isinstance(kind, MapOf):
            kind = kind.value
        elif isinstance(kind, Choice):
            kind = kind.inner if key == "default" else None
        else:
            kind = None
        value = value[key]
    return found, kind


def _plain_kind(kind: Kind | None, value: Any) -> Kind | None:
    """The kind without its wrappings, by what really stands there."""
    while True:
        if isinstance(kind, Deferred):
            kind = kind.get()
        elif isinstance(kind, Wrapped):
            kind = kind.inner
        elif isinstance(kind, Switch):
            kind = kind.of(value)
        elif isinstance(kind, Either):
            kind = kind.list if isinstance(value, list) else kind.mapping if isinstance(value, dict) else kind.scalar
        else:
            return kind
