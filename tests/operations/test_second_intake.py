"""A later intake has a receipt of its own: the papers of its phase, and the day its phase ends."""

import io
import shutil
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from app.engine.moves import Action
from app.operations.publish import Published, publish_config
from app.operations.render_print import render_print
from app.operations.take_action import take_action
from app.prints.papers import draw
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from app.storage.prints import prints_of
from tests.factories import MONDAY, OFFICE, make_people, permit

Office = dict[str, Person]
CHANGES = (
    ("time_limit: 5 working days", "time_limit: phases"),
    (
        "form:\n",
        """phases:
  - {key: first, title: Thẩm định, within: 3 working days}
  - {key: second, title: Hoàn thiện, within: 2 working days}
form:
""",
    ),
    ("fees:\n", "  - {key: duty, title: Chứng từ nghĩa vụ tài chính, originals: 1, phase: second}\nfees:\n"),
    ("by: reception, within: 4 hours}", "by: reception, within: 4 hours, phase: first}"),
    (
        "allow: [supplement, refuse]}",
        """phase: first}
  - {step: complete, title: Nộp hồ sơ hoàn thiện, by: reception, does: intake, phase: second}""",
    ),
    ("within: 1 working day, issues", "phase: second, within: 1 working day, issues"),
    ("expect: {due: 2026-03-09 17:00, fee: 150000, status: returned}", "expect: {fee: 150000}"),
    ("walk: [receive, appraise, sign, return]", "walk: [receive, appraise]"),
)


@pytest.fixture(scope="module")
def office(database_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The small office whose permit is completed in a second intake."""
    folder: Path = tmp_path_factory.mktemp("office") / "config"
    shutil.copytree(OFFICE, folder)
    file = folder / "procedures/land/permit.yaml"
    text = file.read_text(encoding="utf-8")
    for old, new in CHANGES:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    with database_app.app_context():
        published = publish_config(folder, (), system_person(), MONDAY)
        assert isinstance(published, Published), published
        return make_people()


def test_the_second_receipt_names_the_papers_of_its_phase(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    later = MONDAY + timedelta(days=1)
    first = Action("step", step="appraise", fill={"opinion": "Được"})
    second = Action("step", step="complete", documents={"duty": True})
    for action, who in ((first, "minh"), (second, "lan")):
        moved = take_action(done.dossier_id, None, action, office[who], later)
        assert isinstance(moved, Done), moved
    receipts = [line for line in prints_of(done.dossier_id) if line.kind == "receipt"]
    assert len(receipts) == 2
    said = []
    for line in receipts:
        pdf = render_print(line.id, done.dossier_id, "land/permit", office["lan"].badges, draw, later)
        assert pdf is not None
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        said.append(" ".join(" ".join(page.extract_text() for page in pages).split()))
    assert "Đơn đề nghị cấp giấy phép" in said[0]
    assert "Chứng từ nghĩa vụ tài chính" not in said[0]
    assert "Chứng từ nghĩa vụ tài chính" in said[1]
    assert "Đơn đề nghị cấp giấy phép" not in said[1]
    assert "Hoàn thiện" in said[1]
    assert "Thời gian nhận hồ sơ: 09 giờ 00 phút, ngày 03 tháng 3 năm 2026" in said[1]
