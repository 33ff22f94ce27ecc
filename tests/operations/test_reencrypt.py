"""A new key: everything is written anew with it, the old one can go, and nothing of value has changed."""

from flask import Flask
from sqlalchemy import select, update

from app.operations.open_sensitive import open_sensitive
from app.operations.reencrypt import Reencrypted, reencrypt
from app.operations.save_draft import save_draft
from app.operations.verify_journals import verify_journals
from app.storage.database import db, writing
from app.storage.dossiers import load_dossier
from app.storage.drafts import load_draft
from app.storage.openings import openings_of
from app.storage.people import Person
from app.storage.search import find_dossiers
from app.storage.tables import EventRow, PrintRow, SealedValue
from tests.factories import MONDAY, permit

Office = dict[str, Person]
OLD, NEW = "old:" + "A" * 43, "new:" + "B" * 42 + "A"
NUMBER = "031188000123"


def test_the_old_key_is_needed_no_more(database: Flask, office: Office) -> None:
    database.config["SEAL_KEYS"] = OLD
    done = permit(office["lan"])
    draft = save_draft("land/permit", "Đào", {"typed": {"a": "b"}}, office["lan"], MONDAY)
    assert isinstance(draft, int)
    database.config["SEAL_KEYS"] = f"{NEW},{OLD}"
    written = reencrypt()
    assert written.values >= 4
    assert written.marks >= 2
    assert written.broken == ()
    assert reencrypt() == Reencrypted(0, 0, ())
    database.config["SEAL_KEYS"] = NEW
    assert set(db.session.scalars(select(SealedValue.key_id))) == {"new"}
    assert all(data.startswith(b"new\0") for data in db.session.scalars(select(PrintRow.data)))
    assert list(verify_journals().faults) == []
    stored = load_dossier(done.dossier_id, "land/permit", office["minh"].badges)
    assert stored is not None
    assert stored.state.applicant["identity"] == NUMBER
    assert [row.code for row in find_dossiers(office["minh"], NUMBER)] == [done.code]
    assert load_draft(draft, office["lan"].user_id) == {"typed": {"a": "b"}}


def test_a_journal_that_was_tampered_with_keeps_its_old_marks(database: Flask, office: Office) -> None:
    database.config["SEAL_KEYS"] = OLD
    done = permit(office["lan"])
    with writing() as session:
        session.execute(
            update(EventRow).where(EventRow.dossier_id == done.dossier_id, EventRow.sequence == 2).values(actor="x")
        )
    database.config["SEAL_KEYS"] = f"{NEW},{OLD}"
    assert [(one.dossier_id, one.kind) for one in reencrypt().broken] == [(done.dossier_id, "changed")]


def test_a_look_is_noted_for_those_who_work_on_the_dossier_only(database: Flask, office: Office) -> None:
    database.config["SEAL_KEYS"] = OLD
    done = permit(office["lan"])
    assert open_sensitive(done.dossier_id, office["minh"], MONDAY) is None
    refusal = open_sensitive(done.dossier_id, office["stranger"], MONDAY)
    assert refusal is not None
    assert refusal.code == "not_found"
    assert [(one.username, one.at) for one in openings_of(done.dossier_id)] == [("minh", MONDAY)]
