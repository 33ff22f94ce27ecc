"""Who sits where: people are data, positions come from the organisation."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, POSITION, Table


class Posting(Table):
    """A person in a position from a day on, to a day (inclusive) once it has ended."""

    __tablename__ = "posting"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    position: Mapped[str] = mapped_column(String(POSITION), index=True)
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    set_by: Mapped[str] = mapped_column(String(NAME))
    set_at: Mapped[datetime] = mapped_column(DateTime)
