"""Switch an account off or on again: nobody is deleted, since journals name them."""

from datetime import datetime

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import end_sessions_of


def switch_account(user_id: int, active: bool, by: Person, now: datetime) -> Refusal | None:
    """None when done. Refusals: not_allowed, not_found, own_account (nobody locks themselves out)."""
    with writing() as session:
        user = find_user(session, user_id, by)
        if isinstance(user, Refusal):
            return user
        if user.id == by.user_id:
            return Refusal("own_account")
        if bool(user.active) == active:
            return None
        user.active = active
        user.changed_on = now
        if not active:
            end_sessions_of(user.id, now)
        note(session, user.id, by, now, "switched_on" if active else "switched_off")
        return None
