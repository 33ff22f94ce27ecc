"""List pages: filters, orders that lose nobody, pages forth and back, and what they cost."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.definition.model.procedure import Procedure
from app.storage.catalogue_store import holder
from app.storage.database import db
from app.storage.keyset import LARGEST, read_cursor, write_cursor
from app.storage.list_columns import sortable
from app.storage.list_filters import Wanted, filterable
from app.storage.lists import CAP, ListPage, ListQuery, capped, list_dossiers
from app.storage.people import Person
from app.storage.tables import Dossier
from tests.factories import MONDAY, permit

Office = dict[str, Person]

NAMES = ("Đỗ Văn An", "Bà Thị Ba", "Ba Văn Bé", "Ăng Thị Cúc", "An Văn Dần", "Đào Thị Ê", "Ân Văn Giang")


@pytest.fixture(scope="module")
def listed(database_app: Flask, office: Office) -> Office:
    """Twelve dossiers, some without a starting day, received on following days."""
    with database_app.app_context():
        for number in range(12):
            answers = {"parcel_count": str(number % 5), "purpose": "homes" if number % 3 else "works"}
            answers |= {"place": f"Phường Số {number}", "owner_id": "031099000456"}
            if number % 2:
                answers["starts_on"] = f"2026-04-{number + 1:02}"
            applicant = {"kind": "citizen", "name": NAMES[number % len(NAMES)], "identity": "031188000123"}
            permit(office["lan"], MONDAY + timedelta(days=number), answers=answers, applicant=applicant)
    return office


@pytest.fixture
def procedure(database: Flask, listed: Office) -> Procedure:
    return holder.current().procedure("land/permit")


def page(procedure: Procedure, person: Person, **how: object) -> ListPage:
    return list_dossiers(procedure, person.badges, ListQuery(**how))  # type: ignore[arg-type]


def walk(procedure: Procedure, person: Person, sort: str, size: int) -> Iterator[ListPage]:
    found = page(procedure, person, sort=sort, size=size)
    yield found
    while found.next:
        found = page(procedure, person, sort=sort, size=size, after=found.next)
        yield found


def test_what_may_be_sorted_and_filtered_is_what_the_definition_shows(procedure: Procedure) -> None:
    assert {"code", "due", "parcel_count", "purpose", "starts_on", "place"} <= set(sortable(procedure))
    assert {"status", "due", "parcel_count", "place"} <= set(filterable(procedure))
    assert "owner_id" not in sortable(procedure) + filterable(procedure)
    assert "state" not in sortable(procedure)


@pytest.mark.parametrize("direction", ["", "-"])
@pytest.mark.parametrize("size", [1, 4, 5, 12])
@pytest.mark.parametrize(
    "name", ["code", "applicant", "received", "due", "finished", "status", "starts_on", "place", "purpose"]
)
def test_every_order_shows_every_dossier_once(
    procedure: Procedure, listed: Office, name: str, size: int, direction: str
) -> None:
    ids = [row.id for found in walk(procedure, listed["lan"], direction + name, size) for row in found.rows]
    assert len(ids) == len(set(ids)) == 12


@pytest.mark.parametrize("sort", ["due", "-received", "starts_on", "-starts_on", "applicant", "finished"])
def test_the_way_back_shows_the_same_pages(procedure: Procedure, listed: Office, sort: str) -> None:
    forth = list(walk(procedure, listed["lan"], sort, 5))
    back = page(procedure, listed["lan"], sort=sort, size=5, before=forth[2].previous)
    assert back.rows == forth[1].rows
    first = page(procedure, listed["lan"], sort=sort, size=5, before=back.previous)
    assert first.rows == forth[0].rows
    assert (first.previous, forth[-1].next) == ("", "")


def test_days_sort_with_missing_ones_last_in_both_directions(procedure: Procedure, listed: Office) -> None:
    def days(sort: str) -> list[object]:
        return [row.answers.get("starts_on") for row in page(procedure, listed["lan"], sort=sort).rows]

    known = [f"2026-04-{number + 1:02}" for number in range(1, 12, 2)]
    assert days("starts_on") == [*known, *[None] * 6]
    assert days("-starts_on") == [*reversed(known), *[None] * 6]


def test_names_stand_in_vietnamese_order(procedure: Procedure, listed: Office) -> None:
    names = list(dict.fromkeys(row.applicant_name for row in page(procedure, listed["lan"], sort="applicant").rows))
    assert names == ["An Văn Dần", "Ăng Thị Cúc", "Ân Văn Giang", "Ba Văn Bé", "Bà Thị Ba", "Đào Thị Ê", "Đỗ Văn An"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"purpose": Wanted(("works",))}, 4),
        ({"purpose": Wanted(("works", "homes"))}, 12),
        ({"purpose": Wanted(("none",))}, 0),
        ({"parcel_count": Wanted(low="3")}, 4),
        ({"parcel_count": Wanted(low="1", high="2")}, 5),
        ({"parcel_count": Wanted(("4",))}, 2),
        ({"starts_on": Wanted(low="2026-04-05", high="2026-04-08")}, 2),
        ({"starts_on": Wanted(("2026-04-06",))}, 1),
        ({"place": Wanted(("phuong so 1",))}, 3),
        ({"status": Wanted(("processing",))}, 12),
        ({"status": Wanted(("returned",))}, 0),
        ({"step": Wanted(("appraise",))}, 12),
        ({"unit": Wanted(("other-stop",))}, 0),
        ({"due": Wanted(high="2026-03-09")}, 1),
        ({"due": Wanted(low="2026-03-10", high="2026-03-11")}, 2),
        ({"owner_id": Wanted(("031099000456",))}, 12),
        ({"state": Wanted(("x",))}, 12),
        ({"place": Wanted(("%",))}, 0),
        ({"parcel_count": Wanted(("x",))}, 12),
        ({"due": Wanted(low="not a day")}, 12),
    ],
)
def test_filters_keep_what_they_say(
    procedure: Procedure, listed: Office, filters: dict[str, Wanted], count: int
) -> None:
    found = page(procedure, listed["lan"], filters=filters, size=100)
    assert (len(found.rows), found.count) == (count, count)


@pytest.mark.parametrize(
    "how",
    [
        {"sort": "state"},
        {"sort": "-owner_id"},
        {"sort": "'; drop table dossier"},
        {"after": "nonsense"},
        {"after": write_cursor(None, 2**40)},
        {"before": "%00"},
        {"size": -5},
    ],
)
def test_what_makes_no_sense_gives_the_usual_page(procedure: Procedure, listed: Office, how: dict[str, object]) -> None:
    found = page(procedure, listed["lan"], **how)
    assert found.rows[0] == page(procedure, listed["lan"]).rows[0]


def test_no_page_is_larger_than_allowed(procedure: Procedure, listed: Office, statements: list[str]) -> None:
    page(procedure, listed["lan"], size=10**9)
    assert LARGEST == 100
    assert len(statements) <= 4


def test_a_list_page_costs_four_statements_at_most(procedure: Procedure, listed: Office, statements: list[str]) -> None:
    for sort in ("due", "-starts_on", "applicant"):
        statements.clear()
        page(procedure, listed["lan"], sort=sort, filters={"purpose": Wanted(("works",))})
        assert len(statements) <= 4


def test_a_row_tells_no_sensitive_value(procedure: Procedure, listed: Office) -> None:
    rows = page(procedure, listed["lan"]).rows
    assert all("$sealed" in row.answers["owner_id"] for row in rows)
    assert "031099000456" not in repr(rows)


def test_counting_stops_at_the_cap(database: Flask, listed: Office) -> None:
    assert db.session.execute(capped(Dossier.id.is_not(None))).scalar() == 12
    assert CAP == 1_000
    db.session.rollback()


@pytest.mark.parametrize("value", [None, "đất", 3.5, datetime(2026, 3, 2, 9)])
def test_a_cursor_comes_back_as_it_was(value: object) -> None:
    kind = {str: "text", float: "number", datetime: "date"}.get(type(value), "text")
    assert read_cursor(write_cursor(value, 7), kind) == (value, 7)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"code": Wanted(("T01.1-260305",))}, 1),
        ({"code": Wanted(("%",))}, 0),
        ({"applicant": Wanted(("thi",))}, 5),
        ({"applicant": Wanted(("van do",))}, 2),
        ({"applicant": Wanted(("  ",))}, 0),
        ({"holder": Wanted(("",))}, 12),
    ],
)
def test_a_procedure_may_filter_on_the_shared_columns_too(
    procedure: Procedure, listed: Office, filters: dict[str, Wanted], count: int
) -> None:
    shared = replace(procedure, screens=replace(procedure.screens, filters=("code", "applicant", "holder")))
    assert page(shared, listed["lan"], filters=filters).count == count
