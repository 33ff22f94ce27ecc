"""Log-in sessions and failed attempts: who is signed in, until when, and which name is locked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, update

from app.storage.database import db
from app.storage.people import PERSON, Person, person_of
from app.storage.tables.login_attempt import LoginAttempt
from app.storage.tables.login_session import LoginSession

LONGEST_NAME = 64


def ticket_digest(ticket: str) -> str:
    """What is stored of a ticket, so that a stolen database opens no session."""
    return hashlib.sha256(ticket.encode()).hexdigest()


def add_session(user_id: int, now: datetime) -> str:
    """Begin a session; returns the ticket for the cookie. Call inside ``writing()``."""
    ticket = secrets.token_urlsafe(32)
    db.session.add(LoginSession(user_id=user_id, ticket=ticket_digest(ticket), started_at=now, seen_at=now))
    return ticket


_SESSION = LoginSession.__table__.c
_SIGNED_IN = (
    PERSON.add_columns(_SESSION.seen_at)
    .join(LoginSession.__table__, _SESSION.user_id == bindparam("user_id"))
    .where(
        _SESSION.ticket == bindparam("ticket"),
        _SESSION.ended_at.is_(None),
        _SESSION.started_at > bindparam("started_after"),
        _SESSION.seen_at > bindparam("seen_after"),
    )
)


def session_person(
    user_id: int, ticket: str, now: datetime, *, life: timedelta, idle: timedelta
) -> tuple[Person, datetime] | None:
    """The person behind a session that is alive now, and the moment last seen; None when any of it is not so.

    One statement: the session is this user's, neither ended nor lapsed, and the account is not switched off.
    """
    asked = {"user_id": user_id, "ticket": ticket_digest(ticket)}
    rows = db.session.execute(_SIGNED_IN, {**asked, "started_after": now - life, "seen_after": now - idle}).all()
    return (person_of(user_id, rows), rows[0].seen_at) if rows else None


def touch_session(ticket: str, now: datetime) -> None:
    """Remember that the session was used. Call inside ``writing()``."""
    db.session.execute(update(LoginSession).where(LoginSession.ticket == ticket_digest(ticket)).values(seen_at=now))


def end_session(ticket: str, now: datetime) -> None:
    """End one session. Call inside ``writing()``."""
    db.session.execute(update(LoginSession).where(LoginSession.ticket == ticket_digest(ticket)).values(ended_at=now))


def end_sessions_of(user_id: int, now: datetime) -> None:
    """End every session of a user: password changed or reset, account switched off. Call inside ``writing()``."""
    alive = LoginSession.user_id == user_id, LoginSession.ended_at.is_(None)
    db.session.execute(update(LoginSession).where(*alive).values(ended_at=now))


def locked_until(username: str, now: datetime) -> datetime | None:
    """The moment until which this name is locked, if it is locked now."""
    attempt = db.session.get(LoginAttempt, _name(username))
    return attempt.locked_until if attempt and attempt.locked_until and attempt.locked_until > now else None


def count_failure(username: str, now: datetime, *, most: int, minutes: int) -> int:
    """One more wrong password; returns how many tries are left before the lock. Call inside ``writing()``."""
    attempt = db.session.get(LoginAttempt, _name(username))
    if attempt is None:
        attempt = LoginAttempt(username=_name(username), failures=0)
        db.session.add(attempt)
    if attempt.locked_until is not None and attempt.locked_until <= now:
        attempt.failures, attempt.locked_until = 0, None
    attempt.failures += 1
    if attempt.failures >= most:
        attempt.locked_until = now + timedelta(minutes=minutes)
    failures: int = attempt.failures
    return max(most - failures, 0)


def forget_failures(username: str) -> None:
    """A right password, or an administrator's reset, begins the count anew. Call inside ``writing()``."""
    attempt = db.session.get(LoginAttempt, _name(username))
    if attempt is not None:
        db.session.delete(attempt)


def _name(username: str) -> str:
    return username.strip().lower()[:LONGEST_NAME]
