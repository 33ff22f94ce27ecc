"""Work that failed although nobody was there to see it: one row to be looked at, the rest goes on."""

from datetime import datetime

from sqlalchemy import DateTime, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class Incident(Table):
    """``place`` says what was being done (timer, outbox …), ``subject`` to what, ``fault`` the error without values."""

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
    place: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    fault: Mapped[str] = mapped_column(Text)
