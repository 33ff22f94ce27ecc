"""The catalogue of a process: cheap to open, never older than a second, never worse than the one before."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.definition.catalogue import UnknownProcedure
from app.operations.publish import publish_config
from app.storage import catalogue_store
from app.storage.catalogue_store import holder
from app.storage.database import db, writing
from app.storage.people import Person, system_person
from app.storage.tables import CatalogueEpoch, ProcedureVersion
from tests.conftest import bare_application
from tests.factories import MONDAY, OFFICE

Office = dict[str, Person]


def raise_epoch() -> None:
    with writing() as session:
        session.execute(update(CatalogueEpoch).values(epoch=CatalogueEpoch.epoch + 1))


@pytest.fixture
def another_process(database_url: str, data_folder: object) -> Iterator[Flask]:
    """An application of its own on the same database, as another web process has."""
    app = bare_application(database_url, data_folder)  # type: ignore[arg-type]
    with app.app_context():
        yield app
        db.engine.dispose()


def test_before_the_first_publishing_there_is_an_empty_catalogue(database: Flask) -> None:
    catalogue = holder.refresh()
    assert (catalogue.epoch, catalogue.organisation, dict(catalogue.entries)) == (0, None, {})
    with pytest.raises(UnknownProcedure):
        catalogue.procedure("land/permit")


def test_the_epoch_is_asked_once_a_second(
    database: Flask, office: Office, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    holder.refresh()
    statements.clear()
    for _ in range(50):
        holder.current()
    assert statements == []
    later = time.monotonic() + 1.1
    monkeypatch.setattr(catalogue_store.time, "monotonic", lambda: later)
    holder.current()
    holder.current()
    assert len(statements) == 1


def test_another_process_sees_what_was_published(database: Flask, office: Office, another_process: Flask) -> None:
    with another_process.app_context():
        before = holder.current()
        assert set(before.entries) == {"land/permit", "water/notice"}
    raise_epoch()
    with another_process.app_context():
        assert holder.refresh().epoch == before.epoch + 1
        assert before.procedure("land/permit").title == "Cấp giấy phép thử nghiệm"  # a running request keeps its own


def test_a_version_that_cannot_be_read_leaves_the_old_snapshot(database: Flask, office: Office) -> None:
    before = holder.refresh()
    with writing() as session:
        one = session.execute(select(ProcedureVersion.__table__).where(ProcedureVersion.key == "land/permit")).first()
        assert one is not None
        broken = {**one._mapping, "key": "land/broken", "expanded": "{", "id": 4_711}
        session.execute(insert(ProcedureVersion).values(**broken))
    raise_epoch()
    assert holder.refresh() is before
    assert "epoch" in holder.fault
    with writing() as session:
        session.execute(delete(ProcedureVersion).where(ProcedureVersion.id == 4_711))
    assert holder.refresh().epoch == before.epoch + 1
    assert holder.fault == ""


def test_two_thousand_procedures_are_opened_without_decoding_one(
    database: Flask, office: Office, another_process: Flask, statements: list[str]
) -> None:
    with writing() as session:
        one = session.execute(select(ProcedureVersion.__table__).where(ProcedureVersion.key == "water/notice")).first()
        assert one is not None
        row = {**one._mapping, "expanded": "not even JSON"}
        del row["id"]
        copies = [{**row, "key": f"water/copy{n}"} for n in range(2_000)]
        session.execute(insert(ProcedureVersion), copies)
    raise_epoch()
    with another_process.app_context():
        catalogue = holder.current()
        assert len(catalogue.entries) == 2_002
        assert catalogue.entries["water/copy7"].short_title
        assert catalogue.procedure("land/permit").key == "land/permit"
    with writing() as session:
        session.execute(delete(ProcedureVersion).where(ProcedureVersion.key.startswith("water/copy")))
    raise_epoch()


def test_a_compiled_procedure_is_kept_from_one_snapshot_to_the_next(database: Flask, office: Office) -> None:
    first = holder.refresh().procedure("land/permit")
    raise_epoch()
    assert holder.refresh().procedure("land/permit") is first


def test_an_older_version_can_still_be_had_and_an_unknown_one_is_named(database: Flask, office: Office) -> None:
    catalogue = holder.refresh()
    assert catalogue.procedure("land/permit", 1).number == 1
    with pytest.raises(UnknownProcedure, match="99"):
        catalogue.procedure("land/permit", 99)


def test_a_number_cannot_be_taken_outside_a_transaction(database: Flask, office: Office) -> None:
    world = holder.world(holder.refresh())
    with pytest.raises(RuntimeError, match="dossier-code"):
        world.numbers.take("dossier-code", unit="one-stop", at=MONDAY)


def test_publishing_is_seen_at_once_by_whoever_published(database: Flask, office: Office) -> None:
    epoch = holder.refresh().epoch
    raise_epoch()
    publish_config(OFFICE, (), system_person(), MONDAY)
    assert holder.current().epoch == epoch + 1
