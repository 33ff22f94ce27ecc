"""Money received for a dossier; the journal says the same, this table is for the cashier's lists."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class Payment(Table):
    """Money for one fee; ``receipt`` is the number of the paper or of the gateway."""

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    fee: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int] = mapped_column(BigInteger)
    manner: Mapped[str] = mapped_column(String(40))
    receipt: Mapped[str] = mapped_column(String(100), index=True)
    received_by: Mapped[str] = mapped_column(String(NAME))
    paid_at: Mapped[datetime] = mapped_column(DateTime, index=True)
