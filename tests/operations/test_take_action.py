"""Acting on a dossier: by whom, on which version, once."""

from datetime import timedelta

from flask import Flask

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.claim_visit import claim_visit, release_visit
from app.operations.record_payment import record_payment
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.timeline import read_timeline
from tests.factories import MONDAY, permit

Office = dict[str, Person]
LATER = MONDAY + timedelta(hours=1)


def appraise(dossier: Done, version: int | None, by: Person, key: str = "") -> Done | Refusal:
    action = Action("step", step="appraise", fill={"opinion": "Đủ điều kiện"})
    return take_action(dossier.dossier_id, version, action, by, LATER, key=key)


def test_a_dossier_goes_from_hand_to_hand_until_it_is_returned(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    signed = Action("step", step="sign")
    returned = Action(
        "step", step="return", arguments={"receiver": {"name": "Nguyễn Thị Đào", "identity": "031188000123"}}
    )
    for action, who in ((None, "minh"), (signed, "leader"), (returned, "lan")):
        if action is None:
            assert isinstance(appraise(dossier, None, office[who]), Done)
        else:
            assert isinstance(take_action(dossier.dossier_id, None, action, office[who], LATER), Done)
    stored = load_dossier(dossier.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert stored.state.status == "returned"
    assert stored.state.results["permit"]["number"].endswith("/GP-STN")
    assert stored.state.receiver["identity"] == "031188000123"


def test_an_outdated_page_is_refused_and_told_who_and_when(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    assert isinstance(appraise(dossier, dossier.row_version, office["minh"]), Done)
    refused = take_action(dossier.dossier_id, dossier.row_version, Action("comment", comment="x"), office["lan"], LATER)
    assert refused == Refusal("stale", {"by": "minh", "at": LATER})


def test_an_act_sent_twice_happens_once(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    first = appraise(dossier, dossier.row_version, office["minh"], key="k1")
    again = appraise(dossier, dossier.row_version, office["minh"], key="k1")
    assert isinstance(first, Done)
    assert again == first
    kinds = [event.type for event in read_timeline(dossier.dossier_id)]
    assert kinds.count("step_left") == 2  # the intake and the appraisal


def test_a_stranger_finds_no_dossier(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    assert appraise(dossier, None, office["stranger"]) == Refusal("not_found")
    assert take_action(999_999, None, Action("comment", comment="x"), office["lan"], LATER) == Refusal("not_found")


def test_whoever_appraised_does_not_sign(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    both = Person(office["minh"].user_id, "minh", "Minh", frozenset(("officer@land", "leader@dept")))
    assert isinstance(appraise(dossier, None, both), Done)
    refused = take_action(dossier.dossier_id, None, Action("step", step="sign"), both, LATER)
    assert isinstance(refused, Refusal)
    assert refused.code == "same_person"


def test_work_is_taken_by_one_person(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    stored = load_dossier(dossier.dossier_id, "land/permit", office["minh"].badges)
    assert stored is not None
    visit = stored.state.visits[0].number
    second = Person(0, "second", "Second", frozenset(("officer@land",)))
    assert claim_visit(dossier.dossier_id, visit, office["minh"], LATER) is None
    refused = claim_visit(dossier.dossier_id, visit, second, LATER)
    assert refused is not None
    assert refused.code == "held"
    assert release_visit(dossier.dossier_id, visit, office["minh"], LATER) is None
    assert claim_visit(dossier.dossier_id, visit, second, LATER) is None


def test_money_for_no_fee_is_refused(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    refused = record_payment(dossier.dossier_id, None, "none-such", office["lan"], LATER, amount=5)
    assert isinstance(refused, Refusal)


def test_a_supplement_is_asked_for_and_comes_in(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    asked = Action("supplement", step="appraise", arguments={"reason": "Thiếu phương án", "documents": ["plan"]})
    assert isinstance(take_action(dossier.dossier_id, None, asked, office["minh"], LATER), Done)
    brought = Action("resubmit", documents={"plan": True})
    day = LATER + timedelta(days=1)
    assert isinstance(take_action(dossier.dossier_id, None, brought, office["lan"], day), Done)
    stored = load_dossier(dossier.dossier_id, "land/permit", office["minh"].badges)
    assert stored is not None
    assert stored.state.documents["plan"]["originals"] == 1
