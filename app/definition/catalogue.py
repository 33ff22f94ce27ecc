"""What is published, as one immutable snapshot: a request keeps the one it began with while others see the next."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, NamedTuple

from app.definition.compile import compile_procedure
from app.definition.labels import translated
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure

SOURCE_LOCALE = "vi"
MOST_COMPILED = 48


class UnknownProcedure(KeyError):
    """Nothing is published under this key, or not this version of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published version, without its definition: enough for every list of procedures."""

    key: str
    number: int
    version_id: int
    title: str
    short_title: str
    code: str
    field: str
    kind: str
    channels: tuple[str, ...]
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether a dossier received that day falls under this version."""
        return self.since <= day and (self.until is None or day <= self.until)


class _Name(NamedTuple):
    key: str
    number: int
    locale: str
    organisation: str


class Compiled:
    """Compiled procedures, the least used dropped first; shared by all snapshots of a process and by its threads."""

    def __init__(self, most: int = MOST_COMPILED) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[_Name, Procedure] = OrderedDict()

    def get(self, name: _Name, make: Callable[[], Procedure]) -> Procedure:
        """The procedure, made once."""
        with self._lock:
            found = self._kept.get(name)
            if found is not None:
                self._kept.move_to_end(name)
                return found
        made = make()  # outside the lock: two threads may both make it, and one of the equal values is kept
        with self._lock:
            kept = self._kept.setdefault(name, made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
            return kept


def _nothing(key: str, number: int) -> Mapping[str, Any]:
    raise UnknownProcedure(key)


def _no_translation(locale: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Catalogue:
    """``entries`` holds one version per key: the one in force on the day of the snapshot, or else the next to come.

    ``versions`` holds all that are current, by start of effect. ``load`` gives the expanded document of a version,
    older ones too; ``texts`` the translations of a locale.
    """

    epoch: int = 0
    organisation: Organisation | None = None
    calendar_edition_id: int | None = None
    versions: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    load: Callable[[str, int], Mapping[str, Any]] = _nothing
    texts: Callable[[str], Mapping[str, str]] = _no_translation
    compiled: Compiled = field(default_factory=Compiled)

    @cached_property
    def count_by_field(self) -> Mapping[str, int]:
        """How many procedures each field has; counted once, since every page tells it."""
        return Counter(entry.field for entry in self.entries.values())

    def entry_on(self, key: str, day: date) -> Entry | None:
        """The version that a dossier received on that day falls under."""
        return next((entry for entry in self.versions.get(key, ()) if entry.holds_on(day)), None)

    def procedure(self, key: str, number: int | None = None, locale: str = SOURCE_LOCALE) -> Procedure:
        """A version, by default the one in force, with its texts in a language; compiled when first asked for."""
        if number is None:
            entry = self.entries.get(key)
            if entry is None:
                raise UnknownProcedure(key)
            number = entry.number
        organisation = self.organisation
        if organisation is None:
            raise UnknownProcedure(key)

        def make() -> Procedure:
            expanded = self.load(key, number)
            if locale != SOURCE_LOCALE:
                expanded = translated(expanded, self.texts(locale))
            return compile_procedure(expanded, organisation, number=number)

        return self.compiled.get(_Name(key, number, locale, organisation.digest), make)

    def take_over(self, procedure: Procedure, organisation: Organisation) -> None:
        """Keep a version compiled from the very document that was stored: whoever publishes it has it already."""
        name = _Name(procedure.key, procedure.number, SOURCE_LOCALE, organisation.digest)
        self.compiled.get(name, lambda: procedure)


def entries_on(versions: Mapping[str, tuple[Entry, ...]], day: date) -> dict[str, Entry]:
    """One entry per key: in force on that day, else the next to come, else the last that was."""
    return {key: known[0] if len(known) == 1 else _chosen(known, day) for key, known in versions.items()}


def _chosen(known: tuple[Entry, ...], day: date) -> Entry:
    in_force = next((entry for entry in known if entry.holds_on(day)), None)
    coming = next((entry for entry in known if entry.since > day), None)
    return in_force or coming or known[-1]
