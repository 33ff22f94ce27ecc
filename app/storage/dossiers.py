"""Loading dossiers: one predicate says who may see them, and a dossier of another procedure does not exist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, false, literal, or_, select, union_all
from sqlalchemy.orm import Session

from app.engine.rights import USER
from app.engine.state import State, state_from_json
from app.storage.database import db, is_sqlite
from app.storage.journal import Head
from app.storage.keys import keys
from app.storage.sealing import Sealer, load_sealer
from app.storage.sensitive import unseal_state
from app.storage.tables import Dossier, Reader, ReaderPerson

_PERSONAL = -1  # no id of a set
_MOST_SETS = 500


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """A dossier as it stands: the state with its sensitive values, and what writing it again needs."""

    id: int
    state: State
    row_version: int
    updated_by: str
    updated_at: datetime
    readers: int
    head: Head
    sealer: Sealer

    @property
    def code(self) -> str:
        """The dossier's code, "" before it was accepted."""
        return self.state.code


def readable_by(badges: Collection[str]) -> ColumnElement[bool]:
    """The one predicate of rights to dossiers: used by pages, lists, files, searches and the inbox alike.

    ``badges`` are ``Person.badges``: positions, and the person himself.
    """
    people, positions = _split(badges)
    by_position = Dossier.reader_set_id.in_(select(Reader.reader_set_id).where(Reader.position.in_(positions)))
    # Not correlated: both databases read the list once and look each row up in it.
    by_person = Dossier.id.in_(select(ReaderPerson.dossier_id).where(ReaderPerson.username.in_(people)))
    return or_(by_position, by_person)


def narrowed_to(badges: Collection[str]) -> list[ColumnElement[bool]]:
    """What ``readable_by`` implies, said so that long lists are cheap for those who see little of them.

    One statement. It decides nothing: leaving it out changes only the time a page takes.
    """
    people, positions = _split(badges)
    sets = select(Reader.reader_set_id).where(Reader.position.in_(positions)).distinct()
    personal = select(literal(_PERSONAL)).where(
        select(ReaderPerson.dossier_id).where(ReaderPerson.username.in_(people)).exists()
    )
    found = set(db.session.scalars(union_all(sets, personal)))
    if not found:
        return [false()]
    if _PERSONAL in found or is_sqlite(db.session) or len(found) > _MOST_SETS:
        return []  # SQLite would follow the sets and sort; it walks the order of the list instead
    return [Dossier.reader_set_id.in_(sorted(found))]


def _split(badges: Collection[str]) -> tuple[list[str], list[str]]:
    """User names and positions."""
    people = sorted(badge.removeprefix(USER) for badge in badges if badge.startswith(USER))
    return people, sorted(badge for badge in badges if not badge.startswith(USER))


def load_dossier(dossier_id: int, procedure_key: str, badges: Collection[str]) -> StoredDossier | None:
    """The dossier, or None when there is none, it belongs to another procedure, or these badges may not see it."""
    found = _columns().where(Dossier.id == dossier_id, Dossier.procedure_key == procedure_key, readable_by(badges))
    return _stored(db.session, db.session.execute(found).first())


def lock_dossier(session: Session, dossier_id: int, badges: Collection[str] | None = None) -> StoredDossier | None:
    """The dossier for changing it: nobody else changes it until the transaction ends. ``badges`` None: a job asks."""
    found = _columns().where(Dossier.id == dossier_id).with_for_update()
    if badges is not None:
        found = found.where(readable_by(badges))
    return _stored(session, session.execute(found).first())


def procedure_of(dossier_id: int, badges: Collection[str]) -> str | None:
    """The procedure key of a readable dossier: for links that know only its number."""
    key = select(Dossier.procedure_key).where(Dossier.id == dossier_id, readable_by(badges))
    found: str | None = db.session.scalars(key).first()
    return found


def with_code(session: Session, code: str) -> int:
    """The id of the dossier with this code, 0 if there is none: for systems, which know no ids and see everything."""
    return session.scalars(select(Dossier.id).where(Dossier.code == code)).first() or 0


def _columns() -> Any:
    return select(
        Dossier.id,
        Dossier.state,
        Dossier.row_version,
        Dossier.updated_by,
        Dossier.updated_at,
        Dossier.reader_set_id,
        Dossier.head_hash,
        Dossier.head_mac,
    )


def _stored(session: Session, row: Row[Any] | None) -> StoredDossier | None:
    if row is None:
        return None
    sealer = load_sealer(session, keys(), row.id)
    state = unseal_state(state_from_json(row.state), sealer.unseal)
    head = Head(row.row_version, row.head_hash, row.head_mac)
    return StoredDossier(
        row.id, state, row.row_version, row.updated_by, row.updated_at, row.reader_set_id, head, sealer
    )
