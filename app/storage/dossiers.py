"""Loading dossiers: one predicate says who may see them, and a dossier of another procedure does not exist."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, literal, or_, select, union_all
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


_READER, _NAMED = Reader.__table__.c, ReaderPerson.__table__.c


def _predicate(positions: Any, people: Any) -> ColumnElement[bool]:
    """The one predicate of rights to dossiers. Not correlated: databases read the lists once for all rows."""
    dossier = Dossier.__table__.c
    return or_(
        dossier.reader_set_id.in_(select(_READER.reader_set_id).where(_READER.position.in_(positions))),
        dossier.id.in_(select(_NAMED.dossier_id).where(_NAMED.username.in_(people))),
    )


_POSITIONS: Any = bindparam("positions", expanding=True)
_PEOPLE: Any = bindparam("people", expanding=True)
# For statements that are made once; ``badge_parameters`` go with it.
READABLE = _predicate(_POSITIONS, _PEOPLE)
_SETS = union_all(
    select(_READER.reader_set_id).where(_READER.position.in_(_POSITIONS)).distinct(),
    select(literal(_PERSONAL)).where(select(_NAMED.dossier_id).where(_NAMED.username.in_(_PEOPLE)).exists()),
)


def badge_parameters(badges: Collection[str]) -> dict[str, list[str]]:
    """The parameters of ``READABLE``. ``badges`` are ``Person.badges``: positions, and the person himself."""
    people = sorted(badge.removeprefix(USER) for badge in badges if badge.startswith(USER))
    return {"people": people, "positions": sorted(badge for badge in badges if not badge.startswith(USER))}


def readable_by(badges: Collection[str]) -> ColumnElement[bool]:
    """The predicate with its badges in it: used by pages, files, searches and the inbox alike."""
    return _predicate(**badge_parameters(badges))


def reader_sets(badges: Collection[str]) -> list[int] | None:
    """The sets of readers that hold one of the badges; empty when these badges see no dossier at all.

    None where naming them would not make a list cheaper. It decides nothing: it changes only the time a page takes.
    One statement.
    """
    found = set(db.session.scalars(_SETS, badge_parameters(badges)))
    if found and (_PERSONAL in found or is_sqlite(db.session) or len(found) > _MOST_SETS):
        return None  # SQLite would follow the sets and sort; it walks the order of the list instead
    return sorted(found)


def load_dossier(dossier_id: int, procedure_key: str, badges: Collection[str]) -> StoredDossier | None:
    """The dossier, or None when there is none, it belongs to another procedure, or these badges may not see it."""
    found = _columns().where(Dossier.id == dossier_id, Dossier.procedure_key == procedure_key, readable_by(badges))
    return _stored(db.session, db.session.execute(found).first())


def count_open(procedure_key: str) -> int:
    """How many dossiers of a procedure are still somebody's work, whoever may see them: for publishing."""
    open_ones = select(func.count(Dossier.id)).where(Dossier.procedure_key == procedure_key, ~Dossier.closed)
    return int(db.session.scalars(open_ones).one())


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
