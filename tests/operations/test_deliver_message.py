"""A message of another system reaches the dossier that waits for it, once."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.cli.messages import messages
from app.engine.world import Refusal
from app.operations.deliver_message import deliver_message
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.verify_journals import verify_journals
from app.storage.dossiers import StoredDossier, load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE

LATER = MONDAY + timedelta(hours=1)
KEY = "land/exam"
EXAM = """\
schema: 1
key: land/exam
title: Sát hạch
local_code: "9.000001"
field: land
agency: land
for: [citizen]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
documents: [{key: request, title: Đơn, originals: 1}]
results: [{key: paper, title: Giấy}]
time_limit: 20 working days
form: {fields: {score: {label: Điểm thi, type: integer, required: true, max: 100}}}
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
  - step: result
    title: Chờ kết quả thi
    by: system
    wait: {for: message, of: [exam_result], take: {score: points}, by_hand: officer@agency}
  - {step: sign, title: Ký, by: head@agency, within: 1 working day, issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - {name: Nhận, given: {received: 2026-03-02 09:00}}
"""
Office = dict[str, Person]


@pytest.fixture
def waiting(database: Flask, office: Office, tmp_path: Path) -> Done:
    """A dossier that waits for the result of an exam."""
    folder = tmp_path / "config"
    shutil.copytree(OFFICE, folder)
    (folder / "procedures/land/exam.yaml").write_text(EXAM, encoding="utf-8")
    published = publish_config(folder, (), system_person(), MONDAY)
    assert isinstance(published, Published), published
    made = receive_dossier(Reception(KEY, {"name": "A"}, documents={"request": True}), office["lan"], MONDAY)
    assert isinstance(made, Done), made
    return made


def stored(done: Done, office: Office) -> StoredDossier:
    found = load_dossier(done.dossier_id, KEY, office["head"].badges)
    assert found is not None
    return found


def test_a_message_moves_the_dossier_on_and_the_second_one_changes_nothing(waiting: Done, office: Office) -> None:
    done = deliver_message(waiting.code, "exam_result", {"points": "81"}, LATER, reference="M-1")
    assert isinstance(done, Done)
    after = stored(waiting, office)
    assert after.state.open_step("sign") is not None
    assert (after.state.answers["score"], after.updated_by) == (81, "system")
    assert deliver_message(waiting.code, "exam_result", {"points": "12"}, LATER, reference="M-1") == done
    assert stored(waiting, office).row_version == after.row_version
    assert verify_journals().faults == ()


def test_a_message_nobody_waits_for_is_refused(waiting: Done) -> None:
    moved = deliver_message(waiting.code, "exam_moved", {}, LATER)
    assert isinstance(moved, Refusal)
    assert moved.code == "wrong_status"
    assert deliver_message("T01-0000", "exam_result", {}, LATER) == Refusal("not_found", {"code": "T01-0000"})


def test_the_command_delivers_and_says_why_not(waiting: Done, office: Office, database: Flask) -> None:
    run = database.test_cli_runner().invoke
    odd = run(messages, ["deliver", waiting.code, "exam_result", "--value", "points"])
    assert (odd.exit_code, "NAME=VALUE" in odd.output) == (2, True)
    wrong = run(messages, ["deliver", waiting.code, "exam_result", "--value", "points=300"])
    assert (wrong.exit_code, "invalid_value" in wrong.output) == (1, True)
    assert stored(waiting, office).state.open_step("result") is not None
    right = run(messages, ["deliver", waiting.code, "exam_result", "--value", "points=81"])
    assert right.exit_code == 0, right.output
    assert stored(waiting, office).state.answers["score"] == 81
