"""Dossiers that another one names by their code or is linked with by calls, within what a person may see."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.storage.database import db
from app.storage.dossiers import readable_by
from app.storage.tables import Dossier

MOST_CODES = 500


class Linked(NamedTuple):
    """A dossier that can be opened."""

    id: int
    procedure_key: str


class Relative(NamedTuple):
    """Where a dossier stands that called this one or was called by it."""

    id: int
    procedure_key: str
    code: str | None
    status: str
    due_at: datetime | None
    clock_state: str
    result_class: str
    finished_at: datetime | None


def linked_dossiers(codes: Collection[str], badges: Collection[str]) -> Mapping[str, Linked]:
    """Code → dossier, of those that these badges may see; one statement, none without codes."""
    if not codes:
        return {}
    rows = db.session.execute(
        select(Dossier.code, Dossier.id, Dossier.procedure_key).where(
            Dossier.code.in_(sorted(codes)[:MOST_CODES]), readable_by(badges)
        )
    )
    return {row.code: Linked(row.id, row.procedure_key) for row in rows}


def relatives(numbers: Collection[int], badges: Collection[str]) -> Mapping[int, Relative]:
    """Number → dossier, of those that these badges may see; one statement, none without numbers."""
    if not numbers:
        return {}
    columns = [getattr(Dossier, name) for name in Relative._fields]
    rows = db.session.execute(select(*columns).where(Dossier.id.in_(sorted(numbers)[:MOST_CODES]), readable_by(badges)))
    return {row.id: Relative(*row) for row in rows}
