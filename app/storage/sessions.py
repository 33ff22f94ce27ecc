"""Log-in sessions and failed attempts: who is signed in, until when, and which name is locked."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.storage.database import db
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


def find_session(ticket: str, now: datetime, *, life: timedelta, idle: timedelta) -> tuple[int, datetime] | None:
    """The user id and the moment last seen of a session that is alive now, or None."""
    row = db.session.execute(
        select(LoginSession.user_id, LoginSession.seen_at).where(
            LoginSession.ticket == ticket_digest(ticket),
            LoginSession.ended_at.is_(None),
            LoginSession.started_at > now - life,
            LoginSession.seen_at > now - idle,
        )
    ).first()
    return None if row is None else (row.user_id, row.seen_at)


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
