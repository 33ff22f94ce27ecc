"""What must happen when time passes: one row per dossier that waits for a moment; the sweep claims the due ones."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class Timer(Table):
    """``state``: waiting | failed (an incident says why). One row a dossier: a second wake-up is impossible."""

    __tablename__ = "timer"
    __table_args__ = (Index("ix_timer_due", "state", "due_at"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(DateTime)
    state: Mapped[str] = mapped_column(String(10))
