"""The journal of a dossier: a chain of hashes, each marked with a key that the database does not hold."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.engine.events import Event
from app.storage.canonical import canonical, digest_of
from app.storage.keys import Keys
from app.storage.tables import EventRow


class Head(NamedTuple):
    """The end of a chain: how many events, the last hash, and the mark that nobody can cut or lengthen unnoticed."""

    sequence: int
    hash: str
    mac: str


BEGINNING = Head(0, "", "")


class Link(NamedTuple):
    """One event as stored, with its place in the chain; ``data`` is the text itself, byte for byte."""

    sequence: int
    type: str
    at: datetime
    actor: str
    data: str
    hash: str
    mac: str

    @property
    def event(self) -> Event:
        """The event, its data still sealed."""
        return Event(self.type, self.at, self.actor, json.loads(self.data))


def append_events(session: Session, keys: Keys, dossier_id: int, head: Head, events: Iterable[Event]) -> Head:
    """Write sealed events at the end of the chain; returns the new end."""
    sequence, last = head.sequence, head.hash
    rows: list[dict[str, Any]] = []
    for event in events:
        sequence += 1
        data = canonical(event.data)
        link = Link(sequence, event.type, event.at, event.actor, data, "", "")
        last = link_hash(dossier_id, last, link)
        rows.append({"dossier_id": dossier_id, **link._replace(hash=last, mac=keys.sign(last))._asdict()})
    if rows:
        session.execute(insert(EventRow), rows)
    return Head(sequence, last, keys.sign(head_text(dossier_id, sequence, last)))


def link_hash(dossier_id: int, previous: str, link: Link) -> str:
    """The hash of an event: everything the row holds, and the hash before it."""
    body = [dossier_id, link.sequence, link.type, link.at.isoformat(), link.actor, link.data]
    return digest_of(previous + canonical(body))


def head_text(dossier_id: int, sequence: int, last: str) -> str:
    """What the mark at the end of a chain stands for."""
    return f"{dossier_id}:{sequence}:{last}"


def read_links(session: Session, dossier_id: int) -> list[Link]:
    """The stored chain in order, as it stands: nothing is checked here."""
    return read_chains(session, [dossier_id]).get(dossier_id, [])


def read_chains(session: Session, dossier_ids: Iterable[int]) -> dict[int, list[Link]]:
    """The chains of several dossiers."""
    columns = (EventRow.dossier_id, *(getattr(EventRow, name) for name in Link._fields))
    chosen = EventRow.dossier_id.in_(list(dossier_ids))
    chains: dict[int, list[Link]] = {}
    for row in session.execute(select(*columns).where(chosen).order_by(EventRow.dossier_id, EventRow.sequence)):
        chains.setdefault(row[0], []).append(Link(*row[1:]))
    return chains


class Break(NamedTuple):
    """The first event that is not what was written: changed | removed | foreign (not written by us) | cut | head."""

    sequence: int
    kind: str


def broken_link(keys: Keys, dossier_id: int, links: Iterable[Link], head: Head) -> Break | None:
    """Walk the chain to its end and compare the end with the one the row remembers."""
    previous, expected = "", 1
    for link in links:
        if link.sequence != expected:
            return Break(expected, "removed")
        if link_hash(dossier_id, previous, link) != link.hash:
            return Break(link.sequence, "changed")
        if not keys.is_signed(link.hash, link.mac):
            return Break(link.sequence, "foreign")
        previous, expected = link.hash, expected + 1
    if expected <= head.sequence:
        return Break(expected, "cut")
    if expected - 1 > head.sequence:
        return Break(head.sequence + 1, "foreign")
    if previous != head.hash or not keys.is_signed(head_text(dossier_id, head.sequence, head.hash), head.mac):
        return Break(head.sequence, "head")
    return None
