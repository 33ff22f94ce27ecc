"""Who is behind this request: the session cookie is a ticket to a row that can be ended (F7)."""

from datetime import timedelta

from flask import current_app, session

from app.screens.now import office_now
from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import session_person, touch_session

TICKET = "ticket"
REMEMBER_EVERY = timedelta(minutes=1)


def person_signed_in(user_id: int) -> Person | None:
    """The person of this user id if the ticket in the cookie is alive and belongs to this user; one statement."""
    ticket = session.get(TICKET)
    if not isinstance(ticket, str):
        return None
    now = office_now()
    settings = current_app.config
    found = session_person(
        user_id,
        ticket,
        now,
        life=settings["PERMANENT_SESSION_LIFETIME"],
        idle=timedelta(minutes=float(settings["SESSION_IDLE_MINUTES"])),
    )
    if found is None:
        return None
    person, seen_at = found
    if now - seen_at > REMEMBER_EVERY:
        with writing():
            touch_session(ticket, now)
    return person
