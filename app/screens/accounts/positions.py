"""The positions that an administrator can give, grouped by unit, and what was done to an account in words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from app.definition.model.organisation import Organisation


class UnitChoices(NamedTuple):
    """A unit and its positions: (position, title of the role)."""

    title: str
    positions: list[tuple[str, str]]


def choices(organisation: Organisation | None, taken: frozenset[str] = frozenset()) -> list[UnitChoices]:
    """Every position of ours that is not taken yet."""
    groups: dict[str, UnitChoices] = {}
    for position in organisation.positions() if organisation else ():
        role_key, _at, unit_key = position.partition("@")
        unit, role = organisation.units[unit_key], organisation.roles.get(role_key)  # type: ignore[union-attr]
        title = role.titles.get(unit.level, role.title) if role else role_key
        if position not in taken:
            groups.setdefault(unit_key, UnitChoices(unit.title, [])).positions.append((position, title))
    return list(groups.values())


# What the history of an account says; the detail stands behind it.
HISTORY: Mapping[str, Any] = {
    "created": _l("Account created"),
    "password_changed": _l("Changed the password"),
    "password_reset": _l("Password reset"),
    "switched_on": _l("Switched on"),
    "switched_off": _l("Switched off"),
    "unlocked": _l("Lock lifted"),
    "posted": _l("Position given"),
    "posting_ended": _l("Position ended"),
    "role_given": _l("Office given"),
    "role_taken": _l("Office taken away"),
}

OFFICES: Mapping[str, Any] = {
    "administrator": _l("Administrator"),
    "translator": _l("Translator"),
}
