"""The people of a trial office: one account per position, seven of them with names that are easy to type."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from random import Random
from typing import NamedTuple

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation
from app.operations.demo.names import person_name
from app.operations.password_rule import password_hash
from app.storage.people import ADMINISTRATOR, TRANSLATOR, role_name
from app.storage.roles import give_role
from app.storage.tables import Account, Posting

DEMO_PASSWORD = "mot-cua-dung-thu"  # noqa: S105 - for a trial on one's own machine, printed on the screen

# Role → user name and full name of the account that people are told about.
KNOWN: Mapping[str, tuple[str, str]] = {
    "reception": ("tiepnhan", "Trần Thị Lan"),
    "officer": ("chuyenvien", "Lê Văn Minh"),
    "head": ("truongphong", "Phạm Thị Hạnh"),
    "leader": ("lanhdao", "Nguyễn Đức Sơn"),
    "clerk": ("vanthu", "Vũ Thu Hà"),
}
OFFICES = {
    ADMINISTRATOR: ("quantri", "Hoàng Minh Tuấn", "Quản trị hệ thống"),
    TRANSLATOR: ("bientap", "Đặng Ngọc Ánh", "Biên tập ngôn ngữ"),
}


class DemoAccount(NamedTuple):
    """An account to try the office with."""

    username: str
    title: str


def known_accounts(session: Session, organisation: Organisation) -> tuple[DemoAccount, ...]:
    """The accounts to tell people about, as far as they exist."""
    names = [username for username, _ in KNOWN.values()] + [office[0] for office in OFFICES.values()]
    rows = session.execute(
        select(User.username, Posting.position)
        .outerjoin(Posting, (Posting.user_id == User.id) & Posting.until.is_(None))
        .where(User.username.in_(names))
        .order_by(Posting.id)
    )
    titles: dict[str, list[str]] = {}
    for username, position in rows:
        titles.setdefault(username, []).extend([organisation.position_title(position)] if position else [])
    for username, _, title in OFFICES.values():
        titles.get(username, []).append(title)
    return tuple(DemoAccount(name, "; ".join(titles[name])) for name in names if name in titles)


def username_of(position: str, number: int, known: Mapping[str, str]) -> str:
    """Who plays a position; a second person where the first may not do two things."""
    first = known.get(position) or position.replace("@", ".")
    return first if number == 1 else f"{first}.{number}"


def known_positions(positions: Iterable[str], open_work: Mapping[str, int]) -> dict[str, str]:
    """The position that each well-known account holds: together they can carry one dossier from counter to result.

    The unit that has most of their roles (of several the one with the most open work) is where they sit; a role that
    it lacks is taken where it has the most open work.
    """
    order = tuple(positions)
    units = dict.fromkeys(position.partition("@")[2] for position in order)

    def weight(unit: str) -> tuple[int, int]:
        held = [f"{role}@{unit}" for role in KNOWN if f"{role}@{unit}" in order]
        return len(held), sum(open_work.get(position, 0) for position in held)

    home = max(units, key=weight, default="")
    chosen = {}
    for role, (username, _) in KNOWN.items():
        candidates = [position for position in order if position.startswith(f"{role}@")]
        if candidates:
            at_home = f"{role}@{home}"
            busiest = max(candidates, key=lambda position: open_work.get(position, 0))
            chosen[at_home if at_home in order else busiest] = username
    return chosen


def make_accounts(session: Session, wanted: Iterable[tuple[str, str]], now: datetime) -> None:
    """Accounts for (user name, position); one hash for all, since everybody knows the password."""
    random = Random(7)  # noqa: S311 - names, not secrets
    shared = password_hash(DEMO_PASSWORD)
    names = dict(KNOWN.values())
    for username, position in wanted:
        user_id = _user(session, username, names.get(username) or person_name(random), shared, now)
        values = {"user_id": user_id, "position": position, "since": now.date(), "set_by": "system", "set_at": now}
        session.execute(insert(Posting).values(**values))
        give_role(session, user_id, role_name(position))
    for office, (username, name, _) in OFFICES.items():
        give_role(session, _user(session, username, name, shared, now), office)


def _user(session: Session, username: str, name: str, hashed: str, now: datetime) -> int:
    family, _, given = name.rpartition(" ")
    moments = {"created_on": now, "changed_on": now, "created_by_fk": None, "changed_by_fk": None}
    whole = {"username": username, "first_name": family, "last_name": given, "email": f"{username}@demo.invalid"}
    added = insert(User).values(**whole, **moments, password=hashed, active=True).returning(User.id)
    user_id = int(session.execute(added).scalar_one())
    session.execute(insert(Account).values(user_id=user_id, must_change_password=False, password_changed_at=now))
    return user_id
