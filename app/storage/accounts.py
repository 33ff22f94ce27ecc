"""Accounts and postings as the administrator reads them."""

from datetime import date, datetime
from typing import NamedTuple

from flask_appbuilder.security.sqla.models import Role, User, assoc_user_role
from sqlalchemy import func, select

from app.storage.database import db
from app.storage.people import ADMINISTRATOR, TRANSLATOR, full_name
from app.storage.tables import Account, AccountEvent, LoginAttempt, Posting
from app.vietnamese.search import search_key, sort_key


class PostingRow(NamedTuple):
    """Where somebody sits or sat."""

    id: int
    user_id: int
    position: str
    since: date
    until: date | None


def postings_of(user_id: int) -> tuple[PostingRow, ...]:
    """All postings of a user, the current ones first, then the latest."""
    rows = db.session.execute(
        select(Posting.id, Posting.user_id, Posting.position, Posting.since, Posting.until)
        .where(Posting.user_id == user_id)
        .order_by(Posting.until.is_not(None), Posting.since.desc(), Posting.id.desc())
    )
    return tuple(PostingRow(*row) for row in rows)


class AccountRow(NamedTuple):
    """One line of the list of accounts."""

    user_id: int
    username: str
    full_name: str
    email: str
    active: bool
    last_login: datetime | None
    must_change_password: bool
    locked_until: datetime | None
    positions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


PAGE = 50


def account_list(q: str = "", page: int = 1) -> tuple[tuple[AccountRow, ...], int]:
    """A page of accounts whose user name or full name contains the words, and how many there are in all.

    An office has hundreds of accounts, not millions: they are sorted here, in Vietnamese order.
    """
    wanted = search_key(q).split()
    rows = [row for row in _accounts() if all(word in _account_text(row) for word in wanted)]
    rows.sort(key=lambda row: sort_key(row.full_name))
    first = (max(page, 1) - 1) * PAGE
    return tuple(_with_places(rows[first : first + PAGE])), len(rows)


def account(user_id: int) -> AccountRow | None:
    """One account, for its page."""
    return next(iter(_with_places(_accounts(user_id))), None)


def _account_text(row: AccountRow) -> str:
    return f"{row.username} {search_key(row.full_name)}"


def _accounts(user_id: int | None = None) -> list[AccountRow]:
    statement = (
        select(
            User.id,
            User.username,
            User.first_name,
            User.last_name,
            User.email,
            User.active,
            User.last_login,
            Account.must_change_password,
            LoginAttempt.locked_until,
        )
        .outerjoin(Account, Account.user_id == User.id)
        .outerjoin(LoginAttempt, LoginAttempt.username == func.lower(User.username))
    )
    if user_id is not None:
        statement = statement.where(User.id == user_id)
    return [
        AccountRow(one, username, full_name(first, last), email, bool(active), login, bool(must), locked)
        for one, username, first, last, email, active, login, must, locked in db.session.execute(statement)
    ]


def _with_places(rows: list[AccountRow]) -> list[AccountRow]:
    ids = [row.user_id for row in rows]
    positions: dict[int, list[str]] = {}
    roles: dict[int, list[str]] = {}
    current = select(Posting.user_id, Posting.position).where(Posting.user_id.in_(ids), Posting.until.is_(None))
    for user_id, position in db.session.execute(current.order_by(Posting.position)):
        positions.setdefault(user_id, []).append(position)
    given = (
        select(assoc_user_role.c.user_id, Role.name)
        .join(Role, Role.id == assoc_user_role.c.role_id)
        .where(assoc_user_role.c.user_id.in_(ids), Role.name.in_((ADMINISTRATOR, TRANSLATOR)))
    )
    for user_id, name in db.session.execute(given.order_by(Role.name)):
        roles.setdefault(user_id, []).append(name)
    return [
        row._replace(positions=tuple(positions.get(row.user_id, ())), roles=tuple(roles.get(row.user_id, ())))
        for row in rows
    ]


class AccountNote(NamedTuple):
    """One line of an account's history."""

    at: datetime
    by: str
    kind: str
    detail: str


def account_history(user_id: int, most: int = 100) -> tuple[AccountNote, ...]:
    """What was done to an account, the latest first."""
    rows = db.session.execute(
        select(AccountEvent.at, AccountEvent.by, AccountEvent.kind, AccountEvent.detail)
        .where(AccountEvent.user_id == user_id)
        .order_by(AccountEvent.id.desc())
        .limit(most)
    )
    return tuple(AccountNote(*row) for row in rows)
