"""Recurring people and dossiers of a small office (tests/small_office), made by the operations that people use."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from app.engine.world import Refusal
from app.operations.create_account import NewAccount, create_account
from app.operations.give_office import give_office
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.set_posting import set_posting
from app.storage.outcomes import Done
from app.storage.people import Person, load_person, system_person

OFFICE = Path(__file__).parent / "small_office"
MONDAY = datetime(2026, 3, 2, 9, 0)

# User name → full name and positions. Stranger sits elsewhere and may see nothing of land.
PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "lan": ("Trần Thị Lan", ("reception@one-stop",)),
    "other": ("Đỗ Văn Khác", ("reception@other-stop",)),
    "minh": ("Lê Văn Minh", ("officer@land",)),
    "head": ("Phạm Thị Hạnh", ("head@land",)),
    "leader": ("Nguyễn Văn Sơn", ("leader@dept",)),
    "stranger": ("Vũ Thị Lạ", ("officer@water",)),
    "admin": ("Quản Trị", ()),
}


def publish_office() -> Published:
    """The small office is in force."""
    published = publish_config(OFFICE, (), system_person(), MONDAY)
    assert isinstance(published, Published), published
    return published


def make_people() -> dict[str, Person]:
    """Everybody of PEOPLE, posted; "admin" is administrator."""
    people = {}
    for username, (name, positions) in PEOPLE.items():
        made = create_account(username, name, "", system_person(), MONDAY, password="quen-thuoc-7391")
        assert isinstance(made, NewAccount), made
        for position in positions:
            posted = set_posting(made.user_id, position, system_person(), MONDAY)
            assert not isinstance(posted, Refusal), posted
        if username == "admin":
            assert give_office(made.user_id, "administrator", True, system_person(), MONDAY) is None
        person = load_person(made.user_id)
        assert person is not None
        people[username] = person
    return people


def permit(by: Person, now: datetime = MONDAY, **changes: Any) -> Done:
    """A received dossier of land/permit."""
    made = receive_dossier(permit_reception(**changes), by, now)
    assert isinstance(made, Done), made
    return made


def permit_reception(**changes: Any) -> Reception:
    """What the counter takes in for land/permit; keywords replace parts of it."""
    usual: dict[str, Any] = {
        "procedure_key": "land/permit",
        "applicant": {"kind": "citizen", "name": "Nguyễn Thị Đào", "identity": "031188000123", "phone": "0912345678"},
        "answers": {"parcel_count": "3", "purpose": "homes", "place": "Phường Hồng Bàng", "owner_id": "031099000456"},
        "documents": {"application": True},
        "pay": {"appraisal": True},
    }
    return Reception(**{**usual, **changes})
