"""The records of a new period are opened once, with the answers of the last; who has not filed is known."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.engine.actions import Action
from app.operations.open_periods import open_periods
from app.operations.publish import Published, publish_config
from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.take_action import take_action
from app.operations.verify_journals import verify_journals
from app.storage.catalogue_store import holder
from app.storage.database import db
from app.storage.dossiers import load_dossier
from app.storage.expected import count_expected, list_expected
from app.storage.outcomes import Done
from app.storage.people import Person, system_person
from app.storage.tables import Dossier
from tests.factories import MONDAY, OFFICE

Office = dict[str, Person]
APRIL = datetime(2026, 4, 1, 8, 0)
REPORT = """\
schema: 1
kind: record
field: land
effective: {from: 2026-01-01}
time_limit: none
key: land/report
title: Báo cáo
agency: land
form:
  fields:
    going: {label: Còn tiếp, type: yes_no, required: true}
    content: {label: Nội dung, list: true}
route:
  - {step: report, title: Báo cáo, by: officer@land, fills: [going, content]}
  - {step: close, title: Đóng, by: head@land}
recurs: {every: month, closes: 10 days, when: going}
"""


def filed(by: Person, going: bool) -> Done:
    made = receive_dossier(Reception("land/report", {}), by, MONDAY)
    assert isinstance(made, Done), made
    fill = {"going": going, "content": "Như cũ"}
    done = take_action(made.dossier_id, None, Action("step", step="report", fill=fill), by, MONDAY)
    assert isinstance(done, Done), done
    return made


@pytest.fixture
def reports(database: Flask, office: Office, tmp_path: Path) -> tuple[Done, Done]:
    """Two reports of February, one of which goes on."""
    folder = tmp_path / "config"
    shutil.copytree(OFFICE, folder)
    (folder / "procedures/land/report.yaml").write_text(REPORT, encoding="utf-8")
    published = publish_config(folder, (), system_person(), MONDAY)
    assert isinstance(published, Published), published
    return filed(office["minh"], True), filed(office["minh"], False)


def test_the_next_record_is_opened_once_with_the_last_answers(reports: tuple[Done, Done], office: Office) -> None:
    assert open_periods(MONDAY) == 0
    asked = (holder.current().procedure("land/report"), "2026-02", "2026-03", APRIL)
    assert count_expected(*asked, office["minh"].badges) == 1
    assert count_expected(*asked, office["stranger"].badges) == 0
    assert [one[0] for one in list_expected(*asked, office["minh"].badges, 10)] == [reports[0].dossier_id]
    assert open_periods(APRIL) == 1
    assert open_periods(APRIL) == 0
    assert count_expected(*asked, office["minh"].badges) == 0
    found = db.session.scalars(select(Dossier.id).where(Dossier.period == "2026-03")).all()
    assert len(found) == 1
    stored = load_dossier(found[0], "land/report", office["minh"].badges)
    assert stored is not None
    assert stored.state.answers["content"] == "Như cũ"
    assert stored.state.follows == str(reports[0].dossier_id)
    assert stored.state.open_step("report") is not None
    assert verify_journals().faults == ()
