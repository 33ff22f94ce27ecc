"""Sensitive values, encrypted, apart from the journal that holds only digests: destroying them keeps the chain."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class SealedValue(Table):
    """The salt and the value behind one digest of a dossier."""

    __tablename__ = "sealed_value"

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    key_id: Mapped[str] = mapped_column(String(40))
    value: Mapped[bytes] = mapped_column(LargeBinary)
