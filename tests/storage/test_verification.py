"""Whoever changes a dossier behind the platform's back is found out, and the first event they touched is named."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.engine.moves import Action
from app.operations.rebuild_dossiers import rebuild_dossiers
from app.operations.take_action import take_action
from app.operations.verify_journals import verify_journals
from app.storage.database import writing
from app.storage.dossiers import load_dossier
from app.storage.journal import Link, link_hash, read_links
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Dossier, EventRow, FieldValue, SealedValue, VisitRow
from app.storage.verification import Fault
from tests.factories import MONDAY, permit

Office = dict[str, Person]


@pytest.fixture
def dossier(database: Flask, office: Office) -> Iterator[Done]:
    """A dossier that went some way; whatever a test does to it is undone by deleting it."""
    done = permit(office["lan"])
    action = Action("step", step="appraise", fill={"opinion": "Đủ điều kiện"})
    acted = take_action(done.dossier_id, None, action, office["minh"], MONDAY + timedelta(hours=2))
    assert isinstance(acted, Done)
    yield acted
    with writing() as session:
        for table in (EventRow, FieldValue, SealedValue):
            session.execute(delete(table).where(table.dossier_id == acted.dossier_id))
        session.execute(update(Dossier).where(Dossier.id == acted.dossier_id).values(row_version=0, code=None))


def fault_of(dossier: Done) -> Fault | None:
    """What verifying says of this dossier."""
    return next((fault for fault in verify_journals().faults if fault.dossier_id == dossier.dossier_id), None)


def links_of(dossier: Done) -> list[Link]:
    with writing() as session:
        return read_links(session, dossier.dossier_id)


def change_event(dossier: Done, sequence: int, **values: object) -> None:
    this = EventRow.dossier_id == dossier.dossier_id, EventRow.sequence == sequence
    with writing() as session:
        session.execute(update(EventRow).where(*this).values(**values))


def test_an_untouched_dossier_is_whole(dossier: Done) -> None:
    assert fault_of(dossier) is None


@pytest.mark.parametrize(
    "values", [{"actor": "minh2"}, {"data": "{}"}, {"at": MONDAY - timedelta(1)}, {"type": "comment_added"}]
)
def test_a_changed_event_is_named(dossier: Done, values: dict[str, object]) -> None:
    change_event(dossier, 5, **values)
    fault = fault_of(dossier)
    assert fault is not None
    assert (fault.kind, fault.sequence, fault.code) == ("changed", 5, dossier.code)


def test_spaces_in_the_text_of_an_event_are_a_change_too(dossier: Done) -> None:
    change_event(dossier, 3, data=links_of(dossier)[2].data.replace(":", ": ", 1))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "changed", 3)


def test_a_removed_event_is_named(dossier: Done) -> None:
    with writing() as session:
        session.execute(delete(EventRow).where(EventRow.dossier_id == dossier.dossier_id, EventRow.sequence == 4))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "removed", 4)


def test_a_cut_tail_is_named_even_when_the_row_was_adapted(dossier: Done) -> None:
    links = links_of(dossier)
    with writing() as session:
        session.execute(delete(EventRow).where(EventRow.dossier_id == dossier.dossier_id, EventRow.sequence > 6))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "cut", 7)
    with writing() as session:
        cut = update(Dossier).where(Dossier.id == dossier.dossier_id)
        session.execute(cut.values(row_version=6, head_hash=links[5].hash))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "head", 6)


def test_an_event_added_with_a_right_hash_is_foreign(dossier: Done) -> None:
    last = links_of(dossier)[-1]
    added = last._replace(sequence=last.sequence + 1, data="{}", type="comment_added", mac=last.mac)
    added = added._replace(hash=link_hash(dossier.dossier_id, last.hash, added))
    with writing() as session:
        session.execute(insert(EventRow).values(dossier_id=dossier.dossier_id, **added._asdict()))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "foreign", added.sequence)


def test_a_chain_computed_anew_without_the_key_is_foreign_from_where_it_was_changed(dossier: Done) -> None:
    links = links_of(dossier)
    previous = links[3].hash
    for link in links[4:]:
        forged = link._replace(actor="forger")
        previous = link_hash(dossier.dossier_id, previous, forged)
        change_event(dossier, link.sequence, actor="forger", hash=previous)
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "foreign", 5)


@pytest.mark.parametrize(
    ("column", "value"),
    [("due_at", MONDAY), ("status", "returned"), ("applicant_name", "Khác"), ("search", ""), ("updated_by", "x")],
)
def test_a_changed_column_is_named_and_rebuilt(dossier: Done, column: str, value: object) -> None:
    with writing() as session:
        session.execute(update(Dossier).where(Dossier.id == dossier.dossier_id).values({column: value}))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "column", place=column)
    if column != "updated_by":
        rebuild_dossiers()
        assert fault_of(dossier) is None


def test_a_changed_state_is_named(dossier: Done) -> None:
    with writing() as session:
        state = session.execute(select(Dossier.state).where(Dossier.id == dossier.dossier_id)).scalar_one()
        changed = state.replace('"counter"', '"post"', 1)
        session.execute(update(Dossier).where(Dossier.id == dossier.dossier_id).values(state=changed))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "state")


def test_changed_work_and_projected_answers_are_named(dossier: Done) -> None:
    with writing() as session:
        session.execute(update(VisitRow).where(VisitRow.dossier_id == dossier.dossier_id).values(holder="x"))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "visit")
    with writing() as session:
        session.execute(update(VisitRow).where(VisitRow.dossier_id == dossier.dossier_id).values(holder=""))
        session.execute(delete(FieldValue).where(FieldValue.dossier_id == dossier.dossier_id))
    assert fault_of(dossier) == Fault(dossier.dossier_id, dossier.code, "field_value")


def test_destroying_sensitive_values_keeps_the_chain_whole(dossier: Done, office: Office) -> None:
    with writing() as session:
        session.execute(delete(SealedValue).where(SealedValue.dossier_id == dossier.dossier_id))
    assert fault_of(dossier) is None
    stored = load_dossier(dossier.dossier_id, "land/permit", office["lan"].badges)
    assert stored is not None
    assert stored.state.applicant["identity"] == ""
    assert stored.state.answers["owner_id"] == ""
    acted = take_action(
        dossier.dossier_id, None, Action("step", step="sign"), office["leader"], MONDAY + timedelta(days=1)
    )
    assert isinstance(acted, Done)
    assert fault_of(dossier) is None
