"""Drafts of intake: read by their owner only."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.storage.database import db
from app.storage.keys import keys
from app.storage.tables import Draft, FileRow


class DraftLine(NamedTuple):
    """One line of a person's drafts."""

    id: int
    procedure_key: str
    title: str
    updated_at: datetime


def drafts_of(user_id: int, procedure_key: str = "") -> tuple[DraftLine, ...]:
    """A person's drafts, the latest first."""
    chosen = select(Draft.id, Draft.procedure_key, Draft.title, Draft.updated_at).where(Draft.user_id == user_id)
    if procedure_key:
        chosen = chosen.where(Draft.procedure_key == procedure_key)
    rows = db.session.execute(chosen.order_by(Draft.updated_at.desc(), Draft.id.desc()).limit(100))
    return tuple(DraftLine._make(row) for row in rows)


def load_draft(draft_id: int, user_id: int) -> Mapping[str, Any] | None:
    """What was typed, or None if it is not this person's draft."""
    row = db.session.execute(select(Draft.data).where(Draft.id == draft_id, Draft.user_id == user_id)).first()
    if row is None:
        return None
    data: Mapping[str, Any] = json.loads(keys().decrypt(row.data, draft_place(user_id)))
    return data


def own_draft(session: Session, draft_id: int, user_id: int) -> Draft | None:
    """The row, if it is this person's."""
    chosen = select(Draft).where(Draft.id == draft_id, Draft.user_id == user_id)
    found: Draft | None = session.scalars(chosen.execution_options(populate_existing=True)).first()
    return found


def draft_place(user_id: int) -> str:
    """What a draft is sealed for."""
    return f"draft:{user_id}"


def consume_draft(session: Session, draft_id: int) -> None:
    """The draft is gone; files that were not moved to a dossier go with it (their bytes are kept until swept)."""
    session.execute(update(FileRow).where(FileRow.draft_id == draft_id).values(draft_id=None))
    session.execute(delete(Draft).where(Draft.id == draft_id))
