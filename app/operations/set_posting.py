"""Post somebody to a position, from today."""

from datetime import datetime

from sqlalchemy import select

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.storage.catalogue_store import holder
from app.storage.database import writing
from app.storage.people import Person, role_name
from app.storage.roles import give_role
from app.storage.tables import Posting


def set_posting(user_id: int, position: str, by: Person, now: datetime) -> int | Refusal:
    """The posting's id. Refusals: not_allowed, not_found, unknown_position {position}, already_posted {position}."""
    organisation = holder.current().organisation
    if organisation is None or position not in organisation.positions():
        return Refusal("unknown_position", {"position": position})
    with writing() as session:
        user = find_user(session, user_id, by)
        if isinstance(user, Refusal):
            return user
        current = select(Posting.id).where(
            Posting.user_id == user.id, Posting.position == position, Posting.until.is_(None)
        )
        if session.execute(current).first() is not None:
            return Refusal("already_posted", {"position": position})
        posting = Posting(user_id=user.id, position=position, since=now.date(), set_by=by.username, set_at=now)
        session.add(posting)
        session.flush()
        give_role(session, user.id, role_name(position))
        note(session, user.id, by, now, "posted", position)
        return posting.id
