"""Published procedures: immutable versions, the texts they came from, and what each position may do with them."""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import KEY, NAME, POSITION, Table


class ProcedureVersion(Table):
    """One version. The short columns open the catalogue; ``expanded`` is decoded only when somebody needs it."""

    __tablename__ = "procedure_version"
    __table_args__ = (UniqueConstraint("key", "number"), Index("ix_procedure_version_current", "current", "key"))

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY))
    number: Mapped[int]
    current: Mapped[bool]  # the newest of this key and start of effect
    title: Mapped[str] = mapped_column(String(500))
    short_title: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(40))
    field: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    channels: Mapped[str] = mapped_column(String(60))  # "counter post online"
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    digest: Mapped[str] = mapped_column(String(64))
    expanded: Mapped[str] = mapped_column(Text)
    published_by: Mapped[str] = mapped_column(String(NAME))
    published_at: Mapped[datetime] = mapped_column(DateTime)


class SourceText(Table):
    """A text as the administrator wrote it, kept once however many versions used it."""

    __tablename__ = "source_text"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str] = mapped_column(Text)


class VersionSource(Table):
    """Which text at which path a version came from."""

    __tablename__ = "version_source"

    version_id: Mapped[int] = mapped_column(ForeignKey("procedure_version.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("source_text.sha256"))


class ProcedureGrant(Table):
    """What the steps of a procedure let a position do; the rights of a field of work are the union of these."""

    __tablename__ = "procedure_grant"
    __table_args__ = (Index("ix_procedure_grant_field", "field", "position", "permission"),)

    procedure_key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    position: Mapped[str] = mapped_column(String(POSITION), primary_key=True)
    permission: Mapped[str] = mapped_column(String(40), primary_key=True)
    field: Mapped[str] = mapped_column(String(60))
