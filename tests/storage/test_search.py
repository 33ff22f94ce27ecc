"""Search: beginnings of words, with and without diacritics, and nothing that hostile text could break."""

import pytest
from flask import Flask

from app.engine.world import Refusal
from app.operations.receive_dossier import receive_dossier
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.search import find_dossiers
from tests.factories import MONDAY, permit, permit_reception

Office = dict[str, Person]


@pytest.fixture(scope="module")
def found_among(database_app: Flask, office: Office) -> dict[str, Done]:
    with database_app.app_context():
        people = {"Nguyễn Thị Đào": "031188000123", "Nguyễn Thị Dao": "031188000999", "Trần Văn Sơn": "031070000555"}
        made = {}
        for name, identity in people.items():
            applicant = {"kind": "citizen", "name": name, "identity": identity, "phone": "0912345678"}
            made[name] = permit(office["lan"], applicant=applicant)
    return made


def names(person: Person, text: str) -> list[str]:
    return [row.applicant_name for row in find_dossiers(person, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dao", {"Nguyễn Thị Đào", "Nguyễn Thị Dao"}),
        ("Đào", {"Nguyễn Thị Đào", "Nguyễn Thị Dao"}),
        ("NGUYEN THI", {"Nguyễn Thị Đào", "Nguyễn Thị Dao"}),
        ("thị nguyễn", {"Nguyễn Thị Đào", "Nguyễn Thị Dao"}),
        ("son tran", {"Trần Văn Sơn"}),
        ("ần", set()),
        ("0912345678", {"Nguyễn Thị Đào", "Nguyễn Thị Dao", "Trần Văn Sơn"}),
        ("hong bang", {"Nguyễn Thị Đào", "Nguyễn Thị Dao", "Trần Văn Sơn"}),
        ("031070000555", {"Trần Văn Sơn"}),
        ("03107000055", set()),
        ("", set()),
        ("   ", set()),
        ("-", set()),
    ],
)
def test_dossiers_are_found_by_what_people_type(
    database: Flask, office: Office, found_among: dict[str, Done], text: str, expected: set[str]
) -> None:
    assert set(names(office["lan"], text)) == expected


def test_what_was_typed_with_marks_comes_first(database: Flask, office: Office, found_among: dict[str, Done]) -> None:
    assert names(office["lan"], "đào")[0] == "Nguyễn Thị Đào"
    assert names(office["lan"], "dao")[0] == "Nguyễn Thị Dao"


def test_a_code_is_found_however_it_is_typed(database: Flask, office: Office, found_among: dict[str, Done]) -> None:
    code = found_among["Trần Văn Sơn"].code
    for text in (code, code.lower(), code.replace("-", " "), code[:-1]):
        assert "Trần Văn Sơn" in names(office["lan"], text)


@pytest.mark.parametrize("text", ['"', "a*", "NEAR(a b)", "a OR b", "%", "_", "' OR 1=1 --", "\0", "đ" * 5000, "( )"])
def test_hostile_text_finds_nothing_and_breaks_nothing(
    database: Flask, office: Office, found_among: dict[str, Done], text: str
) -> None:
    assert names(office["lan"], text) == []


def test_a_changed_dossier_is_found_by_its_new_words_only(database: Flask, office: Office) -> None:
    done = receive_dossier(
        permit_reception(answers={"parcel_count": "1", "purpose": "homes", "place": "Làng Cũ"}), office["lan"], MONDAY
    )
    assert not isinstance(done, Refusal)
    assert [row.id for row in find_dossiers(office["lan"], "lang cu")] == [done.dossier_id]


def test_searching_takes_one_statement(
    database: Flask, office: Office, found_among: dict[str, Done], statements: list[str]
) -> None:
    names(office["lan"], "dao 2026")
    assert len(statements) == 1
