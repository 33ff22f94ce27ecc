"""Openings of sensitive values: written by the operation, read for the page of the dossier."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.database import db
from app.storage.tables import Opening

MOST_SHOWN = 50


class Opened(NamedTuple):
    """Somebody looked."""

    username: str
    at: datetime


def note_opening(session: Session, dossier_id: int, username: str, at: datetime) -> None:
    """Somebody is about to see the sensitive values."""
    session.execute(insert(Opening).values(dossier_id=dossier_id, username=username, at=at))


def openings_of(dossier_id: int) -> tuple[Opened, ...]:
    """The latest openings of a dossier that was loaded with rights before, the newest first."""
    rows = db.session.execute(
        select(Opening.username, Opening.at)
        .where(Opening.dossier_id == dossier_id)
        .order_by(Opening.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple(Opened._make(row) for row in rows)
