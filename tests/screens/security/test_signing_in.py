"""Signing in: limited by address, locked by name, the same answer for names that do not exist (F8)."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.operations.switch_account import switch_account
from app.screens.now import office_now
from app.storage.database import db, writing
from app.storage.people import Person, system_person
from app.storage.sessions import forget_failures
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]


@pytest.fixture(autouse=True)
def nobody_locked(app: Flask) -> None:
    with app.app_context(), writing():
        for name in ("minh", "nobody-of-that-name", "head"):
            forget_failures(name)


def test_the_right_password_opens_the_inbox(visitor: Visitor) -> None:
    answer = visitor.sign_in("minh")
    assert answer.status_code == 302
    assert answer.location == "/"
    assert "Hộp việc" in words_of(visitor.get("/"))


def test_the_name_may_be_typed_in_capitals_with_spaces_around_it(visitor: Visitor) -> None:
    assert visitor.sign_in("  MINH ").status_code == 302


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(visitor: Visitor) -> None:
    answer = visitor.sign_in("minh", "wrong-password")
    assert answer.status_code == 401
    assert "Tên hoặc mật khẩu chưa đúng. Còn 4 lần thử" in words_of(answer)


def shape(text: str, name: str) -> str:
    """The page without what differs from visit to visit."""
    return re.sub(r'value="[^"]*"', "", text).replace(name, "")


def test_a_name_that_does_not_exist_gets_the_same_answers_up_to_the_lock(app: Flask) -> None:
    known, unknown = Visitor(app), Visitor(app)
    for _try in range(6):
        answers = known.sign_in("minh", "wrong"), unknown.sign_in("nobody-of-that-name", "wrong")
        assert answers[0].status_code == answers[1].status_code == 401
        assert shape(answers[0].text, "minh") == shape(answers[1].text, "nobody-of-that-name")


def test_after_five_wrong_passwords_the_right_one_is_refused_too(app: Flask) -> None:
    guesser = Visitor(app)
    for _try in range(5):
        guesser.sign_in("minh", "wrong")
    answer = Visitor(app, "192.0.2.7").sign_in("minh")
    assert answer.status_code == 401
    assert "Thử lại sau" in words_of(answer)


def test_a_right_password_begins_the_count_anew(visitor: Visitor, app: Flask) -> None:
    for _try in range(4):
        visitor.sign_in("minh", "wrong")
    assert visitor.sign_in("minh").status_code == 302
    assert "Còn 4 lần thử" in words_of(Visitor(app).sign_in("minh", "wrong"))


def test_an_account_that_is_switched_off_is_answered_like_a_wrong_password(app: Flask, office: Office) -> None:
    with app.app_context():
        switch_account(office["head"].user_id, False, system_person(), office_now())
    try:
        answer = Visitor(app).sign_in("head")
        assert answer.status_code == 401
        assert "Tên hoặc mật khẩu chưa đúng" in words_of(answer)
    finally:
        with app.app_context():
            switch_account(office["head"].user_id, True, system_person(), office_now())


@pytest.mark.parametrize(
    "name", ["", "<script>alert(1)</script>", "' OR 1=1 --", "a" * 5000, "100%", "{{7*7}}", "\x00"]
)
def test_strange_names_are_refused_and_shown_as_text(visitor: Visitor, name: str) -> None:
    answer = visitor.sign_in(name, "wrong")
    assert answer.status_code == (400 if name == "\x00" else 401 if 0 < len(name) <= 64 else 200)
    assert "<script>alert" not in answer.text
    assert "49" not in words_of(answer)


def test_many_attempts_from_one_address_are_stopped_whatever_names_they_try(
    database_url: str, data_folder: Path, office: Office
) -> None:
    app = create_app(settings(database_url, data_folder, LOGIN_RATE="5 per minute"))
    guesser = Visitor(app, "192.0.2.66")
    codes = [guesser.sign_in(f"name-{number}", "wrong").status_code for number in range(7)]
    assert codes == [401] * 5 + [429] * 2
    assert Visitor(app, "192.0.2.67").sign_in("minh").status_code == 302
    with app.app_context():
        db.engine.dispose()


def test_who_is_signed_in_is_led_past_the_sign_in_page(signed_in: Callable[[str], Visitor]) -> None:
    answer = signed_in("minh").get("/login/")
    assert answer.status_code == 302
    assert answer.location == "/"


def test_the_page_works_with_password_managers_and_never_shows_a_password_again(visitor: Visitor) -> None:
    page = visitor.get("/login/").text
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    assert "the-typed-password" not in visitor.sign_in("minh", "the-typed-password").text
