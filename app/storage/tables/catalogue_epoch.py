"""What is in force now: the epoch that every process watches, the organisation and the calendar it stands for."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class OrganisationVersion(Table):
    """One text of the organisation, expanded (units, roles, fields, registers)."""

    __tablename__ = "organisation_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    document: Mapped[str] = mapped_column(Text)
    published_by: Mapped[str] = mapped_column(String(NAME))
    published_at: Mapped[datetime] = mapped_column(DateTime)


class CalendarEdition(Table):
    """One edition of the working calendar, all years together."""

    __tablename__ = "calendar_edition"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    document: Mapped[str] = mapped_column(Text)
    published_by: Mapped[str] = mapped_column(String(NAME))
    published_at: Mapped[datetime] = mapped_column(DateTime)


class CatalogueEpoch(Table):
    """The single row (id 1) that publishing raises last.

    Readers of dossiers follow from the organisation: ``followed_id`` is the one they follow or are being made to
    follow, ``followed_to`` the last dossier that was rebuilt for it, none when all were.
    """

    __tablename__ = "catalogue_epoch"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    epoch: Mapped[int]
    organisation_version_id: Mapped[int] = mapped_column(ForeignKey("organisation_version.id"))
    calendar_edition_id: Mapped[int] = mapped_column(ForeignKey("calendar_edition.id"))
    raised_at: Mapped[datetime] = mapped_column(DateTime)
    followed_id: Mapped[int] = mapped_column(ForeignKey("organisation_version.id"))
    followed_to: Mapped[int | None]
