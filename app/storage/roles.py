"""Flask-AppBuilder's roles and permissions, written in bulk: its own way asks the database once per permission."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_appbuilder.security.sqla.models import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_permissionview_role,
    assoc_user_role,
)
from sqlalchemy import Table, delete, insert, select
from sqlalchemy.orm import Session

from app.storage.people import role_name
from app.storage.tables import Posting, ProcedureGrant

Pair = tuple[str, str]  # permission, view menu
_GIVEN: Any = assoc_permissionview_role.c


def give_role(session: Session, user_id: int, name: str) -> bool:
    """Whether the user has it only now."""
    role_id = _ids(session, Role, [name])[name]
    held = select(assoc_user_role.c.id).where(
        assoc_user_role.c.user_id == user_id, assoc_user_role.c.role_id == role_id
    )
    if session.execute(held).first() is not None:
        return False
    session.execute(insert(assoc_user_role).values(user_id=user_id, role_id=role_id))
    return True


def take_role(session: Session, user_id: int, name: str) -> bool:
    """Whether the user had it."""
    role = select(Role.id).where(Role.name == name).scalar_subquery()
    gone = session.execute(
        delete(assoc_user_role).where(assoc_user_role.c.user_id == user_id, assoc_user_role.c.role_id == role)
    )
    return bool(getattr(gone, "rowcount", 0))


def drop_unused_role(session: Session, position: str) -> None:
    """A position's role goes when no posting and no published step uses it any more."""
    posted = select(Posting.id).where(Posting.position == position, Posting.until.is_(None))
    granted = select(ProcedureGrant.position).where(ProcedureGrant.position == position)
    if session.execute(posted).first() is None and session.execute(granted).first() is None:
        role = select(Role.id).where(Role.name == role_name(position)).scalar_subquery()
        session.execute(delete(assoc_permissionview_role).where(_GIVEN.role_id == role))
        session.execute(delete(assoc_user_role).where(assoc_user_role.c.role_id == role))
        session.execute(delete(Role).where(Role.name == role_name(position)))


def set_permissions(session: Session, view_menus: Collection[str], wanted: Mapping[str, Collection[Pair]]) -> None:
    """Make the permissions on these view menus exactly the wanted ones: role name → (permission, view menu).

    Roles, permissions and view menus that are missing are made; rights on other view menus are not touched.
    """
    pairs = {pair for given in wanted.values() for pair in given}
    views = _ids(session, ViewMenu, view_menus)
    permissions = _ids(session, Permission, {permission for permission, _ in pairs})
    roles = _ids(session, Role, wanted)
    pair_ids = _pair_ids(session, views, permissions, pairs)
    given = {
        (row.permission_view_id, row.role_id): row.id
        for row in session.execute(
            select(_GIVEN.id, _GIVEN.permission_view_id, _GIVEN.role_id)
            .join(PermissionView, PermissionView.id == _GIVEN.permission_view_id)
            .where(PermissionView.view_menu_id.in_(list(views.values())))
        )
    }
    should = {(pair_ids[pair], roles[role]) for role, some in wanted.items() for pair in some}
    _add_and_drop(session, should - given.keys(), [given[key] for key in given.keys() - should])


def _add_and_drop(session: Session, add: set[tuple[int, int]], drop: list[int]) -> None:
    if drop:
        session.execute(delete(assoc_permissionview_role).where(_GIVEN.id.in_(drop)))
    if add:
        rows = [{"permission_view_id": pair, "role_id": role} for pair, role in sorted(add)]
        session.execute(insert(assoc_permissionview_role), rows)


def _pair_ids(
    session: Session, views: Mapping[str, int], permissions: Mapping[str, int], pairs: Collection[Pair]
) -> dict[Pair, int]:
    """The permission-on-view rows, made where they are missing."""
    view_names = {number: name for name, number in views.items()}
    permission_names = {number: name for name, number in permissions.items()}

    def read() -> dict[Pair, int]:
        rows = session.execute(
            select(PermissionView.id, PermissionView.permission_id, PermissionView.view_menu_id).where(
                PermissionView.view_menu_id.in_(list(view_names)), PermissionView.permission_id.in_(permission_names)
            )
        )
        return {(permission_names[row.permission_id], view_names[row.view_menu_id]): row.id for row in rows}

    found = read()
    missing = [pair for pair in pairs if pair not in found]
    if not missing:
        return found
    rows = [{"permission_id": permissions[permission], "view_menu_id": views[view]} for permission, view in missing]
    session.execute(insert(_table(PermissionView)), rows)
    return read()


def _ids(session: Session, model: Any, names: Iterable[str]) -> dict[str, int]:
    """Name → id of roles, permissions or view menus; missing ones are made."""
    wanted = sorted(set(names))

    def read() -> dict[str, int]:
        rows = session.execute(select(model.name, model.id).where(model.name.in_(wanted)))
        return {row.name: row.id for row in rows}

    found = read()
    missing = [{"name": name} for name in wanted if name not in found]
    if not missing:
        return found
    session.execute(insert(_table(model)), missing)
    return read()


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table
