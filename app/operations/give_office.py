"""Make somebody administrator or translator, or take that away."""

from datetime import datetime

from app.engine.world import Refusal
from app.operations.account_changes import find_user, note
from app.storage.database import writing
from app.storage.people import ADMINISTRATOR, TRANSLATOR, Person
from app.storage.roles import give_role, take_role

OFFICES = (ADMINISTRATOR, TRANSLATOR)


def give_office(user_id: int, office: str, given: bool, by: Person, now: datetime) -> Refusal | None:
    """None when done. Refusals: not_allowed, not_found, invalid_value {field: office}, own_account."""
    if office not in OFFICES:
        return Refusal("invalid_value", {"field": "office"})
    with writing() as session:
        user = find_user(session, user_id, by)
        if isinstance(user, Refusal):
            return user
        if user.id == by.user_id and office == ADMINISTRATOR and not given:
            return Refusal("own_account")
        changed = give_role(session, user.id, office) if given else take_role(session, user.id, office)
        if changed:
            note(session, user.id, by, now, "role_given" if given else "role_taken", office)
        return None
