"""Answers of fields marked list or filter, typed, so that any database can filter and sort them without new columns."""

from datetime import datetime

from sqlalchemy import DateTime, Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import KEY, Table, sort_text


class FieldValue(Table):
    """One value. A field without an answer has one row of empty values; rows of a table count from 0.

    ``text`` is the option key or the text as typed, ``sort`` its place in Vietnamese order, ``folded`` what a person
    types to find it. Written in the transaction of the answer; ``flask dossiers rebuild`` makes it again.
    """

    __tablename__ = "field_value"
    __table_args__ = (
        Index("ix_field_value_sort", "procedure_key", "field", "sort", "dossier_id"),
        Index("ix_field_value_number", "procedure_key", "field", "number", "dossier_id"),
        Index("ix_field_value_date", "procedure_key", "field", "date", "dossier_id"),
        Index("ix_field_value_text", "procedure_key", "field", "text", "dossier_id"),
    )

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True)
    field: Mapped[str] = mapped_column(String(90), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # several options of one answer
    procedure_key: Mapped[str] = mapped_column(String(KEY))
    text: Mapped[str | None] = mapped_column(String(200))
    sort: Mapped[str | None] = mapped_column(sort_text(300))
    folded: Mapped[str | None] = mapped_column(String(200))
    number: Mapped[float | None] = mapped_column(Double)
    date: Mapped[datetime | None] = mapped_column(DateTime)
