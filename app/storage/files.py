"""Files as people see them: their rows, always through the rights to their dossier."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.storage.database import db
from app.storage.dossiers import readable_by
from app.storage.file_store import path_of
from app.storage.tables import Dossier, FileRow


class StoredFile(NamedTuple):
    """One file, offered as a download, never shown inline. ``place``: document:<key> | attach:<key> | field:<key>."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    place: str
    uploaded_by: str
    uploaded_at: datetime

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return path_of(self.sha256)

    @property
    def entry(self) -> dict[str, Any]:
        """As answers and the checklist of papers name it; the journal thereby fixes its content."""
        return {"name": self.name, "sha256": self.sha256, "size": self.size}


_COLUMNS = tuple(getattr(FileRow, name) for name in StoredFile._fields)


def files_of(dossier_id: int) -> tuple[StoredFile, ...]:
    """All files of a dossier that was loaded with rights before."""
    rows = db.session.execute(select(*_COLUMNS).where(FileRow.dossier_id == dossier_id).order_by(FileRow.id))
    return tuple(StoredFile._make(row) for row in rows)


def load_file(file_id: int, dossier_id: int, procedure_key: str, badges: Collection[str]) -> StoredFile | None:
    """A file of that dossier, or None: unknown, of another dossier, or not to be seen by these badges."""
    row = db.session.execute(
        select(*_COLUMNS)
        .join(Dossier, Dossier.id == FileRow.dossier_id)
        .where(FileRow.id == file_id, Dossier.id == dossier_id, Dossier.procedure_key == procedure_key)
        .where(readable_by(badges))
    ).first()
    return None if row is None else StoredFile._make(row)


def draft_files(draft_id: int) -> tuple[StoredFile, ...]:
    """The files of a draft that was loaded for its owner before."""
    rows = db.session.execute(select(*_COLUMNS).where(FileRow.draft_id == draft_id).order_by(FileRow.id))
    return tuple(StoredFile._make(row) for row in rows)


def waiting_files(session: Session, ids: Iterable[int], dossier_id: int, username: str) -> tuple[StoredFile, ...]:
    """Those of these files that the person uploaded for that dossier."""
    rows = session.execute(
        select(*_COLUMNS)
        .where(FileRow.id.in_(list(ids)), FileRow.dossier_id == dossier_id, FileRow.uploaded_by == username)
        .order_by(FileRow.id)
    )
    return tuple(StoredFile._make(row) for row in rows)


def move_files(session: Session, draft_id: int, dossier_id: int) -> None:
    """The draft's files belong to the dossier from now on."""
    moved = update(FileRow).where(FileRow.draft_id == draft_id)
    session.execute(moved.values(dossier_id=dossier_id, draft_id=None))


def placed(files: Iterable[StoredFile]) -> Mapping[str, Mapping[str, list[dict[str, Any]]]]:
    """Entries by kind of place and key: {"document": {"certificate": [entry, …]}}."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in files:
        kind, _, key = one.place.partition(":")
        found.setdefault(kind, {}).setdefault(key, []).append(one.entry)
    return found
