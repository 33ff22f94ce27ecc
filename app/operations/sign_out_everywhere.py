"""End every session of a person, on every machine: a lost telephone, a forgotten counter."""

from datetime import datetime

from app.storage.database import writing
from app.storage.people import Person
from app.storage.sessions import end_sessions_of


def sign_out_everywhere(person: Person, now: datetime) -> None:
    """End them all, the present one too."""
    with writing():
        end_sessions_of(person.user_id, now)
