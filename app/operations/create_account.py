"""Create an account: a person can sign in, and must choose a password of their own first."""

import re
from dataclasses import dataclass
from datetime import datetime

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.engine.world import Refusal
from app.operations.account_changes import note
from app.operations.password_rule import new_password, password_hash
from app.storage.database import writing
from app.storage.people import Person
from app.storage.tables import Account
from app.vietnamese.text import hidden_characters, normal

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,63}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]+")
LONGEST_NAME = 100
LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The account, and the first password to be handed over; it is shown once and stored nowhere."""

    user_id: int
    password: str


def create_account(
    username: str, full_name: str, email: str, by: Person, now: datetime, *, password: str = ""
) -> NewAccount | Refusal:
    """Refusals: not_allowed, invalid_value {field: username | full_name | email}, taken {field}."""
    username, full_name, email = username.strip().lower(), " ".join(normal(full_name).split()), email.strip().lower()
    if not by.is_admin:
        return Refusal("not_allowed")
    wrong = _wrong_field(username, full_name, email)
    if wrong:
        return Refusal("invalid_value", {"field": wrong})
    email = email or f"{username}@no-address.invalid"
    with writing() as session:
        taken = _taken_field(session, username, email)
        if taken:
            return Refusal("taken", {"field": taken})
        first_password = password or new_password()
        user = _user(username, full_name, email, first_password, now)
        session.add(user)
        session.flush()
        session.add(Account(user_id=user.id, must_change_password=not password, password_changed_at=now))
        note(session, user.id, by, now, "created")
        return NewAccount(user.id, first_password)


def _wrong_field(username: str, full_name: str, email: str) -> str:
    if not _USERNAME.fullmatch(username):
        return "username"
    if not 0 < len(full_name) <= LONGEST_NAME or hidden_characters(full_name):
        return "full_name"
    return "email" if email and (len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email)) else ""


def _taken_field(session: Session, username: str, email: str) -> str:
    found = session.execute(
        select(func.lower(User.username)).where(
            (func.lower(User.username) == username) | (func.lower(User.email) == email)
        )
    ).scalars()
    names = set(found)
    return "" if not names else "username" if username in names else "email"


def _user(username: str, full_name: str, email: str, password: str, now: datetime) -> User:
    family, _, given = full_name.rpartition(" ")
    return User(
        username=username,
        first_name=family[:64],
        last_name=given[:64],
        email=email,
        password=password_hash(password),
        active=True,
        created_on=now,
        changed_on=now,
        created_by_fk=None,
        changed_by_fk=None,
    )
