"""People: who a user is, where they sit, what they may do. Reading only; operations write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import literal, select, union_all

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


def load_person(user_id: int) -> Person | None:
    """One statement; None for an unknown user or one that is switched off."""
    roles = (
        select(literal("role").label("kind"), Role.name.label("name"))
        .join(assoc_user_role, assoc_user_role.c.role_id == Role.id)
        .where(assoc_user_role.c.user_id == user_id, Role.name.in_((ADMINISTRATOR, TRANSLATOR)))
    )
    positions = select(literal("position"), Posting.position).where(Posting.user_id == user_id, Posting.until.is_(None))
    held = union_all(roles, positions).subquery()
    rows = db.session.execute(
        select(User.username, User.first_name, User.last_name, Account.must_change_password, held.c.kind, held.c.name)
        .select_from(User)
        .outerjoin(Account, Account.user_id == User.id)
        .outerjoin(held, literal(True))
        .where(User.id == user_id, User.active)
    ).all()
    if not rows:
        return None
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


def permissions_of(user_id: int) -> frozenset[tuple[str, str]]:
    """(permission, view menu) of everything a user may do; one statement."""
    rows = db.session.execute(
        select(Permission.name, ViewMenu.name)
        .select_from(assoc_user_role)
        .join(assoc_permissionview_role, assoc_permissionview_role.c.role_id == assoc_user_role.c.role_id)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(assoc_user_role.c.user_id == user_id)
    )
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
