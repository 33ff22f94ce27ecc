"""The catalogue each process serves from: opened by its short columns, watched by its epoch, swapped as a whole."""

import json
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.definition.calendar_years import settings_on
from app.definition.catalogue import Catalogue, Compiled, Entry, UnknownProcedure, entries_on
from app.definition.compile import compile_organisation
from app.definition.labels import load_catalogue
from app.definition.model.organisation import Organisation
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.world import World
from app.storage.database import db
from app.storage.numbering import Numbering
from app.storage.tables import CalendarEdition, CatalogueEpoch, OrganisationVersion, ProcedureVersion

log = logging.getLogger(__name__)

WATCH_SECONDS = 1.0
MOST_TRIED = 20  # versions compiled before a snapshot is swapped in, so that one that cannot be read changes nothing
MOST_NAMED = 200  # keys named in one statement; if more are unknown, all are read
_OFFICE_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
_TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
_EXTENSION = "mot_cua_catalogue"


@dataclass
class _Held:
    """What one application of this process holds."""

    catalogue: Catalogue = field(default_factory=Catalogue)
    day: date = date.min
    looked_at: float = float("-inf")
    fault: str = ""
    compiled: Compiled = field(default_factory=Compiled)
    lock: Lock = field(default_factory=Lock)
    calendars: dict[int, tuple[Calendar, Mapping[str, Any]]] = field(default_factory=dict)


class CatalogueHolder:
    """Gives every request the newest snapshot this process could load."""

    def current(self) -> Catalogue:
        """The snapshot to use for a whole request. Looks at the epoch at most once a second."""
        held = self._held()
        now = time.monotonic()
        if now - held.looked_at < WATCH_SECONDS or not held.lock.acquire(blocking=held.day == date.min):
            return held.catalogue
        try:
            if time.monotonic() - held.looked_at >= WATCH_SECONDS:
                self._look(held)
                held.looked_at = time.monotonic()
        finally:
            held.lock.release()
        return held.catalogue

    def refresh(self) -> Catalogue:
        """The snapshot after looking at the epoch now: for whoever has just published."""
        self._held().looked_at = float("-inf")
        return self.current()

    @property
    def fault(self) -> str:
        """Why this process still serves an older epoch; "" when it serves the newest."""
        return self._held().fault

    def world(self, catalogue: Catalogue, session: Session | None = None, on: date | None = None) -> World:
        """What the engine needs around a procedure. Numbers can be taken only with a session inside ``writing()``."""
        organisation = catalogue.organisation
        if organisation is None or catalogue.calendar_edition_id is None:
            raise UnknownProcedure("nothing is published yet")
        calendar, edition = self._calendar(catalogue.calendar_edition_id)
        settings = _settings(json.dumps(settings_on(edition, on or _today()), sort_keys=True))
        return World(calendar, settings, organisation, _numbers(session, organisation))

    def _held(self) -> _Held:
        held: _Held = current_app.extensions.setdefault(_EXTENSION, _Held())
        return held

    def _look(self, held: _Held) -> None:
        epoch = db.session.scalars(select(CatalogueEpoch.epoch)).first() or 0
        day = _today()
        if epoch == held.catalogue.epoch and day == held.day:
            return
        try:
            fresh = _open(epoch, day, held)
            _try_changed(held.catalogue, fresh)
        except Exception as fault:  # whatever a stored text does to us, the old snapshot serves on
            held.fault = f"epoch {epoch}: {type(fault).__name__}: {fault}"
            log.exception("epoch %s cannot be loaded; epoch %s stays", epoch, held.catalogue.epoch)
            return
        held.catalogue, held.day, held.fault = fresh, day, ""

    def _calendar(self, edition_id: int) -> tuple[Calendar, Mapping[str, Any]]:
        known = self._held().calendars
        if edition_id not in known:
            edition = json.loads(_document(CalendarEdition, edition_id))
            known[edition_id] = (Calendar.from_edition(edition), edition)
        return known[edition_id]


holder = CatalogueHolder()


class _NoNumbers:
    """Where nothing is written no number can be taken."""

    def take(
        self, register: str, *, unit: str, at: datetime, series: str = "", values: Mapping[str, str] | None = None
    ) -> str:
        raise RuntimeError(f"a number of {register} was asked for outside a transaction")


def _numbers(session: Session | None, organisation: Organisation) -> Numbering | _NoNumbers:
    return _NoNumbers() if session is None else Numbering(session, organisation)


@lru_cache(maxsize=32)
def _settings(text: str) -> ClockSettings:
    return ClockSettings.from_mapping(json.loads(text))


def _today() -> date:
    return datetime.now(_OFFICE_TIME).date()


def _open(epoch: int, day: date, held: _Held) -> Catalogue:
    """The snapshot of now: four statements, no definition is decoded, and what the last snapshot knew is not read."""
    now = db.session.scalars(select(CatalogueEpoch)).first()
    if now is None:
        return Catalogue(compiled=held.compiled)
    versions = read_versions(db.session, held.catalogue.versions)
    return Catalogue(
        epoch=epoch,
        organisation=_organisation(_document(OrganisationVersion, now.organisation_version_id)),
        calendar_edition_id=now.calendar_edition_id,
        versions=versions,
        entries=entries_on(versions, day),
        load=load_expanded,
        texts=lru_cache(maxsize=8)(lambda locale: load_catalogue(_TRANSLATIONS, locale)),
        compiled=held.compiled,
    )


def _try_changed(old: Catalogue, fresh: Catalogue) -> None:
    """Compile what is new, if it is little: a version that cannot be read must not replace one that can."""
    known = {entry.version_id for entry in old.entries.values()}
    changed = [entry for entry in fresh.entries.values() if entry.version_id not in known]
    if len(changed) <= MOST_TRIED:
        for entry in changed:
            fresh.procedure(entry.key, entry.number)


@lru_cache(maxsize=4)
def _organisation(document: str) -> Organisation:
    return compile_organisation(json.loads(document))


def _document(table: Any, row_id: int) -> str:
    document: str = db.session.execute(select(table.document).where(table.id == row_id)).scalar_one()
    return document


def read_versions(session: Session, known: Mapping[str, tuple[Entry, ...]]) -> dict[str, tuple[Entry, ...]]:
    """The current versions by key, each in order of its start. A version never changes: what is known is not read."""
    one = ProcedureVersion
    current = set(session.connection().execute(select(one.id).where(one.current)).scalars())
    before = {entry.version_id: key for key, entries in known.items() for entry in entries}
    new = current - before.keys()
    if len(new) > MOST_NAMED:
        return _read_entries(session, None)
    changed = {before[number] for number in before.keys() - current}
    changed.update(session.scalars(select(one.key).where(one.id.in_(new))) if new else ())
    fresh = _read_entries(session, changed)
    kept = {key: fresh.get(key, entries) for key, entries in known.items() if key in fresh or key not in changed}
    if fresh.keys() <= kept.keys():
        return kept
    order = session.scalars(select(one.key).where(one.current).order_by(one.key)).unique()
    return {key: fresh[key] if key in fresh else kept[key] for key in order}


def _read_entries(session: Session, keys: Collection[str] | None) -> dict[str, tuple[Entry, ...]]:
    """The current versions of these keys; None: of all."""
    one = ProcedureVersion
    columns = (one.key, one.number, one.id, one.title, one.short_title, one.code, one.field, one.kind)
    asked = select(*columns, one.channels, one.since, one.until).where(one.current).order_by(one.key, one.since)
    if keys is not None:
        asked = asked.where(one.key.in_(list(keys)))
    found: dict[str, list[Entry]] = {}
    for row in session.connection().execute(asked) if keys is None or keys else ():
        found.setdefault(row.key, []).append(Entry(*row[:8], tuple(row.channels.split()), row.since, row.until))
    return {key: tuple(entries) for key, entries in found.items()}


def load_expanded(key: str, number: int) -> Mapping[str, Any]:
    """The expanded document of a version, current or not."""
    chosen = ProcedureVersion.key == key, ProcedureVersion.number == number
    text = db.session.scalars(select(ProcedureVersion.expanded).where(*chosen)).first()
    if text is None:
        raise UnknownProcedure(f"{key} has no version {number}")
    document: Mapping[str, Any] = json.loads(text)
    return document
