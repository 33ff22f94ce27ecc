"""Incidents: what failed while nobody was looking."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.database import db
from app.storage.tables import Incident

LONGEST = 4_000


class IncidentLine(NamedTuple):
    """One incident."""

    id: int
    at: datetime
    place: str
    subject: str
    fault: str


def report_incident(session: Session, place: str, subject: str, fault: str, now: datetime) -> None:
    """One row, to be looked at by somebody."""
    values = {"place": place[:40], "subject": subject[:120], "fault": fault[-LONGEST:], "at": now}
    session.execute(insert(Incident).values(**values))


def incidents(most: int = 100) -> tuple[IncidentLine, ...]:
    """The latest first."""
    columns = tuple(getattr(Incident, name) for name in IncidentLine._fields)
    rows = db.session.execute(select(*columns).order_by(Incident.id.desc()).limit(most))
    return tuple(IncidentLine._make(row) for row in rows)
