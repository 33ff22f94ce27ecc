"""What an expression may name at its place: names with types and labels, steps, fees, papers, lists, units."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.definition.expression.types import Name


class Found(NamedTuple):
    """A resolved name. ``table``: it is a column; ``own``: a row of that table is in view; ``dotted``: so written."""

    name: Name
    key: str
    table: str = ""
    own: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """Names and references known at one place.

    Reference maps (key → Vietnamese title) that are None are not checked: steps of `done("x")`, documents of
    `handed_in`, fees of `paid`, by step the opinions of `opinions` and the buttons of `chosen`, lists and their columns
    of `lookup`, units. ``functions``: the only functions that exist here; None means all.
    """

    names: Mapping[str, Name]
    steps: Mapping[str, str] | None = None
    documents: Mapping[str, str] | None = None
    fees: Mapping[str, str] | None = None
    opinions: Mapping[str, Mapping[str, str]] | None = None
    buttons: Mapping[str, Mapping[str, str]] | None = None
    lists: Mapping[str, Mapping[str, Name]] | None = None
    units: Mapping[str, str] | None = None
    functions: frozenset[str] | None = None
    row_tables: tuple[str, ...] = field(default=(), kw_only=True)

    def in_row(self, table: str) -> "Scope":
        """The scope of one row of a table: its own columns come first, and `table.column` is this row's too."""
        return replace(self, row_tables=(table, *self.row_tables))

    def with_names(self, names: Mapping[str, Name]) -> "Scope":
        """This scope with more names; a later one wins."""
        return replace(self, names={**self.names, **names})

    def find(self, path: str) -> Found | None:
        """Own columns, then names of the dossier, then all cells of a column."""
        for table in self.row_tables:
            own = self._column(table, path)
            if own:
                return Found(own, path, table, own=True)
        if path in self.names:
            return Found(self.names[path], path)
        table, _, column_key = path.partition(".")
        column = self._column(table, column_key)
        if column is None:
            return None
        return Found(column, column_key, table, own=table in self.row_tables, dotted=True)

    def _column(self, table: str, key: str) -> Name | None:
        name = self.names.get(table)
        return name.type.column(key) if name and name.type.kind == "rows" else None

    def known_names(self) -> list[str]:
        """Everything `find` would find, for suggestions."""
        own = [key for table in self.row_tables for key, _ in self.names[table].type.columns]
        dotted = [f"{table}.{key}" for table, name in self.names.items() for key, _ in name.type.columns]
        return [*own, *self.names, *dotted]
