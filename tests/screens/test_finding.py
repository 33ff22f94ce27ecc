"""Finding a dossier, a procedure to receive, a procedure to look at."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.screens.now import office_now
from app.storage.people import Person
from tests.factories import permit
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]


@pytest.fixture(scope="module")
def dossier(app: Flask, office: Office) -> tuple[int, str]:
    with app.app_context():
        applicant = {"kind": "citizen", "name": "Đặng Thị Tuyết", "identity": "031188000123"}
        done = permit(office["lan"], office_now(), applicant=applicant)
        permit(office["lan"], office_now(), applicant={"kind": "citizen", "name": "Đặng Văn Hai"})
        return done.dossier_id, done.code


@pytest.mark.parametrize("words", ["tuyết", "TUYET", "dang thi tuyet", "Tuyết Đặng", "031188000123"])
def test_a_dossier_is_found(signed_in: Callable[[str], Visitor], dossier: tuple[int, str], words: str) -> None:
    answer = signed_in("minh").get("/search/", query_string={"q": words})
    assert f"/p/land/permit/{dossier[0]}" in answer.text
    assert "Đặng Văn Hai" not in answer.text
    assert "031188000123" not in answer.text.replace('value="031188000123"', "")


def test_part_of_an_identity_number_finds_nothing(
    signed_in: Callable[[str], Visitor], dossier: tuple[int, str]
) -> None:
    answer = signed_in("minh").get("/search/?q=03118800012")
    assert "Không có hồ sơ nào khớp" in words_of(answer)


@pytest.mark.parametrize("change", [str, str.lower, lambda code: f" {code} "])
def test_a_whole_code_opens_its_dossier_at_once(
    signed_in: Callable[[str], Visitor], dossier: tuple[int, str], change: Callable[[str], str]
) -> None:
    answer = signed_in("minh").get("/search/", query_string={"q": change(dossier[1])})
    assert answer.status_code == 302
    assert answer.location == f"/p/land/permit/{dossier[0]}"


def test_who_may_not_see_a_dossier_does_not_find_it(
    signed_in: Callable[[str], Visitor], dossier: tuple[int, str]
) -> None:
    for words in ("tuyet", dossier[1], "031188000123"):
        answer = signed_in("stranger").get("/search/", query_string={"q": words})
        assert answer.status_code == 200
        assert "Không có hồ sơ nào khớp" in words_of(answer)


def test_an_empty_search_is_an_invitation(signed_in: Callable[[str], Visitor]) -> None:
    answer = signed_in("minh").get("/search/")
    assert answer.status_code == 200
    assert "Không có hồ sơ" not in words_of(answer)


def test_reception_offers_what_its_unit_takes_in(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("lan").get("/tiep-nhan/")
    assert 'href="/p/land/permit/add"' in page.text
    assert "Giấy phép thử nghiệm" in words_of(page)
    assert 'href="/p/land/permit/add"' in signed_in("lan").get("/tiep-nhan/?q=giay+phep").text
    assert "Không có thủ tục nào khớp" in words_of(signed_in("lan").get("/tiep-nhan/?q=khongco"))


def test_who_receives_nothing_is_told_so_and_gets_no_link(signed_in: Callable[[str], Visitor]) -> None:
    minh = signed_in("minh")
    assert "Vị trí của bạn không tiếp nhận hồ sơ" in words_of(minh.get("/tiep-nhan/"))
    assert 'href="/tiep-nhan/"' not in minh.get("/").text
    assert 'href="/tiep-nhan/"' in signed_in("lan").get("/").text


def test_procedures_are_those_of_the_fields_one_has_to_do_with(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("minh").get("/procedures/")
    assert 'href="/p/land/permit/"' in page.text
    assert "/p/water/" not in page.text
    assert 'href="/p/land/permit/"' not in signed_in("minh").get("/procedures/?q=khongco").text
    assert 'href="/p/land/permit/"' in signed_in("minh").get("/procedures/?q=cap+giay+phep").text


def test_a_field_has_its_own_page_and_its_place_in_the_navigation(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("minh").get("/procedures/?field=land").text
    assert "<h1>Đất đai</h1>" in page
    assert 'href="/procedures/?field=land" aria-current="page"' in page


def test_a_field_one_has_nothing_to_do_with_is_as_if_it_were_not_there(signed_in: Callable[[str], Visitor]) -> None:
    page = signed_in("minh").get("/procedures/?field=water")
    assert page.status_code == 200
    assert "Tài nguyên nước" not in page.text


def test_health_is_told_to_whoever_watches(visitor: Visitor) -> None:
    answer = visitor.get("/health")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "up"
    assert answer.json["database"] is True
    assert answer.json["epoch"] >= 1
