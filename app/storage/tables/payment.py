"""Money received for a dossier; the journal says the same, this table is for the cashier's lists."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class Payment(Table):
    """One receipt. ``reference`` is the receipt's number or the gateway's; the same one is never booked twice."""

    __tablename__ = "payment"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), index=True)
    fee: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str | None] = mapped_column(String(100), unique=True)
    received_by: Mapped[str] = mapped_column(String(NAME))
    paid_at: Mapped[datetime] = mapped_column(DateTime, index=True)
