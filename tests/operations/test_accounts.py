"""Accounts, passwords and postings."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from app.engine.world import Refusal
from app.operations.change_password import change_password
from app.operations.create_account import NewAccount, create_account
from app.operations.end_posting import end_posting
from app.operations.give_office import give_office
from app.operations.password_rule import is_password, password_fault
from app.operations.reset_password import reset_password
from app.operations.set_posting import set_posting
from app.operations.switch_account import switch_account
from app.storage.accounts import account, account_history, account_list, postings_of
from app.storage.database import db, writing
from app.storage.people import Person, load_person, people_in, permissions_of, system_person
from app.storage.sessions import add_session, session_person
from tests.factories import MONDAY

Office = dict[str, Person]
LONG = timedelta(hours=12)


def make(username: str, name: str = "Ngô Văn Thử") -> int:
    made = create_account(username, name, "", system_person(), MONDAY, password="quen-thuoc-7391")
    assert isinstance(made, NewAccount)
    return made.user_id


def stored_password(user_id: int) -> str | None:
    return db.session.execute(select(User.password).where(User.id == user_id)).scalar_one()


def signed_in(user_id: int) -> str:
    with writing():
        return add_session(user_id, MONDAY)


def is_alive(user_id: int, ticket: str) -> bool:
    return session_person(user_id, ticket, MONDAY, life=LONG, idle=LONG) is not None


def test_a_new_account_must_choose_a_password_of_its_own(database: Flask, office: Office) -> None:
    made = create_account("Moi.Vao", "  Lê  Thị Mới ", "moi@so.gov.vn", office["admin"], MONDAY)
    assert isinstance(made, NewAccount)
    person = load_person(made.user_id)
    assert person is not None
    assert (person.username, person.full_name, person.must_change_password) == ("moi.vao", "Lê Thị Mới", True)
    assert is_password(stored_password(made.user_id), made.password)
    assert password_fault(made.password, person.username, 10) is None


@pytest.mark.parametrize(
    ("username", "name", "email", "code", "field"),
    [
        ("lan", "Ai Đó", "", "taken", "username"),
        ("LAN", "Ai Đó", "", "taken", "username"),
        ("khac", "Ai Đó", "Trung@so.gov.vn", "taken", "email"),
        ("a", "Ai Đó", "", "invalid_value", "username"),
        ("có dấu", "Ai Đó", "", "invalid_value", "username"),
        ("khac", "", "", "invalid_value", "full_name"),
        ("khac", "A\u200bB", "", "invalid_value", "full_name"),
        ("khac", "Ai Đó", "không phải thư", "invalid_value", "email"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_named(
    database: Flask, office: Office, username: str, name: str, email: str, code: str, field: str
) -> None:
    create_account("trung", "Người Trùng", "trung@so.gov.vn", office["admin"], MONDAY, password="x")
    assert create_account(username, name, email, office["admin"], MONDAY) == Refusal(code, {"field": field})


def test_only_an_administrator_touches_accounts(database: Flask, office: Office) -> None:
    lan, minh = office["lan"], office["minh"]
    refused = Refusal("not_allowed")
    assert create_account("ai.do", "Ai Đó", "", lan, MONDAY) == refused
    assert reset_password(minh.user_id, lan, MONDAY) == refused
    assert switch_account(minh.user_id, False, lan, MONDAY) == refused
    assert give_office(lan.user_id, "administrator", True, lan, MONDAY) == refused
    assert set_posting(lan.user_id, "leader@dept", lan, MONDAY) == refused
    assert end_posting(postings_of(minh.user_id)[0].id, lan, MONDAY) == refused


def test_changing_the_password_ends_all_sessions_but_the_new_one(database: Flask, office: Office) -> None:
    user_id = make("doi.mk")
    person = load_person(user_id)
    assert person is not None
    old = signed_in(user_id)
    ticket = change_password(person, "quen-thuoc-7391", "khac-han-2846-x", MONDAY)
    assert isinstance(ticket, str)
    assert (is_alive(user_id, old), is_alive(user_id, ticket)) == (False, True)
    assert is_password(stored_password(user_id), "khac-han-2846-x")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sai", "khac-han-2846-x", "wrong_password"),
        ("quen-thuoc-7391", "quen-thuoc-7391", "same_password"),
        ("quen-thuoc-7391", "ngan", "weak_password"),
        ("quen-thuoc-7391", "password123", "weak_password"),
        ("quen-thuoc-7391", "aaaaaaaaaaaaaa", "weak_password"),
        ("quen-thuoc-7391", "yeu.duoi-2026-x", "weak_password"),
        ("quen-thuoc-7391", "x1" * 129, "weak_password"),
    ],
)
def test_a_weak_or_wrong_password_changes_nothing(
    database: Flask, office: Office, old: str, new: str, code: str
) -> None:
    found = select(User.id).where(User.username == "yeu.duoi")
    user_id = db.session.scalars(found).first() or make("yeu.duoi")
    person = load_person(user_id)
    assert person is not None
    before = stored_password(user_id)
    refused = change_password(person, old, new, MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert stored_password(user_id) == before


def test_a_reset_hands_out_a_new_first_password(database: Flask, office: Office) -> None:
    user_id = make("quen.mk")
    ticket = signed_in(user_id)
    password = reset_password(user_id, office["admin"], MONDAY)
    assert isinstance(password, str)
    assert not is_alive(user_id, ticket)
    person = load_person(user_id)
    assert person is not None
    assert person.must_change_password
    assert is_password(stored_password(user_id), password)


def test_an_account_that_is_switched_off_is_nobody(database: Flask, office: Office) -> None:
    user_id = make("nghi.viec")
    ticket = signed_in(user_id)
    assert switch_account(user_id, False, office["admin"], MONDAY) is None
    assert load_person(user_id) is None
    assert not is_alive(user_id, ticket)
    assert switch_account(user_id, True, office["admin"], MONDAY) is None
    assert load_person(user_id) is not None


def test_administrators_cannot_lock_themselves_out(database: Flask, office: Office) -> None:
    admin = office["admin"]
    assert switch_account(admin.user_id, False, admin, MONDAY) == Refusal("own_account")
    assert give_office(admin.user_id, "administrator", False, admin, MONDAY) == Refusal("own_account")


def test_a_posting_gives_the_rights_of_its_position_and_its_end_takes_them(database: Flask, office: Office) -> None:
    user_id, admin = make("dieu.dong"), office["admin"]
    assert permissions_of(user_id) == frozenset()
    posting = set_posting(user_id, "officer@land", admin, MONDAY)
    assert isinstance(posting, int)
    assert ("can_act", "field:land") in permissions_of(user_id)
    assert ("can_receive", "field:land") not in permissions_of(user_id)
    assert "dieu.dong" in [one.username for one in people_in(["officer@land"])]
    assert end_posting(posting, admin, MONDAY + timedelta(days=1)) is None
    assert permissions_of(user_id) == frozenset()
    assert people_in(["officer@land"]) == tuple(
        one for one in people_in(["officer@land"]) if one.username != "dieu.dong"
    )
    assert [(row.position, row.until is None) for row in postings_of(user_id)] == [("officer@land", False)]


def test_a_position_that_does_not_exist_cannot_be_held(database: Flask, office: Office) -> None:
    user_id = office["minh"].user_id
    assert set_posting(user_id, "king@land", office["admin"], MONDAY).code == "unknown_position"  # type: ignore[union-attr]
    assert set_posting(user_id, "officer@land", office["admin"], MONDAY).code == "already_posted"  # type: ignore[union-attr]


def test_the_list_finds_people_without_diacritics(database: Flask, office: Office) -> None:
    rows, count = account_list("tran lan")
    assert [row.username for row in rows] == ["lan"]
    assert count == 1
    assert rows[0].positions == ("reception@one-stop",)


def test_the_history_says_who_did_what_and_no_password(database: Flask, office: Office) -> None:
    user_id = make("lich.su")
    set_posting(user_id, "officer@water", office["admin"], MONDAY)
    reset_password(user_id, office["admin"], MONDAY)
    notes = account_history(user_id)
    assert [(note.kind, note.by) for note in notes] == [
        ("password_reset", "admin"),
        ("posted", "admin"),
        ("created", "system"),
    ]
    assert notes[1].detail == "officer@water"
    assert all("scrypt" not in note.detail for note in notes)


def test_one_account_is_read_with_its_offices(database: Flask, office: Office) -> None:
    row = account(office["admin"].user_id)
    assert row is not None
    assert row.roles == ("administrator",)
    assert account(999_999) is None


def test_a_person_is_read_in_one_statement(database: Flask, office: Office, statements: list[str]) -> None:
    assert load_person(office["lan"].user_id) == office["lan"]
    assert len(statements) == 1
