"""End the session of this ticket, wherever the cookie may have been copied to."""

from datetime import datetime

from app.storage.database import writing
from app.storage.sessions import end_session


def sign_out(ticket: str, now: datetime) -> None:
    """End one session."""
    with writing():
        end_session(ticket, now)
