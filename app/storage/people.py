"""People: who a user is, where they sit, what they may do. Reading only; operations write."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import Select, bindparam, literal, select, true, union_all

from app.engine.rights import ANYONE, USER, is_staff
from app.engine.world import Actor
from app.storage.canonical import digest_of
from app.storage.database import db
from app.storage.tables import Account, Posting
from app.vietnamese.search import sort_key

ADMINISTRATOR = "administrator"
TRANSLATOR = "translator"
_LONGEST_ROLE = 64  # ab_role.name


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in: where they sit today and what they run."""

    user_id: int
    username: str
    full_name: str
    positions: frozenset[str] = frozenset()
    is_admin: bool = False
    is_translator: bool = False
    must_change_password: bool = False

    @property
    def badges(self) -> frozenset[str]:
        """The positions and the person himself, as open work and readers name them."""
        return self.positions | {f"{USER}{self.username}"} | ({ANYONE} if is_staff(self.positions) else set())

    @property
    def actor(self) -> Actor:
        """Who acts, for the engine."""
        return Actor(self.username, self.positions)


def system_person() -> Person:
    """The house itself: commands and jobs act as it."""
    return Person(0, "system", "Hệ thống", frozenset(("system",)), is_admin=True)


def role_name(position: str) -> str:
    """The Flask-AppBuilder role of a position; a long one is cut and told apart by its digest."""
    if len(position) <= _LONGEST_ROLE:
        return position
    return f"{position[: _LONGEST_ROLE - 11]}~{digest_of(position)[:10]}"


_USER = User.__table__.c
_ROLES = (
    select(literal("role").label("kind"), Role.__table__.c.name.label("name"))
    .join_from(Role.__table__, assoc_user_role, assoc_user_role.c.role_id == Role.__table__.c.id)
    .where(assoc_user_role.c.user_id == bindparam("user_id"), Role.__table__.c.name.in_((ADMINISTRATOR, TRANSLATOR)))
)
_POSTING = Posting.__table__.c
_POSITIONS = select(literal("position"), _POSTING.position).where(
    _POSTING.user_id == bindparam("user_id"), _POSTING.until.is_(None)
)
_BADGES = union_all(_ROLES, _POSITIONS).subquery()
# A row for each role and position of the user ``user_id``, one if there are none; none for one that is switched off.
PERSON: Select[Any] = (
    select(
        _USER.username,
        _USER.first_name,
        _USER.last_name,
        Account.__table__.c.must_change_password,
        _BADGES.c.kind,
        _BADGES.c.name,
    )
    .select_from(User.__table__)
    .outerjoin(Account.__table__, Account.__table__.c.user_id == _USER.id)
    .outerjoin(_BADGES, true())
    .where(_USER.id == bindparam("user_id"), _USER.active)
)


def load_person(user_id: int) -> Person | None:
    """One statement; None for an unknown user or one that is switched off."""
    rows = db.session.execute(PERSON, {"user_id": user_id}).all()
    return person_of(user_id, rows) if rows else None


def person_of(user_id: int, rows: Sequence[Any]) -> Person:
    """The person from the rows of ``PERSON``."""
    first = rows[0]
    named = {kind: frozenset(row.name for row in rows if row.kind == kind) for kind in ("role", "position")}
    return Person(
        user_id,
        first.username,
        full_name(first.first_name, first.last_name),
        named["position"],
        ADMINISTRATOR in named["role"],
        TRANSLATOR in named["role"],
        bool(first.must_change_password),
    )


def full_name(first: str, last: str) -> str:
    """Vietnamese order stands in the columns as it is said: family and middle names first, given name last."""
    return f"{first} {last}".strip()


_PERMITTED = (
    select(Permission.__table__.c.name, ViewMenu.__table__.c.name.label("view"))
    .select_from(assoc_user_role)
    .join(assoc_permissionview_role, assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id)
    .join(PermissionView.__table__, PermissionView.__table__.c.id == assoc_permissionview_role.c.permission_view_id)
    .join(Permission.__table__, Permission.__table__.c.id == PermissionView.__table__.c.permission_id)
    .join(ViewMenu.__table__, ViewMenu.__table__.c.id == PermissionView.__table__.c.view_menu_id)
    .where(assoc_user_role.c.user_id == bindparam("user_id"))
)


def permissions_of(user_id: int) -> frozenset[tuple[str, str]]:
    """(permission, view menu) of everything a user may do; one statement."""
    rows = db.session.execute(_PERMITTED, {"user_id": user_id})
    return frozenset((permission, view) for permission, view in rows)


def names_of(usernames: Collection[str]) -> Mapping[str, str]:
    """User name → full name, for the names that exist."""
    if not usernames:
        return {}
    rows = db.session.execute(
        select(User.username, User.first_name, User.last_name).where(User.username.in_(sorted(usernames)))
    )
    return {username: full_name(first, last) for username, first, last in rows}


class Colleague(NamedTuple):
    """Somebody to whom work may be given."""

    username: str
    full_name: str


def people_in(positions: Collection[str]) -> tuple[Colleague, ...]:
    """Active people who hold any of these positions today, in Vietnamese order."""
    rows = db.session.execute(
        select(User.username, User.first_name, User.last_name)
        .join(Posting, Posting.user_id == User.id)
        .where(Posting.position.in_(sorted(positions)), Posting.until.is_(None), User.active)
        .distinct()
    )
    found = (Colleague(username, full_name(first, last)) for username, first, last in rows)
    return tuple(sorted(found, key=lambda one: sort_key(one.full_name)))
