"""Time passes for every dossier, whatever happens to one of them."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select, update

from app.operations.receive_dossier import Reception, receive_dossier
from app.operations.sweep_timers import sweep_timers
from app.storage.database import db, writing
from app.storage.dossiers import load_dossier
from app.storage.health import last_sweep
from app.storage.incidents import incidents
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Dossier, OutboxRow, Timer
from tests.factories import MONDAY, permit

Office = dict[str, Person]
WEEKS_LATER = datetime(2026, 4, 1, 8, 0)


def notice(by: Person) -> Done:
    made = receive_dossier(Reception("water/notice", {"name": "A"}, {"well": "G1"}, {"notice": True}), by, MONDAY)
    assert isinstance(made, Done)
    return made


def test_a_step_goes_on_by_itself_when_its_time_is_over(database: Flask, office: Office) -> None:
    done = notice(office["lan"])
    sweep_timers(MONDAY + timedelta(days=3))
    stored = load_dossier(done.dossier_id, "water/notice", office["lan"].badges)
    assert stored is not None
    assert stored.state.status == "result_ready"
    assert stored.updated_by == "system"


def test_nothing_happens_before_its_time(database: Flask, office: Office) -> None:
    done = notice(office["lan"])
    sweep_timers(MONDAY + timedelta(minutes=5))
    stored = load_dossier(done.dossier_id, "water/notice", office["lan"].badges)
    assert stored is not None
    assert stored.row_version == done.row_version


def test_sweeping_again_changes_nothing(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    sweep_timers(WEEKS_LATER)
    after = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert sweep_timers(WEEKS_LATER) == 0
    again = load_dossier(done.dossier_id, "land/permit", office["lan"].badges)
    assert after is not None
    assert again is not None
    assert again.row_version == after.row_version
    late = select(OutboxRow).where(OutboxRow.dossier_id == done.dossier_id, OutboxRow.kind == "step_late")
    assert len(db.session.execute(late).all()) == 1


def test_a_poisoned_dossier_becomes_an_incident_and_stops_no_other(database: Flask, office: Office) -> None:
    poisoned, healthy = permit(office["lan"]), notice(office["lan"])
    with writing() as session:
        session.execute(update(Dossier).where(Dossier.id == poisoned.dossier_id).values(state="{"))
    sweep_timers(WEEKS_LATER)
    assert f"dossier {poisoned.dossier_id}" in [one.subject for one in incidents()]
    assert db.session.execute(select(Timer.state).where(Timer.dossier_id == poisoned.dossier_id)).scalar() == "failed"
    stored = load_dossier(healthy.dossier_id, "water/notice", office["lan"].badges)
    assert stored is not None
    assert stored.state.status == "result_ready"


def test_a_round_does_no_more_than_asked(database: Flask, office: Office) -> None:
    for _ in range(3):
        notice(office["lan"])
    assert sweep_timers(WEEKS_LATER, limit=2) == 2
    assert sweep_timers(WEEKS_LATER, limit=2) == 1


def test_the_sweep_gives_a_sign_of_life(database: Flask, office: Office) -> None:
    sweep_timers(WEEKS_LATER)
    assert last_sweep() == WEEKS_LATER
