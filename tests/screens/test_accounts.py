"""The administrator's screens: accounts, positions, first passwords."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.screens.now import office_now
from app.storage.accounts import account, account_list, postings_of
from app.storage.people import Person, load_person
from tests.screens.visitor import PASSWORD, Visitor, words_of

Office = dict[str, Person]


@pytest.fixture
def admin(signed_in: Callable[[str], Visitor]) -> Visitor:
    return signed_in("admin")


def create(admin: Visitor, app: Flask, username: str) -> tuple[int, str]:
    """A new account: its number and first password."""
    answer = admin.post("/accounts/add", {"username": username, "full_name": "Bùi Văn Mới", "email": ""})
    assert answer.status_code == 200, words_of(answer)
    shown = re.search(r"data-secret>([^<]+)<", answer.text)
    assert shown is not None
    with app.app_context():
        rows, _total = account_list(username)
    return rows[0].user_id, shown.group(1)


def test_a_new_person_signs_in_with_the_first_password_and_must_replace_it(admin: Visitor, app: Flask) -> None:
    user_id, first = create(admin, app, "bui.moi")
    assert first not in admin.get(f"/accounts/{user_id}").text
    newcomer = Visitor(app)
    assert newcomer.sign_in("bui.moi", first).status_code == 302
    assert newcomer.get("/").location == "/account/password"
    own = "chi-minh-toi-biet-7"
    assert newcomer.post("/account/password", {"old": first, "new": own, "again": own}).location == "/"
    assert newcomer.get("/").status_code == 200
    assert Visitor(app).sign_in("bui.moi", first).status_code == 401


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "", "full_name": "", "email": ""}, "Nhập tên đăng nhập."),
        ({"username": "Ông Ba", "full_name": "Ông Ba", "email": ""}, "Từ 3 đến 64 ký tự"),
        ({"username": "minh", "full_name": "Minh Khác", "email": ""}, "Tên đăng nhập này đã có người dùng."),
        ({"username": "khac.minh", "full_name": "Minh Khác", "email": "không"}, "Phải là địa chỉ thư"),
    ],
)
def test_an_account_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    admin: Visitor, fields: dict[str, str], said: str
) -> None:
    answer = admin.post("/accounts/add", fields)
    assert answer.status_code == 422
    assert said in words_of(answer)
    for value in filter(None, fields.values()):
        assert f'value="{value}"' in answer.text


def test_a_position_is_given_and_ended(admin: Visitor, app: Flask) -> None:
    user_id, _password = create(admin, app, "vi.tri")
    answer = admin.post(f"/accounts/{user_id}/postings", {"position": "officer@water"}, follow_redirects=True)
    assert "Đã giao vị trí: Chuyên viên, Phòng Nước." in words_of(answer)
    with app.app_context():
        person = load_person(user_id)
        assert person is not None
        assert person.positions == {"officer@water"}
        posting = postings_of(user_id)[0]
    assert 'value="officer@water"' not in admin.get(f"/accounts/{user_id}").text
    ended = admin.post(f"/accounts/{user_id}/postings/{posting.id}/end", follow_redirects=True)
    assert "Việc đang mở vẫn thuộc về vị trí." in words_of(ended)
    with app.app_context():
        person = load_person(user_id)
        assert person is not None
        assert person.positions == frozenset()


@pytest.mark.parametrize(
    ("position", "said"),
    [("", "Chọn vị trí trước."), ("king@land", "Tổ chức không còn vị trí này"), ("x", "Tổ chức không còn vị trí này")],
)
def test_a_position_that_does_not_exist_cannot_be_given(
    admin: Visitor, office: Office, position: str, said: str
) -> None:
    answer = admin.post(f"/accounts/{office['minh'].user_id}/postings", {"position": position}, follow_redirects=True)
    assert said in words_of(answer)


def test_a_posting_of_somebody_else_is_not_ended_by_guessing(admin: Visitor, app: Flask, office: Office) -> None:
    with app.app_context():
        foreign = postings_of(office["lan"].user_id)[0].id
    assert admin.post(f"/accounts/{office['minh'].user_id}/postings/{foreign}/end").status_code == 404
    with app.app_context():
        assert postings_of(office["lan"].user_id)[0].until is None


def test_an_account_is_switched_off_and_on(admin: Visitor, app: Flask) -> None:
    user_id, first = create(admin, app, "tat.mo")
    admin.post(f"/accounts/{user_id}/active", {"active": "no"})
    assert Visitor(app).sign_in("tat.mo", first).status_code == 401
    assert "Đã tắt" in words_of(admin.get(f"/accounts/{user_id}"))
    admin.post(f"/accounts/{user_id}/active", {"active": "yes"})
    assert Visitor(app).sign_in("tat.mo", first).status_code == 302


def test_administrators_lock_neither_themselves_nor_the_office_out(admin: Visitor, app: Flask, office: Office) -> None:
    own = office["admin"].user_id
    for path, fields in (("active", {"active": "no"}), ("offices", {"office": "administrator", "given": "no"})):
        answer = admin.post(f"/accounts/{own}/{path}", fields, follow_redirects=True)
        assert "tài khoản của chính mình" in words_of(answer)
    with app.app_context():
        person = load_person(own)
        assert person is not None
        assert person.is_admin


def test_a_reset_password_is_shown_once_and_lifts_a_lock(admin: Visitor, app: Flask, office: Office) -> None:
    user_id, first = create(admin, app, "quen.roi")
    for _try in range(5):
        Visitor(app).sign_in("quen.roi", "wrong")
    assert Visitor(app).sign_in("quen.roi", first).status_code == 401
    answer = admin.post(f"/accounts/{user_id}/password")
    again = re.search(r"data-secret>([^<]+)<", answer.text)
    assert again is not None
    assert again.group(1) not in admin.get(f"/accounts/{user_id}").text
    assert Visitor(app).sign_in("quen.roi", again.group(1)).status_code == 302


def test_a_lock_can_be_lifted_alone(admin: Visitor, app: Flask) -> None:
    user_id, first = create(admin, app, "bi.khoa")
    for _try in range(5):
        Visitor(app).sign_in("bi.khoa", "wrong")
    with app.app_context():
        row = account(user_id)
        assert row is not None
        assert row.locked_until is not None
        assert row.locked_until > office_now() + timedelta(minutes=10)
    assert "Khóa đến" in words_of(admin.get(f"/accounts/{user_id}"))
    admin.post(f"/accounts/{user_id}/unlock")
    assert Visitor(app).sign_in("bi.khoa", first).status_code == 302


def test_an_office_is_given_and_taken(admin: Visitor, app: Flask) -> None:
    user_id, _password = create(admin, app, "vai.tro")
    admin.post(f"/accounts/{user_id}/offices", {"office": "translator", "given": "yes"})
    with app.app_context():
        person = load_person(user_id)
        assert person is not None
        assert person.is_translator
    admin.post(f"/accounts/{user_id}/offices", {"office": "translator", "given": "no"})
    answer = admin.post(f"/accounts/{user_id}/offices", {"office": "king", "given": "yes"}, follow_redirects=True)
    assert answer.status_code == 200
    with app.app_context():
        person = load_person(user_id)
        assert person is not None
        assert not person.is_translator


def test_what_was_done_to_an_account_stands_on_its_page(admin: Visitor, app: Flask) -> None:
    user_id, _password = create(admin, app, "lich.su")
    admin.post(f"/accounts/{user_id}/postings", {"position": "officer@land"})
    said = words_of(admin.get(f"/accounts/{user_id}"))
    assert "Giao vị trí: Chuyên viên, Phòng Đất đai Quản Trị" in said
    assert "Tạo tài khoản Quản Trị" in said


def test_people_are_found_with_and_without_marks(admin: Visitor) -> None:
    for words in ("le van minh", "Lê Văn", "minh"):
        page = words_of(admin.get("/accounts/", query_string={"q": words}))
        assert "Lê Văn Minh" in page
        assert "Trần Thị Lan" not in page
    assert "Không có ai tên “khongco”" in words_of(admin.get("/accounts/?q=khongco"))


def test_an_account_that_does_not_exist_is_not_there(admin: Visitor) -> None:
    assert admin.get("/accounts/99999").status_code == 404
    for path in ("password", "active", "unlock", "postings", "offices", "postings/1/end"):
        fields = {"position": "officer@land", "office": "translator"}
        assert admin.post(f"/accounts/99999/{path}", fields).status_code == 404, path


def test_my_own_page_shows_where_i_sit(signed_in: Callable[[str], Visitor]) -> None:
    page = words_of(signed_in("minh").get("/account/"))
    assert "Lê Văn Minh" in page
    assert "Chuyên viên, Phòng Đất đai" in page
    assert PASSWORD not in page
