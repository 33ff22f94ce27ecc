"""What the fixed screens ask for, and what this person may do; permissions are written when publishing, never here."""

from flask import g

from app.storage.people import permissions_of

ACCOUNTS = "Accounts"


def may(permission: str, view_menu: str) -> bool:
    """Whether this person may do it; one statement a request answers all questions."""
    return (permission, view_menu) in permissions_now()


def permissions_now() -> frozenset[tuple[str, str]]:
    """Everything this person may do, read once a request."""
    if "permissions" not in g:
        g.permissions = permissions_of(g.person.user_id)
    found: frozenset[tuple[str, str]] = g.permissions
    return found


def fields_with(permission: str) -> frozenset[str]:
    """The fields of work in which this person has a permission."""
    return frozenset(
        view.removeprefix("field:")
        for name, view in permissions_now()
        if name == permission and view.startswith("field:")
    )
