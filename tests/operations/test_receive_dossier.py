"""Receiving a dossier at the counter."""

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from app.engine.world import Refusal
from app.operations.receive_dossier import receive_dossier
from app.storage.database import db
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Dossier
from tests.factories import MONDAY, permit, permit_reception

Office = dict[str, Person]


def test_a_dossier_gets_its_code_and_its_date(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    stored = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert done.code.startswith("T01.1-260302-")
    assert stored.state.due is not None
    assert stored.state.due.isoformat() == "2026-03-09T17:00:00"
    assert stored.state.open_step("appraise") is not None
    assert stored.state.fees["appraisal"]["paid"] == 150000


def test_the_same_submission_makes_one_dossier(database: Flask, office: Office) -> None:
    first = receive_dossier(permit_reception(), office["lan"], MONDAY, key="same")
    again = receive_dossier(permit_reception(), office["lan"], MONDAY, key="same")
    assert isinstance(first, Done)
    assert first == again
