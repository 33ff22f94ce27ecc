"""Several owners of one dossier: typed at intake, checked, kept sealed, shown, printed and found."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from werkzeug.test import TestResponse

from app.engine.world import Refusal
from app.operations.prints.print_data import owners_named
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import receive_dossier
from app.storage.database import db
from app.storage.dossiers import load_dossier
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE, permit_reception
from tests.screens.visitor import Visitor, words_of

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
ADD = "/p/land/shared/add"
FORM = {
    "f.applicant.kind": "citizen",
    "f.applicant.name": "Nguyễn Thị Đào",
    "f.applicant.identity": "031188000123",
    "f.applicant.address.line": "Số 1 Lê Lợi",
    "f.applicant.phone": "0912345678",
    "f.parcel_count": "1",
    "f.purpose": "homes",
    "channel": "counter",
    "unit": "one-stop",
    "d.application.originals": "1",
    "p.appraisal": "1",
    "do": "accept",
}
OWNERS = {
    "f.applicant.co_owners._row": ["1", "2"],
    "f.applicant.co_owners.1.name": "Phạm Văn Chung",
    "f.applicant.co_owners.1.identity": "031090000777",
    "f.applicant.co_owners.2.name": "Lý Thị Sở",
}


@pytest.fixture(scope="module")
def shared(app: Flask, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The small office with a procedure that asks for one to three co-owners."""
    folder = tmp_path_factory.mktemp("shared") / "config"
    shutil.copytree(OFFICE, folder)
    permit = (folder / "procedures" / "land" / "permit.yaml").read_text(encoding="utf-8")
    changed = permit.replace("key: land/permit", "key: land/shared", 1).partition("\ntests:")[0]
    owners = "\napplicant: {co_owners: {min: 1, max: 3}}\n"
    given = '{received: 2026-03-02 09:00, applicant: {co_owners: [{name: Lan, identity: "031188000123"}]}}'
    test = f"tests: [{{name: Đồng chủ, given: {given}}}]\n"
    (Path(folder) / "procedures" / "land" / "shared.yaml").write_text(changed + owners + test, encoding="utf-8")
    with app.app_context():
        published = publish_config(folder, ("land/shared",), system_person(), MONDAY)
        assert isinstance(published, Published), published
    return app


@pytest.fixture
def desk(shared: Flask, signed_in: SignedIn) -> Visitor:
    """The reception."""
    return signed_in("lan")


def send(desk: Visitor, **changes: Any) -> TestResponse:
    fields = {name: value for name, value in {**FORM, **OWNERS, **changes}.items() if value is not None}
    return desk.post(ADD, fields, content_type="multipart/form-data")


def received(answer: TestResponse) -> int:
    assert answer.status_code == 302, re.findall(r'mc-field__error"[^>]*>.*?<span>(.*?)</span>', answer.text, re.DOTALL)
    return int(answer.location.rsplit("/", 1)[1])


def test_the_block_offers_rows_and_keeps_what_was_typed_when_one_is_added_or_removed(desk: Visitor) -> None:
    assert 'name="add_row" value="applicant.co_owners"' in desk.get(ADD).text
    added = send(desk, add_row="applicant.co_owners").text
    assert 'value="Lý Thị Sở"' in added
    assert 'name="f.applicant.co_owners.3.name"' in added
    dropped = send(desk, drop_row="applicant.co_owners.1").text
    assert 'value="Lý Thị Sở"' in dropped
    assert "Chung" not in dropped


def test_owners_are_kept_shown_with_numbers_covered_printed_and_found(
    desk: Visitor, shared: Flask, office: Office
) -> None:
    dossier = received(send(desk))
    page = words_of(desk.get(f"/p/land/shared/{dossier}"))
    assert "Phạm Văn Chung" in page
    assert "Lý Thị Sở" in page
    assert "031090000777" not in page
    with shared.app_context():
        stored = load_dossier(dossier, "land/shared", office["lan"].badges)
        assert stored is not None
        owners = stored.state.applicant["co_owners"]
        assert [(one["name"], one.get("identity")) for one in owners] == [
            ("Phạm Văn Chung", "031090000777"),
            ("Lý Thị Sở", None),
        ]
        assert owners_named(stored.state.applicant) == "Nguyễn Thị Đào, Phạm Văn Chung, Lý Thị Sở"
        row = db.session.execute(text("SELECT state, search FROM dossier WHERE id = :id"), {"id": dossier}).one()
        assert "031090000777" not in str(row.state)
        assert " chung" in row.search


@pytest.mark.parametrize(
    "changes",
    [
        {"f.applicant.co_owners._row": ""},
        {"f.applicant.co_owners.2.name": "", "f.applicant.co_owners.2.identity": "031090000778"},
        {"f.applicant.co_owners._row": ["1", "2", "3", "4"], **{f"f.applicant.co_owners.{n}.name": "A" for n in "34"}},
        {"f.applicant.co_owners.1.identity": "9" * 31},
        {"f.applicant.co_owners.1.name": "Ẩn\u202edanh"},
    ],
    ids=["none", "no name", "too many", "long number", "hidden sign"],
)
def test_what_is_wrong_with_the_owners_is_told_beside_them(desk: Visitor, changes: dict[str, Any]) -> None:
    answer = send(desk, **changes)
    assert answer.status_code == 422
    block = answer.text.partition('data-field="applicant.co_owners"')[2].partition('data-field="representative"')[0]
    assert "mc-field__error" in block


@pytest.mark.parametrize(
    "owners", [None, [], "x", {"name": "A"}, [3], [{"identity": "1"}], [{"name": "A" * 301}], [{"name": "A"}] * 4]
)
def test_the_operation_itself_refuses_other_owners(shared: Flask, office: Office, owners: object) -> None:
    reception = permit_reception(
        procedure_key="land/shared", applicant={"kind": "citizen", "name": "Đào", "co_owners": owners}
    )
    with shared.app_context():
        answer = receive_dossier(reception, office["lan"], MONDAY)
    assert isinstance(answer, Refusal)
    assert answer.code in ("invalid_value", "required")


def test_a_procedure_with_one_owner_keeps_none_beside(shared: Flask, office: Office) -> None:
    reception = permit_reception(applicant={"kind": "citizen", "name": "Đào", "co_owners": [{"name": "Chung"}]})
    with shared.app_context():
        done = receive_dossier(reception, office["lan"], MONDAY)
        assert not isinstance(done, Refusal)
        stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert "co_owners" not in stored.state.applicant
