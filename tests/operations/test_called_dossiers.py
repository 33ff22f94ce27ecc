"""Dossiers that call each other: begun, linked and ended in the transaction of the step, with rights of their own."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.engine.actions import Action
from app.engine.world import Refusal
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.take_action import take_action
from app.operations.verify_journals import verify_journals
from app.storage.dossiers import StoredDossier, load_dossier, procedure_of
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE

Office = dict[str, Person]
LATER = MONDAY + timedelta(hours=1)
HEAD = "schema: 1\nkind: record\nfield: land\neffective: {from: 2026-01-01}\ntime_limit: none\n"
AUDIT = (
    HEAD
    + """\
key: land/audit
title: Đánh giá
agency: land
form:
  fields:
    findings: {label: Phát hiện, type: table, columns: {what: {label: Mô tả, required: true}, sheet: {label: Phiếu}}}
route:
  - {step: report, title: Báo cáo, by: officer@land, fills: [findings]}
  - step: correct
    title: Khắc phục
    by: system
    call: {procedure: water/sheet, for_each: findings, give: {what: findings.what}, take: {findings.sheet: cure}}
  - {step: close, title: Đóng, by: head@land}
"""
)
SHEET = (
    HEAD
    + """\
key: water/sheet
title: Phiếu
agency: water
form: {fields: {what: {label: Mô tả, required: true, max_length: 20}, cure: {label: Khắc phục, required: true}}}
route:
  - {step: cure_it, title: Khắc phục, by: officer@water, fills: [cure]}
"""
)


@pytest.fixture
def audit(database: Flask, office: Office, tmp_path: Path) -> Done:
    """An audit that has begun; the two procedures are in force."""
    folder = tmp_path / "config"
    shutil.copytree(OFFICE, folder)
    (folder / "procedures/land/audit.yaml").write_text(AUDIT, encoding="utf-8")
    (folder / "procedures/water/sheet.yaml").write_text(SHEET, encoding="utf-8")
    published = publish_config(folder, (), system_person(), MONDAY)
    assert isinstance(published, Published), published
    made = receive_dossier(Reception("land/audit", {}), office["minh"], MONDAY)
    assert isinstance(made, Done), made
    return made


def reported(audit: Done, by: Person, *findings: str) -> Done | Refusal:
    fill = {"findings": [{"what": text} for text in findings]}
    return take_action(audit.dossier_id, None, Action("step", step="report", fill=fill), by, LATER)


def loaded(done: Done, by: Person) -> StoredDossier:
    found = load_dossier(done.dossier_id, "land/audit", by.badges)
    assert found is not None
    return found


def test_called_dossiers_begin_linked_and_their_end_goes_on_with_the_caller(audit: Done, office: Office) -> None:
    assert isinstance(reported(audit, office["minh"], "A", "B"), Done)
    state = loaded(audit, office["head"]).state
    children = [int(call["dossier"]) for call in state.calls.values()]
    assert len(set(children)) == 2
    assert [visit.step for visit in state.visits] == ["correct"]
    child = load_dossier(children[0], "water/sheet", office["stranger"].badges)
    assert child is not None
    assert child.state.answers == {"what": "A"}
    assert child.state.called_by == {"dossier": str(audit.dossier_id), "call": "1", "procedure": "land/audit"}
    # each has its own readers
    assert procedure_of(children[0], office["minh"].badges) is None
    assert procedure_of(audit.dossier_id, office["stranger"].badges) is None
    for number, one in enumerate(children):
        cure = Action("step", step="cure_it", fill={"cure": f"cách {number}"})
        assert isinstance(take_action(one, None, cure, office["stranger"], LATER), Done)
    after = loaded(audit, office["head"]).state
    assert [visit.step for visit in after.visits] == ["close"]
    assert [row["sheet"] for row in after.answers["findings"]] == ["cách 0", "cách 1"]
    assert verify_journals().faults == ()


def test_a_dossier_that_cannot_be_begun_refuses_the_step_and_leaves_nothing(audit: Done, office: Office) -> None:
    before = loaded(audit, office["head"]).row_version
    refused = reported(audit, office["minh"], "A", "một mô tả dài hơn hai mươi chữ")
    assert isinstance(refused, Refusal)
    assert refused.params["procedure"] == "water/sheet"
    assert loaded(audit, office["head"]).row_version == before
