"""Dossiers that another one names by their code, within what a person may see."""

from collections.abc import Collection, Mapping
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
