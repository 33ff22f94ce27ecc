"""Submissions that were already carried out: the same one sent twice gets the first answer."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class IdempotencyKey(Table):
    """The key a form was sent with, per person, and the dossier it led to."""

    __tablename__ = "idempotency_key"

    user_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    row_version: Mapped[int]
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
