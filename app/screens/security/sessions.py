"""Who is behind this request: the session cookie is a ticket to a row that can be ended (F7)."""

from datetime import timedelta

from flask import current_app, session

from app.screens.now import office_now
from app.storage.database import writing
from app.storage.sessions import find_session, touch_session

TICKET = "ticket"
REMEMBER_EVERY = timedelta(minutes=1)


def current_person_id(user_id: str) -> int | None:
    """The user id if the ticket in the cookie is alive and belongs to this user."""
    ticket = session.get(TICKET)
    if not isinstance(ticket, str):
        return None
    now = office_now()
    settings = current_app.config
    found = find_session(
        ticket,
        now,
        life=settings["PERMANENT_SESSION_LIFETIME"],
        idle=timedelta(minutes=float(settings["SESSION_IDLE_MINUTES"])),
    )
    if found is None or str(found[0]) != user_id:
        return None
    if now - found[1] > REMEMBER_EVERY:
        with writing():
            touch_session(ticket, now)
    return found[0]
