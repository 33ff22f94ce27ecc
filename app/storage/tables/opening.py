"""Who looked at the sensitive values of a dossier, and when: kept beside the journal, for looking changes nothing."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class Opening(Table):
    """Rows are added only; the row is written before the values are shown."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    username: Mapped[str] = mapped_column(String(NAME))
    at: Mapped[datetime] = mapped_column(DateTime)
