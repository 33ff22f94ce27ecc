"""Published procedures by field of work, found by words with or without marks."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from flask import g

from app.definition.catalogue import Entry
from app.screens.titles import field_title, full_title, short_title
from app.vietnamese.search import search_key, sort_key


class Found(NamedTuple):
    """One procedure as lists show it."""

    entry: Entry
    title: str
    full: str

    @property
    def url(self) -> str:
        """Its list of dossiers."""
        return f"/p/{self.entry.key}/"


class Group(NamedTuple):
    """The procedures of a field."""

    key: str
    title: str
    procedures: list[Found]


def found(entries: Iterable[Entry], text: str) -> list[Found]:
    """Those that have every word in a title or code, in the order of fields and then of titles."""
    words = search_key(text).split()
    fitting = [entry for entry in entries if all(word in _text(entry) for word in words)]
    places = {
        key: place for place, key in enumerate(g.catalogue.organisation.fields if g.catalogue.organisation else ())
    }
    rows = [Found(entry, short_title(entry), full_title(entry)) for entry in fitting]
    return sorted(rows, key=lambda one: (places.get(one.entry.field, len(places)), sort_key(one.title)))


def by_field(rows: Iterable[Found]) -> list[Group]:
    """Grouped; the rows are in the order of fields already."""
    organisation = g.catalogue.organisation
    groups: dict[str, Group] = {}
    for row in rows:
        field = organisation.fields.get(row.entry.field) if organisation else None
        title = field_title(field) if field else row.entry.field
        groups.setdefault(row.entry.field, Group(row.entry.field, title, [])).procedures.append(row)
    return list(groups.values())


def visible(fields: Collection[str]) -> list[Entry]:
    """The published procedures of these fields."""
    return [entry for entry in g.catalogue.entries.values() if entry.field in fields]


def _text(entry: Entry) -> str:
    return search_key(f"{entry.title} {entry.short_title} {entry.code} {full_title(entry)}")
