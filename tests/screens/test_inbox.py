"""The inbox: counts, tabs, filters, pages, and taking work."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.operations.claim_visit import claim_visit, release_visit
from app.operations.set_posting import set_posting
from app.screens.now import office_now
from app.storage.database import db
from app.storage.people import Person, load_person
from app.storage.tables import VisitRow
from tests.factories import permit
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
NAMES = ("Nguyễn Thị Đào", "Trần Văn Ước", "Công ty Ánh Dương")


@pytest.fixture(scope="module")
def dossiers(app: Flask, office: Office) -> list[int]:
    """Thirty dossiers at the officer's step, the later ones due later."""
    now = office_now()
    with app.app_context():
        made = []
        for number in range(30):
            received = now - timedelta(days=30 - number)
            applicant = {"kind": "citizen", "name": f"{NAMES[number % 3]} {number:02}"}
            made.append(permit(office["lan"], now, received=received, applicant=applicant).dossier_id)
        return made


@pytest.fixture
def minh(signed_in: Callable[[str], Visitor], dossiers: list[int]) -> Visitor:
    return signed_in("minh")


@pytest.fixture(autouse=True)
def nobody_holds_anything(app: Flask, office: Office, dossiers: list[int]) -> Iterator[None]:
    yield
    with app.app_context():
        open_work = select(VisitRow.dossier_id, VisitRow.number, VisitRow.holder).where(
            VisitRow.left_at.is_(None), VisitRow.holder != ""
        )
        for dossier_id, number, holder in db.session.execute(open_work).all():
            assert release_visit(dossier_id, number, office[holder], office_now()) is None


def codes(page: str) -> list[str]:
    return re.findall(r'class="mc-table__code" href="[^"]+">([^<]+)<', page)


def ticks(page: str) -> list[str]:
    return re.findall(r'name="work" value="([^"]+)"', page)


def count_of(page: str, words: str) -> int:
    """The number beside a tab or queue."""
    found = re.search(rf"{words}\s*(?:</span>)?\s*<(?:span class=\"mc-count\"|b)>(\d+)<", page)
    assert found, words
    return int(found.group(1))


def test_it_opens_where_there_is_work(minh: Visitor) -> None:
    page = minh.get("/").text
    assert count_of(page, "Việc của tôi") == 0
    assert count_of(page, "Việc của phòng") == 30
    assert len(codes(page)) == 25


def test_the_least_time_left_is_on_top(minh: Visitor) -> None:
    page = minh.get("/").text
    due = re.findall(r"hẹn \d\d:\d\d, (\d\d)/(\d\d)/(\d{4})", page)
    days = [(year, month, day) for day, month, year in due]
    assert days == sorted(days)


def test_every_page_continues_where_the_last_one_ended(minh: Visitor) -> None:
    first = minh.get("/?scope=unit").text
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = minh.get(following.group(1).replace("&amp;", "&")).text
    assert len(codes(second)) == 5
    assert set(codes(first)).isdisjoint(codes(second))
    back = re.search(r'href="([^"]+)" rel="prev"', second)
    assert back is not None
    assert codes(minh.get(back.group(1).replace("&amp;", "&")).text) == codes(first)


def test_queues_count_what_they_show(minh: Visitor) -> None:
    page = minh.get("/?scope=unit").text
    total = 0
    for key, words in (("late", "Quá hạn"), ("soon", "Sắp đến hạn"), ("ok", "Còn hạn"), ("pause", "Tạm dừng")):
        amount = count_of(page, words)
        total += amount
        assert len(codes(minh.get(f"/?scope=unit&queue={key}").text)) == min(amount, 25)
    assert total == 30
    late = minh.get("/?scope=unit&queue=late").text
    assert "mc-due--late" in late
    assert "mc-due--ok" not in late


@pytest.mark.parametrize("words", ["uoc", "ƯỚC", "tran van uoc", "Ước Trần"])
def test_words_are_found_with_and_without_marks(minh: Visitor, words: str) -> None:
    page = minh.get("/", query_string={"scope": "unit", "q": words}).text
    assert len(codes(page)) == 10
    assert "Công ty Ánh Dương" not in page


def test_it_is_filtered_by_procedure_and_step(minh: Visitor) -> None:
    assert len(codes(minh.get("/?scope=unit&procedure=land/permit&step=appraise").text)) == 25
    assert codes(minh.get("/?scope=unit&step=sign").text) == []
    assert codes(minh.get("/?scope=unit&procedure=water/notice").text) == []


def test_taking_work_moves_it_to_my_tab(minh: Visitor) -> None:
    chosen = ticks(minh.get("/?scope=unit").text)[:2]
    answer = minh.post("/inbox/claim", {"work": chosen, "scope": "unit"})
    assert answer.location == "/?scope=unit"
    page = minh.get("/?scope=mine")
    assert "Bạn đã nhận 2 hồ sơ." in words_of(page)
    assert len(codes(page.text)) == 2
    assert "Lê Văn Minh" in page.text
    assert ticks(page.text) == []


def test_the_button_of_a_row_takes_that_row_alone(minh: Visitor) -> None:
    chosen = ticks(minh.get("/?scope=unit").text)
    minh.post("/inbox/claim", {"work": chosen[1:4], "one": chosen[0]})
    assert len(codes(minh.get("/?scope=mine").text)) == 1


def test_what_somebody_else_took_meanwhile_is_told_and_the_rest_is_taken(
    minh: Visitor, app: Flask, office: Office
) -> None:
    with app.app_context():
        set_posting(office["head"].user_id, "officer@land", office["admin"], office_now())
        colleague = load_person(office["head"].user_id)
        assert colleague is not None
        chosen = ticks(minh.get("/?scope=unit").text)[:3]
        dossier_id, _dot, visit = chosen[0].partition(".")
        assert claim_visit(int(dossier_id), int(visit), colleague, office_now()) is None
    said = words_of(minh.post("/inbox/claim", {"work": [*chosen, "999999.1"]}, follow_redirects=True))
    assert "Bạn đã nhận 2 hồ sơ." in said
    assert "Chưa nhận được 1 hồ sơ. Phạm Thị Hạnh đang làm việc này." in said
    assert "Chưa nhận được 1 hồ sơ. Mục này không còn nữa." in said
    others = minh.get("/?scope=unit").text
    assert "Phạm Thị Hạnh" in others
    assert chosen[0] not in ticks(others)


def test_ticking_nothing_says_what_to_do(minh: Visitor) -> None:
    answer = minh.post("/inbox/claim", {}, follow_redirects=True)
    assert "Đánh dấu những hồ sơ bạn muốn nhận trước." in words_of(answer)


def test_a_person_of_another_division_sees_and_takes_nothing(
    minh: Visitor, signed_in: Callable[[str], Visitor]
) -> None:
    chosen = ticks(minh.get("/?scope=unit").text)[:1]
    stranger = signed_in("stranger")
    assert codes(stranger.get("/").text) == []
    answer = stranger.post("/inbox/claim", {"work": chosen}, follow_redirects=True)
    assert "Bạn đã nhận" not in words_of(answer)
    assert codes(minh.get("/?scope=mine").text) == []


def test_an_empty_tab_shows_the_way_to_what_nobody_has_taken(minh: Visitor) -> None:
    page = minh.get("/?scope=mine")
    assert "Bạn đã làm xong mọi việc" in words_of(page)
    assert "Phòng còn 30 hồ sơ chưa có người nhận." in words_of(page)
    assert "/?scope=unit&amp;queue=new" in page.text


def test_a_filter_that_fits_nothing_says_so_and_can_be_cleared(minh: Visitor) -> None:
    page = minh.get("/?scope=unit&q=khongcoai")
    assert "Không có hồ sơ nào khớp “khongcoai”" in words_of(page)
    assert 'href="/?scope=unit"' in page.text


def test_what_a_page_asks_of_the_database_does_not_grow_with_its_rows(minh: Visitor, app: Flask) -> None:
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        minh.get("/?scope=unit")
        full = len(statements)
        statements.clear()
        minh.get("/?scope=unit&queue=pause")
        empty = len(statements)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert full <= 12, full
    assert empty <= full + 2
