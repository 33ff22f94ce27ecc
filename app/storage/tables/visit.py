"""Open and past work: one row per visit of a step, and the positions that may do the open ones."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, POSITION, Table


class VisitRow(Table):
    """A visit as the state holds it; ``left_at`` is empty while it is open."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("dossier_id", "number"),
        Index("ix_visit_holder", "holder", "left_at", "due_at"),
        Index("ix_visit_actor", "actor", "dossier_id"),
        Index("ix_visit_step", "step", "left_at", "dossier_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    number: Mapped[int]
    step: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    holder: Mapped[str] = mapped_column(String(NAME))
    actor: Mapped[str] = mapped_column(String(NAME))
    chosen: Mapped[str] = mapped_column(String(60))
    entered_at: Mapped[datetime] = mapped_column(DateTime)
    due_at: Mapped[datetime | None] = mapped_column(DateTime)
    left_at: Mapped[datetime | None] = mapped_column(DateTime)


class VisitPosition(Table):
    """A position that may do an open visit. Rows go when the visit closes, so this table holds open work only.

    ``field`` and ``dossier_id`` are those of the visit: every page counts what waits, and joins nothing for it.
    """

    __tablename__ = "visit_position"
    __table_args__ = (Index("ix_visit_position_counted", "position", "field", "dossier_id"),)

    position: Mapped[str] = mapped_column(String(POSITION), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True, index=True)
    field: Mapped[str] = mapped_column(String(60))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
