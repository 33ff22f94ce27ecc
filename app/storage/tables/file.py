"""Files handed in or made: what is known of them; the bytes lie under their hash in the data folder."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class FileRow(Table):
    """One uploaded file: of a draft until the dossier is received, then of the dossier."""

    __tablename__ = "file"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(120))  # "document:certificate" or "field:drawing"
    dossier_id: Mapped[int | None] = mapped_column(ForeignKey("dossier.id"), index=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    uploaded_by: Mapped[str] = mapped_column(String(NAME))
    uploaded_at: Mapped[datetime] = mapped_column(DateTime)
