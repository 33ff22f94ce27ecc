"""Change one's own password: every session ends, the one at hand gets a new ticket."""

from datetime import datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy.orm import Session

from app.engine.world import Refusal
from app.operations.account_changes import note
from app.operations.password_rule import is_password, password_fault, password_hash
from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import add_session, end_sessions_of
from app.storage.tables import Account


def change_password(person: Person, old: str, new: str, now: datetime, *, shortest: int = 10) -> str | Refusal:
    """The ticket of the new session.

    Refusals: wrong_password, same_password, weak_password {reason, shortest, longest}.
    """
    fault = password_fault(new, person.username, shortest)
    with writing() as session:
        user = session.get(User, person.user_id, populate_existing=True)
        if user is None or not is_password(user.password, old):
            return Refusal("wrong_password")
        if fault is not None:
            return fault
        if new == old:
            return Refusal("same_password")
        store_password(session, user, new, now, must_change=False)
        note(session, user.id, person, now, "password_changed")
        return add_session(user.id, now)


def store_password(session: Session, user: User, password: str, now: datetime, *, must_change: bool) -> None:
    """The new password is in force, and whoever was signed in with the old one is out."""
    user.password = password_hash(password)
    user.changed_on = now
    account = session.get(Account, user.id, populate_existing=True)
    if account is None:
        account = Account(user_id=user.id)
        session.add(account)
    account.must_change_password = must_change
    account.password_changed_at = now
    end_sessions_of(user.id, now)
