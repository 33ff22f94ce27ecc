"""Conduct as it is stored: money paid back, stops undone, corrections after the end; every journal verifies."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.engine.moves import Action
from app.engine.state import State
from app.engine.world import Refusal
from app.operations.take_action import take_action
from app.operations.verify_journals import verify_journals
from app.storage.database import writing
from app.storage.dossiers import load_dossier
from app.storage.inbox import WorkFilter, work_page
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Payment
from tests.factories import MONDAY, permit

Office = dict[str, Person]
LATER = MONDAY + timedelta(hours=1)


def act(dossier: Done, who: Person, kind: str, **given: object) -> Done | Refusal:
    comment = str(given.pop("comment", ""))
    return take_action(dossier.dossier_id, None, Action(kind, comment=comment, arguments=given), who, LATER)


def state(dossier: Done, who: Person) -> State:
    stored = load_dossier(dossier.dossier_id, "land/permit", who.badges)
    assert stored is not None
    return stored.state


def is_sound(dossier: Done) -> bool:
    """Whether the stored state is the fold of the stored journal."""
    return all(fault.dossier_id != dossier.dossier_id for fault in verify_journals().faults)


def test_a_refusal_is_agreed_to_and_undone_and_the_journal_is_the_state(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    assert isinstance(act(dossier, office["minh"], "refuse", reason="Tranh chấp"), Done)
    waiting = work_page(office["leader"], WorkFilter(), LATER, LATER).rows
    assert ("approval", dossier.dossier_id) in {(row.kind, row.dossier_id) for row in waiting}
    assert act(dossier, office["minh"], "approve") == Refusal(
        "not_allowed", {"kind": "approve", "positions": ["leader@dept"]}
    )
    assert isinstance(act(dossier, office["leader"], "approve"), Done)
    assert state(dossier, office["lan"]).status == "stopped"
    assert isinstance(act(dossier, office["minh"], "reopen", decision="1", reason="x"), Refusal)
    assert isinstance(act(dossier, office["leader"], "reopen", decision="12/QĐ", reason="Đã hòa giải"), Done)
    again = state(dossier, office["lan"])
    assert (again.status, [visit.step for visit in again.visits], again.ended_at) == ("processing", ["appraise"], None)
    assert is_sound(dossier)


def test_money_paid_back_is_work_of_somebody_after_the_end(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    paid = state(dossier, office["lan"]).fees["appraisal"]["paid"]
    assert paid > 0
    refused = act(dossier, office["lan"], "withdraw", reason="Không làm nữa")
    assert isinstance(refused, Done)
    assert state(dossier, office["lan"]).status == "stopped"
    rows = work_page(office["lan"], WorkFilter(), LATER, LATER).rows
    assert ("refund", dossier.dossier_id) in {(row.kind, row.dossier_id) for row in rows}
    assert isinstance(act(dossier, office["minh"], "refund", receipt="PC-1"), Refusal)
    assert isinstance(act(dossier, office["lan"], "refund", receipt="PC-1"), Done)
    with writing() as session:
        sums = session.scalars(select(Payment.amount).where(Payment.dossier_id == dossier.dossier_id)).all()
    assert sorted(sums) == [-paid, paid]
    assert state(dossier, office["lan"]).fees["appraisal"]["paid"] == 0
    assert is_sound(dossier)


def test_what_nobody_may_do_changes_nothing(database: Flask, office: Office) -> None:
    dossier = permit(office["lan"])
    before = load_dossier(dossier.dossier_id, "land/permit", office["lan"].badges)
    for kind in ("transfer", "correct", "reopen", "refund", "variant", "approve", "reject", "extend", "stop"):
        answer = act(dossier, office["minh"], kind, to="water", reason="x", decision="x", receipt="x", comment="x")
        assert isinstance(answer, Refusal), kind
        assert answer.code in ("wrong_status", "not_allowed", "required", "invalid_value"), (kind, answer)
    after = load_dossier(dossier.dossier_id, "land/permit", office["lan"].badges)
    assert before is not None
    assert after is not None
    assert (after.row_version, after.state) == (before.row_version, before.state)
