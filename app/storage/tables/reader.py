"""Who may see a dossier: sets of positions, shared by all dossiers with the same readers."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, POSITION, Table


class ReaderSet(Table):
    """One distinct set of positions. A few hundred sets serve millions of dossiers, so lists stay index scans."""

    __tablename__ = "reader_set"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class Reader(Table):
    """One position of a set."""

    __tablename__ = "reader"

    position: Mapped[str] = mapped_column(String(POSITION), primary_key=True)
    reader_set_id: Mapped[int] = mapped_column(ForeignKey("reader_set.id"), primary_key=True)


class ReaderPerson(Table):
    """A person who may see a dossier without its positions: who worked on it and left, or whom a field names."""

    __tablename__ = "reader_person"

    username: Mapped[str] = mapped_column(String(NAME), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"), primary_key=True, index=True)
