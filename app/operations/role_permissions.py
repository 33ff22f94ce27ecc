"""Permissions written by publishing: per field of work, and of the fixed screens. Never written while starting."""

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation
from app.operations.grants import SEE
from app.storage.people import ADMINISTRATOR, TRANSLATOR, role_name
from app.storage.roles import Pair, set_permissions
from app.storage.versions import grants_in

Screens = Mapping[str, Mapping[str, str]]  # view menu → permission → audience: staff | administrator | translator

SCREENS: Screens = {"Accounts": {"can_manage": ADMINISTRATOR}}


def field_menu(field: str) -> str:
    """The view menu of a field of work."""
    return f"field:{field}"


def write_permissions(
    session: Session, fields: Collection[str], organisation: Organisation, screens: Screens = SCREENS
) -> None:
    """Make the rights of these fields and of the fixed screens what the published steps say, in a few statements."""
    wanted: dict[str, set[Pair]] = {role_name(position): set() for position in organisation.positions()}
    staff = tuple(wanted)
    wanted |= {ADMINISTRATOR: set(), TRANSLATOR: set()}
    for field in fields:
        wanted[ADMINISTRATOR] |= {(permission, field_menu(field)) for permission in SEE}
    for field, position, permission in grants_in(session, fields):
        wanted.setdefault(role_name(position), set()).add((permission, field_menu(field)))
    for menu, permissions in screens.items():
        for permission, audience in permissions.items():
            for role in staff if audience == "staff" else (audience,):
                wanted[role].add((permission, menu))
    set_permissions(session, [*map(field_menu, fields), *screens], wanted)
