"""Sign a person in: right password, account not locked and not switched off."""

from dataclasses import dataclass
from datetime import datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from werkzeug.security import check_password_hash

from app.storage.database import db, writing
from app.storage.sessions import add_session, count_failure, forget_failures, locked_until


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The user and the ticket that the session cookie carries."""

    user: User
    ticket: str


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Wrong name or password (tries left), or locked until a moment. Says nothing about which names exist."""

    tries_left: int = 0
    locked_until: datetime | None = None


def sign_in(
    username: str, password: str, now: datetime, *, fake_hash: str, most: int, minutes: int
) -> SignedIn | SignInRefused:
    """Check the password and begin a session. ``fake_hash`` is checked for unknown names: time tells nothing."""
    with writing():
        until = locked_until(username, now)
        if until is not None:
            return SignInRefused(locked_until=until)
        user = db.session.scalars(select(User).where(func.lower(User.username) == username.strip().lower())).first()
        stored = user.password if user is not None and user.is_active else None
        right = check_password_hash(stored or fake_hash, password)
        if user is None or stored is None or not right:
            left = count_failure(username, now, most=most, minutes=minutes)
            return SignInRefused(left, locked_until(username, now))
        forget_failures(username)
        user.last_login = now
        user.login_count = (user.login_count or 0) + 1
        return SignedIn(user, add_session(user.id, now))
