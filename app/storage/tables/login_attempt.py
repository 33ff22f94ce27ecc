"""Wrong passwords in a row, by the name typed: unknown names count alike, so that a lock tells nothing (F8)."""

from datetime import datetime

from sqlalchemy import DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class LoginAttempt(Table):
    """Failures since the last success of one name."""

    __tablename__ = "login_attempt"

    username: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    locked_until: Mapped[datetime | None] = mapped_column(DateTime)
