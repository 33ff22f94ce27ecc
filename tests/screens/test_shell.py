"""The frame of every page: whose office, who, where to go, how much waits; and its cost."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from app.screens.now import office_now
from app.screens.shell import initials
from app.storage.database import db
from app.storage.people import Person
from tests.factories import permit
from tests.screens.visitor import Visitor

Office = dict[str, Person]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Lê Thu Hà", "LH"), ("Trần Thị Lan", "TL"), ("Ước", "Ư"), ("", ""), ("  Đỗ   Văn  Ánh ", "ĐÁ")],
)
def test_two_letters_stand_for_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_frame_names_office_person_and_position(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("minh").get("/account/").text
    assert "Sở Thử nghiệm" in page
    assert "Lê Văn Minh" in page
    assert "Chuyên viên, Phòng Đất đai" in page


def test_fields_carry_the_number_of_dossiers_that_wait(
    app: Flask, office: Office, signed_in: Callable[[str], Visitor]
) -> None:
    with app.app_context():
        for _dossier in range(3):
            permit(office["lan"], office_now())
    page = signed_in("minh").get("/account/").text
    assert re.search(r'Hộp việc</span><span class="mc-sidenav__count">3<', page)
    assert re.search(r'Đất đai</span><span class="mc-sidenav__count">3<', page)
    assert "Tài nguyên nước" not in page


def test_the_current_place_is_marked_once(signed_in: Callable[[str], Visitor]) -> None:
    for path in ("/", "/search/", "/procedures/", "/procedures/?field=land", "/p/land/permit/"):
        page = signed_in("minh").get(path).text
        nav = page[page.index('class="mc-sidenav"') : page.index("</nav>")]
        assert nav.count('aria-current="page"') == 1, path


def test_the_frame_costs_few_statements(app: Flask, signed_in: Callable[[str], Visitor]) -> None:
    visitor = signed_in("minh")
    visitor.get("/account/")
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        visitor.get("/account/")
        page = [one for one in statements if "catalogue_epoch" not in one]
        statements.clear()
        visitor.get("/nothing-here")
        error = list(statements)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(page) <= 6, page  # who is here: 3; the frame: 2
    assert len(error) <= 4, error
