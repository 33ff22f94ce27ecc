"""Papers produced by the office: what they say is fixed with the move, their bytes at the first rendering."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class PrintRow(Table):
    """``data`` is everything the paper says; ``sha256`` is empty until it was drawn and never changes afterwards."""

    __tablename__ = "print"
    __table_args__ = (UniqueConstraint("dossier_id", "number"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(60))
    template_version: Mapped[str] = mapped_column(String(60))
    data: Mapped[bytes] = mapped_column(LargeBinary)  # encrypted: a slip names the identity number
    created_by: Mapped[str] = mapped_column(String(NAME))
    created_at: Mapped[datetime] = mapped_column(DateTime)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    rendered_at: Mapped[datetime | None] = mapped_column(DateTime)
