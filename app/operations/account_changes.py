"""What every change of an account shares: whether it may be made, and the line in the account's history."""

from datetime import datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy.orm import Session

from app.engine.world import Refusal
from app.storage.people import Person
from app.storage.tables import AccountEvent


def find_user(session: Session, user_id: int, by: Person) -> User | Refusal:
    """The user an administrator wants to change: not_allowed, not_found."""
    if not by.is_admin:
        return Refusal("not_allowed")
    user = session.get(User, user_id, populate_existing=True)
    return Refusal("not_found") if user is None else user


def note(session: Session, user_id: int, by: Person, now: datetime, kind: str, detail: str = "") -> None:
    """One line of history: created password_changed password_reset switched_on switched_off posted posting_ended
    role_given role_taken."""
    session.add(AccountEvent(user_id=user_id, at=now, by=by.username, kind=kind, detail=detail[:200]))
