"""Tidying lets go of what nobody needs, and of nothing else."""

import io
import os
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from app.operations.attach_file import attach_file
from app.operations.save_draft import save_draft
from app.operations.tidy_up import tidy_up
from app.storage.database import db, writing
from app.storage.file_store import folder, keep_bytes, path_of
from app.storage.people import Person
from app.storage.tables import Draft, FileRow, IdempotencyKey, LoginSession
from tests.factories import MONDAY, permit

Office = dict[str, Person]
LATER = MONDAY + timedelta(days=91)


def aged() -> None:
    """Everything in the store was written long ago."""
    for path in folder().glob("*/*/*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def drafted(by: Person, content: bytes) -> tuple[int, Path]:
    """A draft with a file."""
    draft_id = save_draft("land/permit", "Đơn", {"a": 1}, by, MONDAY)
    assert isinstance(draft_id, int)
    file_id = attach_file(io.BytesIO(content), "giấy.pdf", "document:application", by, MONDAY, draft_id=draft_id)
    assert isinstance(file_id, int)
    sha256 = db.session.execute(select(FileRow.sha256).where(FileRow.id == file_id)).scalar_one()
    return draft_id, path_of(sha256)


def test_an_old_draft_goes_with_its_file(database: Flask, office: Office) -> None:
    draft_id, path = drafted(office["lan"], b"%PDF-1.7\nold")
    aged()
    assert tidy_up(MONDAY + timedelta(days=89)).drafts == 0
    assert path.exists()
    assert tidy_up(LATER).drafts == 1
    assert not path.exists()
    assert db.session.get(Draft, draft_id, populate_existing=True) is None


def test_bytes_that_a_dossier_shares_stay(database: Flask, office: Office) -> None:
    """The same paper in an old draft and in a dossier is one file on disk."""
    content = b"%PDF-1.7\nshared"
    done = permit(office["lan"])
    kept = attach_file(
        io.BytesIO(content), "a.pdf", "document:application", office["lan"], MONDAY, dossier_id=done.dossier_id
    )
    assert isinstance(kept, int)
    _, path = drafted(office["lan"], content)
    aged()
    tidy_up(LATER)
    assert path.exists()


def test_bytes_that_have_just_arrived_stay_until_their_row_is_written(database: Flask, office: Office) -> None:
    path = path_of(keep_bytes(b"arriving").sha256)
    tidy_up(LATER)
    assert path.exists()
    aged()
    keep_bytes(b"arriving")  # brought again: fresh again
    tidy_up(LATER)
    assert path.exists()
    aged()
    tidy_up(LATER)
    assert not path.exists()


def test_answered_submissions_and_ended_sessions_go(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    user = office["lan"].user_id
    with writing() as session:
        answered = {"user_id": user, "dossier_id": done.dossier_id, "row_version": 1}
        session.execute(insert(IdempotencyKey).values(key="old", at=MONDAY, **answered))
        session.execute(insert(IdempotencyKey).values(key="new", at=LATER, **answered))
        seen = {"user_id": user, "started_at": MONDAY}
        session.execute(insert(LoginSession).values(ticket="old", seen_at=MONDAY, **seen))
        session.execute(insert(LoginSession).values(ticket="new", seen_at=LATER, **seen))
    tidied = tidy_up(LATER)
    assert (tidied.submissions, tidied.sessions) == (1, 1)
    left = set(db.session.scalars(select(IdempotencyKey.key).where(IdempotencyKey.user_id == user)))
    assert "new" in left
    assert "old" not in left
