"""Rows that give somebody sight or work that does not follow from the journal are found, and mended by rebuilding."""

import shutil
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.operations.publish import Published, publish_config
from app.operations.rebuild_dossiers import follow_organisation, rebuild_dossiers
from app.operations.verify_journals import verify_journals
from app.storage.database import db, writing
from app.storage.dossiers import load_dossier
from app.storage.people import Person, system_person
from app.storage.tables import CatalogueEpoch, Dossier, Reader, ReaderPerson, VisitPosition, VisitRow
from tests.factories import MONDAY, OFFICE, permit

Office = dict[str, Person]


def kinds_of(dossier_id: int) -> list[tuple[str, str]]:
    return [(fault.kind, fault.place) for fault in verify_journals().faults if fault.dossier_id == dossier_id]


def test_somebody_let_in_behind_our_back_is_named(database: Flask, office: Office) -> None:
    dossier_id = permit(office["lan"]).dossier_id
    assert kinds_of(dossier_id) == []
    with writing() as session:
        session.execute(insert(ReaderPerson).values(username="stranger", dossier_id=dossier_id))
    assert kinds_of(dossier_id) == [("reader", "stranger")]
    rebuild_dossiers()
    assert kinds_of(dossier_id) == []


def test_a_position_added_to_a_set_of_readers_is_named(database: Flask, office: Office) -> None:
    dossier_id = permit(office["lan"]).dossier_id
    with writing() as session:
        set_id = session.execute(select(Dossier.reader_set_id).where(Dossier.id == dossier_id)).scalar_one()
        session.execute(insert(Reader).values(position="officer@water", reader_set_id=set_id))
    assert kinds_of(dossier_id) == [("reader", "officer@water")]
    with writing() as session:
        added = Reader.position == "officer@water", Reader.reader_set_id == set_id
        session.execute(delete(Reader).where(*added))
    assert kinds_of(dossier_id) == []


def test_work_given_to_a_stranger_is_named(database: Flask, office: Office) -> None:
    dossier_id = permit(office["lan"]).dossier_id
    with writing() as session:
        visit = session.execute(
            select(VisitRow.id).where(VisitRow.dossier_id == dossier_id, VisitRow.left_at.is_(None))
        ).scalar_one()
        this = VisitPosition.visit_id == visit
        session.execute(update(VisitPosition).where(this).values(position="officer@water"))
    assert {kind for kind, _ in kinds_of(dossier_id)} == {"position"}


def test_who_may_see_follows_another_organisation(database: Flask, office: Office, tmp_path: Path) -> None:
    """A unit above the division gets a head: he sees its dossiers as soon as the job has looked."""
    dossier_ids = [permit(office["lan"]).dossier_id for _ in range(3)]
    boss = frozenset(("head@dept",))
    folder = Path(shutil.copytree(OFFICE, tmp_path / "office"))
    file = folder / "organisation.yaml"
    file.write_text(file.read_text().replace("roles: [leader, clerk]", "roles: [leader, clerk, head]"))
    assert isinstance(publish_config(folder, (), system_person(), MONDAY), Published)
    assert load_dossier(dossier_ids[0], "land/permit", boss) is None
    assert follow_organisation(MONDAY + timedelta(seconds=1), 2) == 0, "a process may still serve the old snapshot"
    later = MONDAY + timedelta(minutes=1)
    assert follow_organisation(later, 2) == 2
    db.session.commit()
    assert db.session.execute(select(CatalogueEpoch.followed_to)).scalar_one() is not None
    while follow_organisation(later, 2):
        pass
    assert all(load_dossier(one, "land/permit", boss) is not None for one in dossier_ids)
    assert not [fault for fault in verify_journals().faults if fault.kind == "reader"]
    assert follow_organisation(later, 2) == 0
