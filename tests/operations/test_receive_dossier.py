"""Receiving a dossier at the counter."""

import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.engine.world import Refusal
from app.operations.dossier_change import setting_for
from app.operations.receive_dossier import receive_dossier
from app.operations.save_draft import save_draft
from app.storage.catalogue_store import holder
from app.storage.database import db, writing
from app.storage.dossiers import load_dossier
from app.storage.drafts import load_draft
from app.storage.outcomes import Done
from app.storage.people import Person, load_person
from app.storage.tables import Dossier, Payment
from tests.conftest import bare_application
from tests.factories import MONDAY, permit, permit_reception

Office = dict[str, Person]


def count() -> int:
    return db.session.execute(select(func.count(Dossier.id))).scalar_one()


def test_a_dossier_gets_its_code_its_date_and_its_next_step(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert done.code.startswith("T01.1-260302-")
    assert stored.state.due is not None
    assert stored.state.due.isoformat() == "2026-03-09T17:00:00"
    assert stored.state.open_step("appraise") is not None


def test_codes_follow_each_other_at_each_counter(database: Flask, office: Office) -> None:
    later = MONDAY + timedelta(days=1)
    codes = [permit(office[who], later).code for who in ("lan", "other", "lan")]
    assert codes == ["T01.1-260303-0001", "T01.2-260303-0001", "T01.1-260303-0002"]


def test_the_same_submission_makes_one_dossier(database: Flask, office: Office) -> None:
    first = receive_dossier(permit_reception(), office["lan"], MONDAY, key="same")
    before = count()
    again = receive_dossier(permit_reception(), office["lan"], MONDAY, key="same")
    assert isinstance(first, Done)
    assert again == first
    assert count() == before


def test_a_key_belongs_to_the_person_who_sent_it(database: Flask, office: Office) -> None:
    first = receive_dossier(permit_reception(), office["lan"], MONDAY, key="shared")
    other = receive_dossier(permit_reception(), office["other"], MONDAY, key="shared")
    assert first != other


def test_a_refusal_leaves_nothing_and_gives_the_number_back(database: Flask, office: Office) -> None:
    day = MONDAY + timedelta(days=2)
    before = count()
    refused = receive_dossier(permit_reception(documents={}), office["lan"], day)
    assert refused == Refusal("missing_documents", {"documents": ["application"]})
    assert count() == before
    assert permit(office["lan"], day).code == "T01.1-260304-0001"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pay": {}}, "unpaid"),
        ({"answers": {"purpose": "homes"}}, "missing_fields"),
        ({"answers": {"parcel_count": "x", "purpose": "homes"}}, "invalid_value"),
        ({"applicant": {"kind": "citizen"}}, "missing_fields"),
        ({"applicant": {"kind": "citizen", "name": "A\u202eB"}}, "invalid_value"),
        ({"applicant": {"kind": "citizen", "name": "A" * 301}}, "invalid_value"),
        ({"channel": "online"}, "invalid_value"),
        ({"procedure_key": "land/none"}, "not_found"),
        ({"draft_id": 999}, "not_found"),
        ({"received": MONDAY + timedelta(days=9)}, "invalid_value"),
    ],
)
def test_what_is_wrong_is_named(database: Flask, office: Office, changes: dict[str, object], code: str) -> None:
    refused = receive_dossier(permit_reception(**changes), office["lan"], MONDAY)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_nobody_receives_for_another_counter(database: Flask, office: Office) -> None:
    for who, unit in (("lan", "other-stop"), ("minh", "one-stop"), ("admin", "one-stop")):
        refused = receive_dossier(permit_reception(unit=unit), office[who], MONDAY)
        assert isinstance(refused, Refusal)
        assert refused.code == "not_allowed"


def test_money_taken_at_the_counter_stands_in_the_cashiers_table(database: Flask, office: Office) -> None:
    done = permit(office["lan"], pay={"appraisal": {"receipt": "BL 0012", "manner": "cash"}})
    payment = db.session.execute(select(Payment).where(Payment.dossier_id == done.dossier_id)).scalar_one()
    assert (payment.amount, payment.receipt, payment.received_by) == (150000, "BL 0012", "lan")


def test_a_draft_is_used_up(database: Flask, office: Office) -> None:
    lan = office["lan"]
    draft = save_draft("land/permit", "Đào", {"place": "x"}, lan, MONDAY)
    assert isinstance(draft, int)
    permit(lan, draft_id=draft)
    assert load_draft(draft, lan.user_id) is None


def test_an_applicant_keeps_only_known_parts(database: Flask, office: Office) -> None:
    applicant = {
        "kind": "citizen",
        "name": "  Đỗ   Thị  Y ",
        "is_admin": True,
        "address": {"line": "số 5", "commune": "X"},
    }
    done = permit(office["lan"], applicant=applicant)
    stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert stored.state.applicant == {
        "kind": "citizen",
        "name": "Đỗ Thị Y",
        "address": {"line": "số 5", "commune": "X"},
    }


WRITERS, EACH = 8, 6


def receive_many(url: str, folder: str, user_id: int, seed: int) -> list[str]:
    """What one counter process does: every third dossier is refused after its number was taken."""
    app = bare_application(url, Path(folder))
    codes = []
    with app.app_context():
        person = load_person(user_id)
        assert person is not None
        day = MONDAY + timedelta(days=7)
        for turn in range(EACH):
            if (turn + seed) % 3 == 0:
                with writing() as session:
                    setting = setting_for(session, holder.current(), "land/permit", None, day)
                    setting.world.numbers.take("dossier-code", unit="one-stop", at=day)
                    session.rollback()
            codes.append(permit(person, day).code)
        db.engine.dispose()
    return codes


def test_eight_counters_at_once_leave_no_gap_and_no_duplicate(
    database_url: str, data_folder: Path, office: Office
) -> None:
    arguments = [(database_url, str(data_folder), office["lan"].user_id, seed) for seed in range(WRITERS)]
    with multiprocessing.get_context("spawn").Pool(WRITERS) as pool:
        codes = sorted(code for some in pool.starmap(receive_many, arguments) for code in some)
    assert codes == [f"T01.1-260309-{n:04}" for n in range(1, WRITERS * EACH + 1)]


def test_a_representative_is_kept_and_named_on_the_slip(database: Flask, office: Office) -> None:
    representative = {"name": "Vũ  Văn Thay", "identity": "031070000789", "unknown": "x"}
    applicant = {"kind": "citizen", "name": "Đỗ Thị Y", "representative": representative, "submitter": {"phone": "1"}}
    done = permit(office["lan"], applicant=applicant)
    stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert stored.state.applicant["representative"] == {"name": "Vũ Văn Thay", "identity": "031070000789"}
    assert "submitter" not in stored.state.applicant
