"""Names that are markup, formats or templates are shown as they are and break nothing (F14, F15)."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import receive_dossier
from app.operations.set_posting import set_posting
from app.screens.now import office_now
from app.storage.accounts import account_list
from app.storage.catalogue_store import holder
from app.storage.database import db
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from tests.factories import OFFICE, permit_reception
from tests.screens.conftest import settings
from tests.screens.visitor import Visitor

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"
FORMAT = "Giảm 100% phí %(code)s %s %d {{7*7}} {x} ${7*7} {%if 1%} \\u003cb"
NAMES = {
    "Cấp giấy phép thử nghiệm": f"Cấp giấy phép {FORMAT}",
    "Giấy phép thử nghiệm": "Giấy phép 100% {{7*7}} %(x)s",
    "Đất đai": "Đất đai 100% {{7*7}}",
    "Phòng Đất đai": "Phòng 50% {{7*7}} %(y)s",
    "Chuyên viên": "Chuyên viên 30% {{config}}",
    "Thẩm định": "Thẩm định 20% {{7*7}} %s",
    "Mục đích": "Mục đích 10% %(z)s",
    "Sở Thử nghiệm": "Sở 100% {{7*7}}",
}


@pytest.fixture(scope="module")
def hostile(
    database_url: str, data_folder: Path, office: dict[str, Person], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The small office under hostile names, with hostile people and dossiers."""
    folder = tmp_path_factory.mktemp("hostile") / "config"
    shutil.copytree(OFFICE, folder)
    for file in folder.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        for plain, strange in NAMES.items():
            quoted = f"'{strange}'"
            text = text.replace(f"title: {plain},", f"title: {quoted},").replace(
                f"title: {plain}}}", f"title: {quoted}}}"
            )
            text = text.replace(f"title: {plain}\n", f"title: {quoted}\n").replace(
                f"label: {plain},", f"label: {quoted},"
            )
        file.write_text(text, encoding="utf-8")
    app = create_app(settings(database_url, data_folder))
    with app.app_context():
        published = publish_config(folder, (), system_person(), office_now())
        assert isinstance(published, Published), published
        holder.refresh()
        for name in (MARKUP, FORMAT):
            reception = permit_reception(applicant={"kind": "citizen", "name": name, "address": name})
            assert isinstance(receive_dossier(reception, office["lan"], office_now()), Done)
        set_posting(office["minh"].user_id, "officer@water", system_person(), office_now())
    yield app
    with app.app_context():
        db.engine.dispose()


PAGES = [
    ("lan", "/"),
    ("lan", "/tiep-nhan/"),
    ("lan", "/p/land/permit/add"),
    ("minh", "/"),
    ("minh", "/?scope=unit"),
    ("minh", "/p/land/permit/"),
    ("minh", "/p/land/permit/1"),
    ("minh", "/p/land/permit/2"),
    ("minh", "/procedures/"),
    ("minh", "/procedures/?field=land"),
    ("minh", "/search/?q=giam"),
    ("minh", "/account/"),
    ("admin", "/accounts/"),
    ("admin", "/accounts/3"),
]


@pytest.mark.parametrize(("username", "page"), PAGES)
def test_a_page_with_hostile_names_stays_a_page(hostile: Flask, username: str, page: str) -> None:
    visitor = Visitor(hostile)
    visitor.sign_in(username)
    answer = visitor.get(page)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "% 49" not in answer.text


def test_they_are_shown_letter_for_letter(hostile: Flask) -> None:
    visitor = Visitor(hostile)
    visitor.sign_in("minh")
    page = visitor.get("/?scope=unit").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "Giảm 100% phí %(code)s %s %d {{7*7}} {x}" in page
    assert "Giấy phép 100% {{7*7}} %(x)s" in page
    assert "Thẩm định 20% {{7*7}} %s" in page
    assert "Phòng 50% {{7*7}} %(y)s" in visitor.get("/account/").text


def test_an_account_cannot_be_given_a_name_that_cannot_be_typed(hostile: Flask) -> None:
    admin = Visitor(hostile)
    admin.sign_in("admin")
    for username in (MARKUP, "a b", "ông", "../x", "a", "x" * 65, "1abc"):
        answer = admin.post("/accounts/add", {"username": username, "full_name": "Ai Đó", "email": ""})
        assert answer.status_code == 422, username
        assert "<script>alert" not in answer.text


def test_a_person_with_a_hostile_name_breaks_no_page(hostile: Flask) -> None:
    admin = Visitor(hostile)
    admin.sign_in("admin")
    fields = {"username": "hostile.person", "full_name": f"{MARKUP[:60]} 100% {{{{7*7}}}}", "email": ""}
    made = admin.post("/accounts/add", fields)
    assert made.status_code == 200
    with hostile.app_context():
        rows, _total = account_list("hostile.person")
    for page in (made, admin.get("/accounts/"), admin.get(f"/accounts/{rows[0].user_id}")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


def test_error_pages_and_messages_do_not_format_what_they_are_told(hostile: Flask) -> None:
    visitor = Visitor(hostile)
    visitor.sign_in("minh")
    answer = visitor.get("/search/?q=" + "%25(x)s%20%7B%7B7*7%7D%7D%20%3Cscript%3Ealert(1)%3C/script%3E")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "%(x)s {{7*7}}" in answer.text
