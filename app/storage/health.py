"""Whether the database answers, and when the sweep last ran."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from app.storage.database import db
from app.storage.tables import Heartbeat


def database_answers() -> bool:
    """Whether a statement comes back."""
    try:
        return bool(db.session.execute(select(1)).scalar() == 1)
    except SQLAlchemyError:
        db.session.rollback()
        return False


def last_sweep() -> datetime | None:
    """When the sweep last finished a round; None if it never did."""
    found: datetime | None = db.session.scalars(select(Heartbeat.at).where(Heartbeat.name == "sweep")).first()
    return found
