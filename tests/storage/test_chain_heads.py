"""A dossier that vanished as a whole leaves no broken chain; an export of the ends of all journals misses it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.operations.export_chain_heads import export_chain_heads
from app.operations.verify_journals import verify_journals
from app.storage.chain_heads import HeadsFault, read_heads
from app.storage.database import writing
from app.storage.keys import keys
from app.storage.people import Person
from app.storage.tables import Dossier, EventRow, VisitPosition, VisitRow
from app.storage.verification import Fault
from tests.factories import permit

Office = dict[str, Person]
DAY = date(2026, 3, 2)


def forget(dossier_id: int) -> None:
    """Delete a dossier with everything that belongs to it, as somebody with the database in hand could."""
    with writing() as session:
        visits = select(VisitRow.id).where(VisitRow.dossier_id == dossier_id)
        session.execute(delete(VisitPosition).where(VisitPosition.visit_id.in_(visits)))
        for table in reversed(Dossier.metadata.sorted_tables):
            if "dossier_id" in table.c:
                session.execute(delete(table).where(table.c.dossier_id == dossier_id))
        session.execute(delete(Dossier).where(Dossier.id == dossier_id))


def test_a_vanished_dossier_is_missed(database: Flask, office: Office) -> None:
    kept, gone = permit(office["lan"]), permit(office["lan"])
    export_chain_heads(DAY)
    assert verify_journals().faults == ()
    forget(gone.dossier_id)
    found = verify_journals()
    assert found.faults == (Fault(gone.dossier_id, gone.code, "missing", gone.row_version),)
    assert kept.dossier_id not in {fault.dossier_id for fault in found.faults}


def test_a_dossier_that_went_on_is_not_missed(database: Flask, office: Office) -> None:
    done = permit(office["lan"])
    path = export_chain_heads(date(2026, 3, 3))
    head = next(one for one in read_heads(path, keys()) if one.dossier_id == done.dossier_id)
    assert (head.code, head.sequence) == (done.code, done.row_version)
    with writing() as session:
        assert session.get(EventRow, (done.dossier_id, head.sequence)) is not None
    assert not [fault for fault in verify_journals(path).faults if fault.dossier_id == done.dossier_id]


def without_a_line(lines: list[str]) -> list[str]:
    return lines[1:]


def with_another_end(lines: list[str]) -> list[str]:
    first = json.loads(lines[0])
    return [json.dumps([first[0], first[1], 1, "0" * 64]), *lines[1:]]


def without_the_mark(lines: list[str]) -> list[str]:
    return lines[:-1]


def emptied(_lines: list[str]) -> list[str]:
    return []


@pytest.mark.parametrize("change", [without_a_line, with_another_end, without_the_mark, emptied])
def test_a_changed_export_is_refused(database: Flask, office: Office, change: Callable[[list[str]], list[str]]) -> None:
    permit(office["lan"])
    path = export_chain_heads(date(2026, 3, 4))
    path.write_text("\n".join(change(path.read_text().splitlines())))
    with pytest.raises(HeadsFault):
        verify_journals(path)


def test_an_export_of_another_day_is_refused(database: Flask, office: Office, tmp_path: Path) -> None:
    path = export_chain_heads(date(2026, 3, 5))
    with pytest.raises(HeadsFault):
        read_heads(path.rename(tmp_path / "2026-03-06.jsonl"), keys())
