"""Time passing: what a late step does, what the sweep sees to, what it leaves alone."""

from typing import Any

import pytest

from app.engine.clock import ClockSettings
from app.engine.moves import next_sweep
from app.engine.state import State
from app.engine.timing import duration_of, reading
from app.engine.world import Refusal
from tests.engine.office import (
    PAUSE,
    Play,
    accepted,
    at,
    hand_back,
    intake,
    procedure,
    step,
    world,
)

# ---- lateness


@pytest.mark.parametrize(
    ("on_late", "expected"),
    [("overdue", ["work"]), ("remind", ["work"]), ("next", ["after"]), ({"to": "other"}, ["other"])],
)
def test_a_late_step_does_what_it_says(on_late: Any, expected: list[str]) -> None:
    play = accepted(step("work", within="1 working day", on_late=on_late), step("after"), step("other"))
    assert next_sweep(play.state) == at("2025-03-04T17:01")
    assert play.wait(until=at("2025-03-04T17:01"))
    assert play.open == expected
    assert not play.wait(until=at("2025-03-04T17:02")) or play.open == expected


@pytest.mark.parametrize(("on_late", "kind"), [("stop", "stopped"), ("refuse", "refused")])
def test_a_late_step_may_end_the_dossier(on_late: str, kind: str) -> None:
    play = accepted(step("work", within="1 working day", on_late=on_late, pauses=PAUSE), step("after"))
    assert play.wait(until=at("2025-03-05T09:00"))
    assert (play.state.status, play.state.refusal["kind"]) == ("stopped", kind)
    assert not play.wait(until=at("2025-03-06T09:00"))
    assert next_sweep(play.state) is None


def test_where_time_cannot_decide_the_way_a_person_is_told() -> None:
    lines = [{"when": "far", "to": ["after"], "comment": "optional"}]
    play = accepted(step("work", within="1 working day", on_late="next", next=lines), step("after"))
    assert play.wait(until=at("2025-03-05T09:00"))
    assert (play.open, play.state.visits[0].note) == (["work"], "late")
    assert play.journal[-1].data["because"] == "no_way"


def test_a_late_approval_is_told_of() -> None:
    play = accepted(step("work", allow={"refuse": {"approve": "leader@authority"}}))
    play.conduct("refuse", reason="x")
    assert not play.wait(until=at("2025-06-05T09:00"))


def test_a_state_without_work_is_never_swept() -> None:
    assert next_sweep(State()) is None


def test_the_clock_is_read_for_any_moment() -> None:
    play = accepted(step("work"))
    said = reading(play.state, at("2025-03-12T09:00"), play.world)
    assert (said.due, said.state, said.clock.remaining_text) == (
        at("2025-03-17T17:00"),
        "running",
        "còn 3 ngày 6 giờ",
    )
    assert said.clock.explain()[0].reason == "start"


def test_an_answer_may_be_asked_for_beyond_the_known_calendar() -> None:
    play = accepted(step("work", allow={"supplement": {"answer_within": "24 months + 2 days", "within": "none"}}))
    play.conduct("supplement", reason="x")
    assert play.state.visits[0].due == at("2027-03-05T23:59")
    weekend = accepted(step("work", allow={"supplement": {"answer_within": "24 months + 3 days", "within": "none"}}))
    weekend.conduct("supplement", reason="x")
    assert weekend.state.visits[0].due == at("2027-03-08T23:59")
    counted = accepted(step("work", allow={"supplement": {"answer_within": "900 working days", "within": "none"}}))
    assert counted.conduct("supplement", reason="x") == Refusal("calendar_unknown", {"year": 2027})


def test_the_citizens_day_may_end_with_the_office() -> None:
    play = Play(
        procedure(intake(), step("confirm", "applicant", within="10 days"), hand_back()),
        world(ClockSettings(citizen_end="office")),
    )
    play.receive()
    assert play.state.visits[0].due == at("2025-03-13T17:00")


def test_a_journal_holds_only_durations() -> None:
    with pytest.raises(ValueError, match="no duration"):
        duration_of("lâu lắm")
