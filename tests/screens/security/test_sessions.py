"""A session ends when it should: in every copy of its cookie (F7)."""

from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import update

from app.operations.change_password import change_password
from app.operations.create_account import NewAccount, create_account
from app.operations.reset_password import reset_password
from app.operations.switch_account import switch_account
from app.screens.now import office_now
from app.storage.database import db, writing
from app.storage.people import Person, load_person, system_person
from app.storage.tables import LoginSession
from tests.screens.visitor import PASSWORD, Visitor, words_of

Office = dict[str, Person]
NEW_PASSWORD = "mot-mat-khau-khac-82"
NUMBERS = count(1)


@pytest.fixture
def newcomer(app: Flask) -> Person:
    """Somebody of this test alone, with a password of their own."""
    with app.app_context():
        made = create_account(
            f"newcomer{next(NUMBERS)}", "Người Mới", "", system_person(), office_now(), password=PASSWORD
        )
        assert isinstance(made, NewAccount)
        person = load_person(made.user_id)
        assert person is not None
        return person


def enter(app: Flask, person: Person, password: str = PASSWORD) -> Visitor:
    visitor = Visitor(app)
    assert visitor.sign_in(person.username, password).status_code == 302
    return visitor


def copy_of(app: Flask, visitor: Visitor) -> Visitor:
    """A thief with the same cookie."""
    thief = Visitor(app)
    thief.client.set_cookie("mot-cua", visitor.cookie())
    return thief


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    thief = copy_of(app, visitor)
    assert thief.is_in()
    assert visitor.post("/logout/").status_code == 302
    assert not visitor.is_in()
    assert not thief.is_in()


def test_a_page_sends_no_cookie_when_nothing_about_the_session_changed(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    assert "Set-Cookie" in visitor.post("/language", {"locale": "en"}).headers
    page = visitor.get("/account/")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers


def test_signing_out_is_a_post_so_that_no_link_does_it(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    assert visitor.get("/logout/").status_code == 405
    assert visitor.is_in()


def test_a_changed_password_ends_all_other_sessions_and_goes_on_here(app: Flask, newcomer: Person) -> None:
    here, elsewhere = enter(app, newcomer), enter(app, newcomer)
    thief = copy_of(app, here)
    fields = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert here.post("/account/password", fields).status_code == 302
    assert here.is_in()
    assert not elsewhere.is_in()
    assert not thief.is_in()
    assert enter(app, newcomer, NEW_PASSWORD).is_in()
    assert Visitor(app).sign_in(newcomer.username, PASSWORD).status_code == 401


def test_a_password_reset_by_the_administrator_ends_all_sessions(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    with app.app_context():
        reset_password(newcomer.user_id, system_person(), office_now())
    assert not visitor.is_in()


def test_switching_an_account_off_ends_its_sessions(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    with app.app_context():
        switch_account(newcomer.user_id, False, system_person(), office_now())
    assert not visitor.is_in()


def test_signing_out_everywhere_ends_every_machine(app: Flask, newcomer: Person) -> None:
    here, elsewhere = enter(app, newcomer), enter(app, newcomer)
    assert here.post("/account/sessions/end").status_code == 302
    assert not here.is_in()
    assert not elsewhere.is_in()


def age(app: Flask, person: Person, **columns: timedelta) -> None:
    """Make the sessions of somebody older than they are."""
    now = office_now()
    with app.app_context(), writing():
        values = {name: now - back for name, back in columns.items()}
        db.session.execute(update(LoginSession).where(LoginSession.user_id == person.user_id).values(**values))


def test_a_session_ends_after_half_an_hour_without_a_request(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    age(app, newcomer, seen_at=timedelta(minutes=29))
    assert visitor.is_in()
    age(app, newcomer, seen_at=timedelta(minutes=31))
    assert not visitor.is_in()


def test_a_session_that_is_used_all_day_ends_after_twelve_hours(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    age(app, newcomer, started_at=timedelta(hours=11, minutes=59))
    assert visitor.is_in()
    age(app, newcomer, started_at=timedelta(hours=12, minutes=1))
    assert not visitor.is_in()


def test_signing_in_begins_a_new_session_so_that_a_planted_cookie_is_worth_nothing(
    app: Flask, newcomer: Person
) -> None:
    attacker = Visitor(app)
    attacker.get("/login/")
    victim = Visitor(app)
    victim.client.set_cookie("mot-cua", attacker.cookie())
    victim.sign_in(newcomer.username)
    assert victim.is_in()
    assert not attacker.is_in()


def test_a_cookie_that_was_tampered_with_is_nobody(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    value = visitor.cookie()
    thief = Visitor(app)
    thief.client.set_cookie("mot-cua", value[:-3] + ("AAA" if value[-3:] != "AAA" else "BBB"))
    assert not thief.is_in()


def test_a_remember_me_cookie_of_the_framework_opens_nothing(app: Flask, newcomer: Person) -> None:
    from flask_login import encode_cookie

    thief = Visitor(app)
    with app.app_context():
        thief.client.set_cookie("remember_token", encode_cookie(str(newcomer.user_id), app.config["SECRET_KEY"]))
    assert not thief.is_in()


def test_a_first_password_opens_nothing_but_the_page_that_replaces_it(app: Flask, newcomer: Person) -> None:
    with app.app_context():
        first = reset_password(newcomer.user_id, system_person(), office_now())
    assert isinstance(first, str)
    visitor = enter(app, newcomer, first)
    for page in ("/", "/search/?q=lan", "/procedures/", "/account/", "/p/land/permit/"):
        answer = visitor.get(page)
        assert answer.status_code == 302, page
        assert answer.location == "/account/password"
    fetched = visitor.get("/", headers={"Sec-Fetch-Mode": "cors"})
    assert fetched.status_code == 401
    fields = {"old": first, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert visitor.post("/account/password", fields).location == "/"
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("not-the-password", NEW_PASSWORD, NEW_PASSWORD, "Mật khẩu hiện nay chưa đúng."),
        (PASSWORD, NEW_PASSWORD, "something-else-1", "Hai lần nhập mật khẩu mới khác nhau."),
        (PASSWORD, "short-1", "short-1", "Mật khẩu cần ít nhất 10 ký tự."),
        (PASSWORD, PASSWORD, PASSWORD, "Mật khẩu mới phải khác mật khẩu hiện nay."),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "Dùng nhiều ký tự khác nhau hơn"),
        ("", "", "", "Nhập mật khẩu hiện nay."),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_why_and_nothing_changes(
    app: Flask, newcomer: Person, old: str, new: str, again: str, said: str
) -> None:
    visitor = enter(app, newcomer)
    answer = visitor.post("/account/password", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert enter(app, newcomer).is_in()


def test_a_person_can_be_signed_in_on_two_machines(app: Flask, newcomer: Person) -> None:
    first, second = enter(app, newcomer), enter(app, newcomer)
    assert first.is_in()
    assert second.is_in()


def test_a_form_left_open_does_nothing_once_its_session_has_ended(app: Flask, newcomer: Person) -> None:
    visitor = enter(app, newcomer)
    token = visitor.token()
    with app.app_context():
        assert isinstance(change_password(newcomer, PASSWORD, NEW_PASSWORD, office_now()), str)
    answer = visitor.send("/inbox/claim", {"csrf_token": token})
    assert answer.status_code == 302
    assert answer.location.startswith("/login/")
