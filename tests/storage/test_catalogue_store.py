"""The catalogue of a process: cheap to open, never older than a second, never worse than the one before."""

import time
from collections.abc import Iterator
from datetime import date

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


def add_version(like: str, **changes: object) -> None:
    """One more version, copied from the current one of a key."""
    with writing() as session:
        table = ProcedureVersion.__table__
        one = session.execute(select(table).where(table.c.key == like, table.c.current)).first()
        assert one is not None
        session.execute(insert(ProcedureVersion).values(**{**one._mapping, **changes}))


def supersede(key: str) -> None:
    """What was current is so no longer."""
    with writing() as session:
        session.execute(update(ProcedureVersion).where(ProcedureVersion.key == key).values(current=False))


@pytest.mark.parametrize("most_named", [0, 1, 200])
def test_a_snapshot_made_from_the_last_one_is_what_a_new_process_would_read(
    database: Flask, office: Office, monkeypatch: pytest.MonkeyPatch, most_named: int
) -> None:
    monkeypatch.setattr(catalogue_store, "MOST_NAMED", most_named)
    coming = date(2031, 1, 1)
    raise_epoch()

    def changes() -> Iterator[set[tuple[str, int]]]:
        first = {(one.key, one.number) for found in holder.refresh().versions.values() for one in found}
        yield first
        add_version("land/permit", id=901, key="land/another", number=1)
        add_version("land/permit", id=902, key="land/one-more", number=1)
        yield first | {("land/another", 1), ("land/one-more", 1)}
        add_version("land/another", id=903, number=2, since=coming)
        yield first | {("land/another", 1), ("land/another", 2), ("land/one-more", 1)}
        add_version("land/one-more", id=904, number=2, current=False)
        supersede("land/one-more")
        yield first | {("land/another", 1), ("land/another", 2)}
        supersede("land/another")
        add_version("land/permit", id=905, key="land/another", number=3, title="Mới")
        yield first | {("land/another", 3)}

    for expected in changes():
        raise_epoch()
        kept, fresh = holder.refresh().versions, catalogue_store.read_versions(db.session, {})
        assert {(one.key, one.number) for found in kept.values() for one in found} == expected
        assert kept == fresh
        assert list(kept) == list(fresh)
    with writing() as session:
        session.execute(delete(ProcedureVersion).where(ProcedureVersion.id.between(901, 905)))
    raise_epoch()


def test_what_is_known_is_not_read_again(database: Flask, office: Office, statements: list[str]) -> None:
    known = holder.refresh().versions
    statements.clear()
    assert catalogue_store.read_versions(db.session, known) == known
    assert not [statement for statement in statements if "short_title" in statement]
