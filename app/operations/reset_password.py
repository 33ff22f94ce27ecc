"""Give somebody a new first password, because theirs is forgotten or known to others; it also lifts a lock."""

from datetime import datetime

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.operations.change_password import store_password
from app.operations.password_rule import new_password
from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import forget_failures


def reset_password(user_id: int, by: Person, now: datetime) -> str | Refusal:
    """The new first password, shown once. Refusals: not_allowed, not_found."""
    with writing() as session:
        user = find_user(session, user_id, by)
        if isinstance(user, Refusal):
            return user
        password = new_password()
        store_password(session, user, password, now, must_change=True)
        forget_failures(user.username)
        note(session, user.id, by, now, "password_reset")
        return password
