"""The last number taken of each run of numbers."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import Table


class Counter(Table):
    """A run: one register, within its scope (unit or whole agency), series (option) and period (day, month, year)."""

    __tablename__ = "counter"

    register: Mapped[str] = mapped_column(String(60), primary_key=True)
    scope: Mapped[str] = mapped_column(String(80), primary_key=True)
    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
