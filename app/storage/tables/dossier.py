"""One row per dossier: the fold of its journal, in columns for lists, filters and reports and as canonical JSON."""

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import KEY, NAME, Json, Table, sort_text


class Dossier(Table):
    """Every column but the last group follows from ``state``; ``flask dossiers verify`` proves it."""

    __tablename__ = "dossier"
    __table_args__ = (
        Index("ix_dossier_due", "procedure_key", "due_at", "id"),
        Index("ix_dossier_open", "procedure_key", "closed", "due_at", "id"),
        Index("ix_dossier_counted", "procedure_key", "closed", "reader_set_id", "id"),
        Index("ix_dossier_received", "procedure_key", "received_at", "id"),
        Index("ix_dossier_finished", "procedure_key", "finished_at", "id"),
        Index("ix_dossier_code", "procedure_key", "code", "id"),
        Index("ix_dossier_applicant", "procedure_key", "applicant_sort", "id"),
        Index("ix_dossier_status", "procedure_key", "status", "due_at", "id"),
        Index("ix_dossier_unit", "procedure_key", "unit", "due_at", "id"),
        Index("ix_dossier_holder", "procedure_key", "holder", "due_at", "id"),
        Index("ix_dossier_period", "procedure_key", "period", "id"),
        Index("ix_dossier_field_status", "field", "status", "due_at", "id"),
        Index("ix_dossier_all_due", "due_at", "id"),
        Index("ix_dossier_readers", "reader_set_id", "procedure_key", "due_at", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    procedure_key: Mapped[str] = mapped_column(String(KEY))
    procedure_number: Mapped[int]
    field: Mapped[str] = mapped_column(String(60))
    agency: Mapped[str] = mapped_column(String(60))
    authority: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(60))
    code: Mapped[str | None] = mapped_column(sort_text(80), unique=True)
    status: Mapped[str] = mapped_column(String(20))
    closed: Mapped[bool]  # the work is over; what waits to be collected is not closed
    channel: Mapped[str] = mapped_column(String(20))
    variant: Mapped[str] = mapped_column(String(60))
    period: Mapped[str] = mapped_column(String(20))  # of what recurs; else ""
    follows: Mapped[int | None]  # the dossier of last period that this one goes on from

    step_keys: Mapped[str] = mapped_column(String(500))  # open steps, "appraise consult"
    step_titles: Mapped[str] = mapped_column(String(500))
    holder: Mapped[str] = mapped_column(String(NAME))  # who has claimed the first open work; "" when nobody has

    applicant_kind: Mapped[str] = mapped_column(String(40))
    applicant_name: Mapped[str] = mapped_column(String(300))
    applicant_sort: Mapped[str] = mapped_column(sort_text(400))
    applicant_phone: Mapped[str] = mapped_column(String(40))
    applicant_address: Mapped[str] = mapped_column(String(500))
    applicant_identity: Mapped[str] = mapped_column(String(64))  # the digest that stands for it
    applicant_mark: Mapped[str | None] = mapped_column(String(64), index=True)  # keyed, to find a number typed whole

    sent_at: Mapped[datetime | None] = mapped_column(DateTime)
    received_at: Mapped[datetime | None] = mapped_column(DateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(DateTime)
    due_at: Mapped[datetime | None] = mapped_column(DateTime)
    first_due_at: Mapped[datetime | None] = mapped_column(DateTime)
    legal_due_at: Mapped[datetime | None] = mapped_column(DateTime)
    finished_at: Mapped[datetime | None] = mapped_column(DateTime)
    returned_at: Mapped[datetime | None] = mapped_column(DateTime)
    clock_state: Mapped[str] = mapped_column(String(20))
    result_class: Mapped[str] = mapped_column(String(20))

    search: Mapped[str] = mapped_column(Text)  # folded words, each after a space
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[str] = mapped_column(Text)  # canonical JSON, equal to the fold byte for byte

    reader_set_id: Mapped[int] = mapped_column(ForeignKey("reader_set.id"))
    row_version: Mapped[int]  # number of events: every write adds some
    updated_by: Mapped[str] = mapped_column(String(NAME))
    updated_at: Mapped[datetime] = mapped_column(DateTime)
    head_hash: Mapped[str] = mapped_column(String(64))
    head_mac: Mapped[str] = mapped_column(String(120))
