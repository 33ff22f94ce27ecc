"""Let go of what nobody needs any more: old drafts, files without an owner, answered submissions, ended sessions."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlalchemy import CursorResult, Delete, delete, or_, select
from sqlalchemy.orm import Session

from app.storage.database import reading, writing
from app.storage.drafts import consume_draft
from app.storage.file_store import folder
from app.storage.tables import Draft, FileRow, IdempotencyKey, LoginAttempt, LoginSession, PrintRow

DRAFTS = timedelta(days=90)
SUBMISSIONS = timedelta(days=30)  # longer than anybody keeps a page open to press its button again
SESSIONS = timedelta(days=30)
FRESH_FILES = timedelta(days=1)  # bytes arrive a moment before their row does


class Tidied(NamedTuple):
    """How many of each were let go."""

    drafts: int
    files: int
    submissions: int
    sessions: int


def tidy_up(now: datetime) -> Tidied:
    """Dossiers and what belongs to them are never touched."""
    with writing() as session:
        drafts = _old_drafts(session, now)
        orphans = delete(FileRow).where(FileRow.dossier_id.is_(None), FileRow.draft_id.is_(None))
        session.execute(orphans.where(FileRow.uploaded_at < now - FRESH_FILES))
        submissions = _count(session, delete(IdempotencyKey).where(IdempotencyKey.at < now - SUBMISSIONS))
        sessions = _old_sessions(session, now)
    return Tidied(drafts, _unowned_bytes(), submissions, sessions)


def _old_drafts(session: Session, now: datetime) -> int:
    old = session.scalars(select(Draft.id).where(Draft.updated_at < now - DRAFTS)).all()
    for draft_id in old:
        consume_draft(session, draft_id)
    return len(old)


def _old_sessions(session: Session, now: datetime) -> int:
    over = or_(LoginSession.ended_at < now - SESSIONS, LoginSession.seen_at < now - SESSIONS)
    gone = _count(session, delete(LoginSession).where(over))
    session.execute(delete(LoginAttempt).where(LoginAttempt.locked_until < now - SESSIONS))
    return gone


def _count(session: Session, statement: Delete) -> int:
    """How many rows a deletion met."""
    return cast(CursorResult[Any], session.execute(statement)).rowcount


def _unowned_bytes() -> int:
    """Delete the bytes that no row names; one folder at a time, so that few names are held."""
    count = 0
    for place in sorted(folder().glob("[0-9a-f][0-9a-f]")):
        old = {path.name: path for path in place.glob("*/*") if _is_old(path)}
        with reading() as session:
            owned = _owned(session, old)
        for name in old.keys() - owned:
            if _is_old(old[name]):  # the same content may have been brought again meanwhile
                old[name].unlink(missing_ok=True)
                count += 1
    return count


def _is_old(path: Path) -> bool:
    """Kept long enough ago that whoever brought it has written its row."""
    return time.time() - path.stat().st_mtime > FRESH_FILES.total_seconds()


def _owned(session: Session, names: Iterable[str]) -> set[str]:
    wanted = list(names)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for table in (FileRow, PrintRow):
            found.update(session.scalars(select(table.sha256).where(table.sha256.in_(part))))
    return found
