"""The inbox: whose work, in which state, in how many statements."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.engine.moves import Action
from app.operations.claim_visit import claim_visit
from app.operations.take_action import take_action
from app.storage.inbox import WorkFilter, open_work_by_field, work_choices, work_counts, work_page
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit

Office = dict[str, Person]
NOW = datetime(2026, 3, 12, 10, 0)
SOON = datetime(2026, 3, 14)


@pytest.fixture(scope="module")
def work(database_app: Flask, office: Office) -> dict[str, Done]:
    """One dossier late, one due soon, one later, one paused, one held by Minh."""
    with database_app.app_context():
        lan, minh = office["lan"], office["minh"]
        made = {
            "late": permit(lan, MONDAY),
            "soon": permit(lan, MONDAY + timedelta(days=4)),
            "ok": permit(lan, MONDAY + timedelta(days=9)),
            "paused": permit(lan, MONDAY + timedelta(days=8)),
            "mine": permit(lan, MONDAY + timedelta(days=9)),
        }
        asked = Action("supplement", step="appraise", arguments={"reason": "Thiếu", "documents": ["plan"]})
        paused = take_action(made["paused"].dossier_id, None, asked, minh, MONDAY + timedelta(days=8, hours=1))
        assert isinstance(paused, Done)
        assert claim_visit(made["mine"].dossier_id, 2, minh, NOW) is None
    return made


def ids(person: Person, **chosen: str) -> list[int]:
    return [row.dossier_id for row in work_page(person, WorkFilter(**chosen), NOW, SOON).rows]


def test_the_most_urgent_work_comes_first(database: Flask, office: Office, work: dict[str, Done]) -> None:
    assert ids(office["minh"]) == [work[name].dossier_id for name in ("late", "soon", "ok", "mine")]


def test_counts_say_what_the_pages_show(database: Flask, office: Office, work: dict[str, Done]) -> None:
    minh = office["minh"]
    counts = work_counts(minh, WorkFilter(), NOW, SOON)
    assert counts.scopes == {"all": 4, "mine": 1, "unit": 3, "consulted": 0}
    assert counts.queues == {"late": 1, "soon": 1, "ok": 2, "pause": 0, "new": 3, "all": 4}
    for queue, count in counts.queues.items():
        assert len(ids(minh, queue="" if queue == "all" else queue)) == count
    for scope, count in counts.scopes.items():
        assert len(ids(minh, scope=scope)) == count


def test_counts_of_a_scope_are_counts_within_it(database: Flask, office: Office, work: dict[str, Done]) -> None:
    counts = work_counts(office["minh"], WorkFilter(scope="mine"), NOW, SOON)
    assert counts.queues["all"] == 1
    assert counts.scopes["all"] == 4


def test_work_that_waits_for_the_applicant_is_paused_at_the_counter(
    database: Flask, office: Office, work: dict[str, Done]
) -> None:
    assert work["paused"].dossier_id not in ids(office["minh"])
    rows = work_page(office["lan"], WorkFilter(), NOW, SOON).rows
    assert {row.kind for row in rows} <= {"step", "supplement"}


def test_filters_narrow_the_work(database: Flask, office: Office, work: dict[str, Done]) -> None:
    minh = office["minh"]
    assert len(ids(minh, words="nguyen dao")) == 4
    assert ids(minh, words="khong co ai") == []
    assert ids(minh, words="T01.1-260302") == [work["late"].dossier_id]
    assert len(ids(minh, procedure="land/permit", step="appraise")) == 4
    assert ids(minh, procedure="water/notice") == []


def test_who_holds_the_work_is_named(database: Flask, office: Office, work: dict[str, Done]) -> None:
    row = next(row for row in work_page(office["minh"], WorkFilter("mine"), NOW, SOON).rows)
    assert (row.holder, row.holder_name, row.code) == ("minh", "Lê Văn Minh", work["mine"].code)


def test_pages_follow_each_other(database: Flask, office: Office, work: dict[str, Done]) -> None:
    first = work_page(office["minh"], WorkFilter(), NOW, SOON, size=3)
    second = work_page(office["minh"], WorkFilter(), NOW, SOON, after=first.next, size=3)
    assert [len(first.rows), len(second.rows)] == [3, 1]
    assert work_page(office["minh"], WorkFilter(), NOW, SOON, before=second.previous, size=3).rows == first.rows


def test_unknown_scopes_and_queues_mean_all(database: Flask, office: Office, work: dict[str, Done]) -> None:
    assert len(ids(office["minh"], scope="x", queue="y")) == 4


def test_choices_and_fields_come_from_open_work(database: Flask, office: Office, work: dict[str, Done]) -> None:
    assert work_choices(office["minh"], "all") == (("land/permit",), (("appraise", "Thẩm định"),))
    assert open_work_by_field(office["minh"]) == {"land": 4}
    assert open_work_by_field(office["stranger"]) == {}


def test_the_inbox_costs_four_statements_at_most(
    database: Flask, office: Office, work: dict[str, Done], statements: list[str]
) -> None:
    minh = office["minh"]
    work_counts(minh, WorkFilter(), NOW, SOON)
    work_page(minh, WorkFilter(), NOW, SOON)
    open_work_by_field(minh)
    assert len(statements) <= 4
