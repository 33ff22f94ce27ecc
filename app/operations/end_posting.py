"""End a posting, today: work stays with the position, not with the person."""

from datetime import datetime

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.storage.database import writing
from app.storage.people import Person, role_name
from app.storage.readers import keep_sight
from app.storage.roles import drop_unused_role, take_role
from app.storage.tables import Posting


def end_posting(posting_id: int, by: Person, now: datetime) -> Refusal | None:
    """None when done. Refusals: not_allowed, not_found."""
    with writing() as session:
        posting = session.get(Posting, posting_id, populate_existing=True)
        if posting is None or posting.until is not None:
            return Refusal("not_found") if by.is_admin else Refusal("not_allowed")
        user = find_user(session, posting.user_id, by)
        if isinstance(user, Refusal):
            return user
        posting.until = now.date()
        take_role(session, user.id, role_name(posting.position))
        keep_sight(session, user.username)
        session.flush()
        drop_unused_role(session, posting.position)
        note(session, user.id, by, now, "posting_ended", posting.position)
        return None
