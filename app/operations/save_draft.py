"""Keep what was typed at intake so far, or throw it away."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.engine.world import Refusal
from app.storage.database import writing
from app.storage.drafts import consume_draft, draft_place, own_draft
from app.storage.keys import keys
from app.storage.people import Person
from app.storage.tables import Draft

LARGEST = 1_000_000


def save_draft(
    procedure_key: str, title: str, data: Mapping[str, Any], by: Person, now: datetime, *, draft_id: int = 0
) -> int | Refusal:
    """The draft's id. ``data`` is JSON as typed. Refusals: not_found, too_large {most}."""
    text = json.dumps(data, ensure_ascii=False)
    if len(text) > LARGEST:
        return Refusal("too_large", {"most": LARGEST})
    with writing() as session:
        draft = own_draft(session, draft_id, by.user_id) if draft_id else Draft(user_id=by.user_id)
        if draft is None or (draft_id and draft.procedure_key != procedure_key):
            return Refusal("not_found")
        draft.procedure_key = procedure_key
        draft.title = title[:300]
        draft.data = keys().encrypt(text, draft_place(by.user_id))
        draft.updated_at = now
        session.add(draft)
        session.flush()
        return draft.id


def drop_draft(draft_id: int, by: Person) -> Refusal | None:
    """None when it is gone. Refusal: not_found."""
    with writing() as session:
        if own_draft(session, draft_id, by.user_id) is None:
            return Refusal("not_found")
        consume_draft(session, draft_id)
        return None
