"""The journal: one hash chain of events per dossier, never changed, never deleted."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class EventRow(Table):
    """``hash`` covers the event and the hash before it; ``mac`` is the hash under a key the database does not hold."""

    __tablename__ = "event"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    type: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(DateTime)
    actor: Mapped[str] = mapped_column(String(NAME))
    data: Mapped[str] = mapped_column(Text)  # canonical JSON, sensitive values as digests
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(120))
