"""Sensitive values stand nowhere in the clear, and yet are there for those who need them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.engine.moves import Action
from app.operations.take_action import take_action
from app.storage.database import db
from app.storage.dossiers import load_dossier
from app.storage.keys import keys
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.sealing import SEAL, Sealer
from app.storage.tables import Dossier, EventRow, FieldValue
from app.storage.timeline import read_timeline
from tests.factories import MONDAY, permit

Office = dict[str, Person]
SECRETS = ("031188000123", "031099000456")


def everything_stored(dossier_id: int) -> str:
    """All text of a dossier in the tables anybody with a database password could read."""
    row = db.session.execute(select(Dossier.__table__).where(Dossier.id == dossier_id)).one()
    events = db.session.execute(select(EventRow.__table__).where(EventRow.dossier_id == dossier_id)).all()
    values = db.session.execute(select(FieldValue.__table__).where(FieldValue.dossier_id == dossier_id)).all()
    return repr(row) + repr(events) + repr(values)


def test_identity_numbers_stand_nowhere_in_the_clear(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    text = everything_stored(done.dossier_id)
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Nguyễn Thị Đào" in text


def test_whoever_may_open_the_dossier_has_the_values(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    stored = load_dossier(done.dossier_id, "land/permit", office["minh"].badges)
    assert stored is not None
    assert (stored.state.applicant["identity"], stored.state.answers["owner_id"]) == SECRETS


def test_a_timeline_without_the_sealer_shows_seals(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    stored = load_dossier(done.dossier_id, "land/permit", office["minh"].badges)
    assert stored is not None
    sealed, opened = read_timeline(done.dossier_id), read_timeline(done.dossier_id, stored.sealer)
    assert set(sealed[0].data["applicant"]["identity"]) == {SEAL}
    assert opened[0].data["applicant"]["identity"] == SECRETS[0]


def test_the_receiver_of_the_result_is_sealed_too(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    later = MONDAY + timedelta(hours=1)
    receiver = {"name": "Trần Văn Nhận", "identity": "031070000789"}
    for action, who in (
        (Action("step", step="appraise", fill={"opinion": "x"}), "minh"),
        (Action("step", step="sign"), "leader"),
        (Action("step", step="return", arguments={"receiver": receiver}), "lan"),
    ):
        assert isinstance(take_action(done.dossier_id, None, action, office[who], later), Done)
    assert "031070000789" not in everything_stored(done.dossier_id)


def test_one_value_has_one_seal_in_its_dossier_and_another_elsewhere(database: Flask) -> None:
    first, second = Sealer(keys()), Sealer(keys())
    assert first.seal("031188000123") == first.seal("031188000123")
    assert first.seal("031188000123") != second.seal("031188000123")
    assert first.seal(first.seal("x")) == first.seal("x")


def test_nothing_is_sealed_where_there_is_nothing(database: Flask) -> None:
    sealer = Sealer(keys())
    assert [sealer.seal(value) for value in (None, "", [], {})] == [None, "", [], {}]
    assert sealer.unseal("plain") == "plain"


def test_a_destroyed_value_reads_as_nothing_and_keeps_its_seal(database: Flask) -> None:
    sealer = Sealer(keys())
    assert sealer.unseal({SEAL: "gone"}) == ""
    assert sealer.seal(sealer.unseal({SEAL: "gone"})) == {SEAL: "gone"}
