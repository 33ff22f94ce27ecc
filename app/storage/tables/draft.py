"""Intake that is not finished yet: kept for the person who began it."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import KEY, Table


class Draft(Table):
    """What was typed so far, as it was typed; nothing in it has been checked."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    procedure_key: Mapped[str] = mapped_column(String(KEY))
    title: Mapped[str] = mapped_column(String(300))
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted
    updated_at: Mapped[datetime] = mapped_column(DateTime)
