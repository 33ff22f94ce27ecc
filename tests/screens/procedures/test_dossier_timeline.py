"""The journal in sentences: one entry for a move, the newest first, whatever happened."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.engine.events import Event
from app.engine.fold import TYPES
from app.engine.state import State, Visit
from app.screens.names import Names
from app.screens.procedures.dossier_timeline import TELLERS, timeline
from app.storage.catalogue_store import holder

AT = datetime(2026, 3, 2, 9, 0)
# Consequences that say nothing to people beyond what stands beside them.
UNTOLD = frozenset(("agency_fixed", "join_reached", "join_passed", "status_changed", "ended"))


@pytest.fixture
def names(app: Flask) -> Iterator[Names]:
    """The words of land/permit, inside a request."""
    with app.test_request_context():
        catalogue = holder.refresh()
        yield Names(catalogue.procedure("land/permit"), catalogue.organisation, {"minh": "Lê Văn Minh", "lan": "Lan"})


def event(kind: str, actor: str = "minh", minutes: int = 0, **data: object) -> Event:
    return Event(kind, AT + timedelta(minutes=minutes), actor, data)


def test_every_kind_of_event_is_told_or_left_out_on_purpose() -> None:
    assert set(TELLERS) | UNTOLD == TYPES
    assert not set(TELLERS) & UNTOLD


def test_events_of_one_moment_are_one_entry(names: Names) -> None:
    visits = (Visit(2, "sign", title="Ký giấy phép", positions=("leader@dept",)),)
    state = State(visits=visits, past=(Visit(1, "appraise", title="Thẩm định"),))
    moved = [
        event("step_left", visit=1, comment="Đủ điều kiện"),
        event("step_entered", "system", visit=2, step="sign", positions=["leader@dept"]),
    ]
    (entry,) = timeline(moved, state, names)
    assert "Thẩm định" in entry.title
    assert entry.who == "Lê Văn Minh"
    assert entry.note == "Đủ điều kiện"
    assert "Lãnh đạo Sở" in entry.lines[0]


def test_two_people_in_one_moment_are_two_entries(names: Names) -> None:
    remarks = [event("comment_added", "minh", comment="a"), event("comment_added", "lan", comment="b")]
    assert [entry.note for entry in timeline(remarks, State(), names)] == ["b", "a"]


def test_the_newest_is_marked_while_work_goes_on(names: Names) -> None:
    remarks = [event("comment_added", comment="a"), event("comment_added", minutes=5, comment="b")]
    assert [entry.is_now for entry in timeline(remarks, State(), names)] == [True, False]
    assert not any(entry.is_now for entry in timeline(remarks, State(ended_at=AT), names))


def test_each_payment_tells_its_own_amount(names: Names) -> None:
    paid = [
        event("fee_paid", minutes=minutes, fee="appraisal", paid=total, receipt="0012")
        for minutes, total in ((0, 100_000), (1, 150_000))
    ]
    titles = [entry.title for entry in timeline(paid, State(), names)]
    assert "50.000 đ" in titles[0]
    assert "100.000 đ" in titles[1]
    assert "0012" in titles[0]


def test_a_dossier_without_events_has_no_entries(names: Names) -> None:
    assert timeline([], State(), names) == ()
