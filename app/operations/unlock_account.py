"""Lift the lock of an account that had too many wrong passwords; the password stays."""

from datetime import datetime

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import forget_failures


def unlock_account(user_id: int, by: Person, now: datetime) -> Refusal | None:
    """None when done. Refusals: not_allowed, not_found."""
    with writing() as session:
        user = find_user(session, user_id, by)
        if isinstance(user, Refusal):
            return user
        forget_failures(user.username)
        note(session, user.id, by, now, "unlocked")
        return None
