"""Keep an uploaded file: its type told by its content, its name made harmless, its bytes under their hash."""

import re
import zipfile
from collections.abc import Collection
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

import filetype
from sqlalchemy.orm import Session

from app.engine.world import Refusal
from app.storage.database import writing
from app.storage.dossiers import lock_dossier
from app.storage.drafts import own_draft
from app.storage.file_store import Kept, NotAccepted, TooLarge, keep_stream
from app.storage.people import Person
from app.storage.tables import FileRow
from app.vietnamese.text import hidden_characters, normal

ACCEPTED = ("pdf", "jpg", "jpeg", "png", "docx", "xlsx")
MOST_MB = 20
LONGEST_NAME = 120
_PLACE = re.compile(r"(document|attach|field):[A-Za-z0-9_.-]{1,100}")
_UNSAFE = re.compile(r'[\\/:*?"<>|%;\s]+')
_HEAD = 8_192
# What the content must be for an extension; text formats have no signature and are looked at otherwise.
_SIGNATURES = {"pdf": "pdf", "jpg": "jpg", "jpeg": "jpg", "png": "png", "tif": "tif", "tiff": "tif", "zip": "zip"}
# Drawings: AutoCAD says its version, MicroStation begins with its own element or is a compound file.
_BEGINNINGS = {
    "dwg": (b"AC10",),
    "dgn": (b"\x08\x09\xfe\x02", b"\xc8\x09\xfe\x02", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
}
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "dwg": "image/vnd.dwg",
    "dgn": "application/octet-stream",
    "txt": "text/plain",
    "csv": "text/csv",
}


def attach_file(
    stream: IO[bytes],
    name: str,
    place: str,
    by: Person,
    now: datetime,
    *,
    dossier_id: int = 0,
    draft_id: int = 0,
    accept: Collection[str] = ACCEPTED,
    max_mb: int = MOST_MB,
) -> int | Refusal:
    """The file's id; an action or the reception puts it in its place.

    ``place``: document:<key> | attach:<key> | field:<key>. Refusals: not_found, invalid_value {field, reason: bad_file,
    accept | max_mb | content}.
    """
    if not _PLACE.fullmatch(place) or bool(dossier_id) == bool(draft_id):
        return Refusal("not_found")
    shown = safe_name(name)
    ending = shown.rpartition(".")[2] if "." in shown else ""
    if ending not in {one.lower() for one in accept} or ending not in _MEDIA:
        return _refused(place, accept=sorted(accept))
    try:
        kept = keep_stream(stream, max_mb * 1024 * 1024, lambda path: is_what_it_says(path, ending))
    except TooLarge:
        return _refused(place, max_mb=max_mb)
    except NotAccepted:
        return _refused(place, content=ending)
    with writing() as session:
        if not _may_attach(session, dossier_id, draft_id, by):
            return Refusal("not_found")
        row = _row(kept, shown, ending, place, by, now)
        row.dossier_id, row.draft_id = dossier_id or None, draft_id or None
        session.add(row)
        session.flush()
        return row.id


def _may_attach(session: Session, dossier_id: int, draft_id: int, by: Person) -> bool:
    if draft_id:
        return own_draft(session, draft_id, by.user_id) is not None
    return lock_dossier(session, dossier_id, by.badges) is not None


def _row(kept: Kept, name: str, ending: str, place: str, by: Person, now: datetime) -> FileRow:
    return FileRow(
        sha256=kept.sha256,
        size=kept.size,
        media_type=_MEDIA[ending],
        name=name,
        place=place,
        uploaded_by=by.username,
        uploaded_at=now,
    )


def safe_name(name: str) -> str:
    """The last part of a name from any system, without what a shell, a header or a reader could trip over."""
    last = PureWindowsPath(PurePosixPath(normal(name)).name).name
    hidden = {one.character for one in hidden_characters(last)}
    plain = _UNSAFE.sub(" ", "".join(char for char in last if char not in hidden)).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not stem:
        return plain[:LONGEST_NAME] or "khong-ten"
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .')}.{ending.lower()}"


def is_what_it_says(path: Path, ending: str) -> bool:
    """Content decides, the extension must agree: a script called .pdf is neither."""
    with path.open("rb") as content:
        head = content.read(_HEAD)
    if ending in _BEGINNINGS:
        return head.startswith(_BEGINNINGS[ending])
    kind = filetype.guess(head)
    if ending in _OFFICE:
        return _is_office_file(path, _OFFICE[ending])
    if ending in _SIGNATURES:
        return kind is not None and kind.extension == _SIGNATURES[ending]
    return kind is None and bool(head) and b"\0" not in head and head.lstrip()[:1] != b"<"


def _is_office_file(path: Path, part: str) -> bool:
    """A document or workbook without macros; its parts are listed, never unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return part in names and not any(name.endswith("vbaproject.bin") for name in names)


def _refused(place: str, **why: object) -> Refusal:
    return Refusal("invalid_value", {"field": place.partition(":")[2], "reason": "bad_file", **why})
