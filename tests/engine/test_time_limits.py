"""The time limit of a dossier: cases, additions, where counting starts, phases, the class at the finish."""

from typing import Any

import pytest

from app.definition.model.time import Pause
from app.engine.clock import ClockSettings
from tests.engine.office import (
    APPLICANT,
    FLAG,
    Play,
    accepted,
    at,
    changed,
    hand_back,
    intake,
    procedure,
    step,
    world,
)


def limit(default: str = "10 working days", **more: Any) -> dict[str, Any]:
    """A time limit in its long form."""
    return {"default": default, "cases": [], "add": [], "starts": "received", **more}


# ---- the limit


def test_the_limit_follows_the_case_and_every_true_addition() -> None:
    made = limit(
        cases=[{"when": "far", "is": "20 working days", "why": "Xa"}],
        add=[{"when": "far", "time": "5 working days", "why": "Vùng khó"}, {"when": "not far", "time": "3 days"}],
    )
    far, near, unknown = (accepted(step("work"), fill={"far": far}, time_limit=made) for far in (True, False, None))
    assert far.state.due == at("2025-04-07T17:00")
    assert far.state.limit["why"] == ["Xa", "Vùng khó"]
    assert near.state.due == at("2025-03-20T17:00")
    assert unknown.state.due == at("2025-03-17T17:00")


def test_the_legal_limit_is_kept_beside_the_promise() -> None:
    play = accepted(step("work"), time_limit=limit(legal={"default": "15 working days", "cases": []}))
    assert (play.state.due, play.state.legal_due) == (at("2025-03-17T17:00"), at("2025-03-24T17:00"))
    play.conduct("extend", "leader@council", to="2025-03-19", reason="x")
    assert play.state.legal_due == at("2025-03-24T17:00")


def test_the_cut_off_of_the_procedure_wins_over_that_of_the_office() -> None:
    late = at("2025-03-03T14:30")
    assert accepted(step("work"), now=late, time_limit=limit("same day", cutoff="14:00")).state.due == at(
        "2025-03-04T17:00"
    )
    assert accepted(step("work"), now=late, time_limit=limit("same day")).state.due == at("2025-03-03T17:00")
    evening = at("2025-03-03T16:30")
    assert accepted(step("work"), now=evening, time_limit=limit("same day", cutoff="none")).state.due == at(
        "2025-03-03T17:00"
    )


def test_counting_starts_when_the_agency_takes_the_dossier_over() -> None:
    play = accepted(step("work"), step("next"), time_limit=limit("same day", starts="arrived"))
    assert (play.state.clock_state, play.state.due) == ("not_started", None)
    play.now = at("2025-03-04T08:00")
    play.conduct("claim")
    assert (play.state.arrived_at, play.state.due) == (play.now, at("2025-03-04T17:00"))


def test_counting_starts_with_a_step_a_paper_or_a_date() -> None:
    by_step = accepted(step("work"), step("next"), time_limit=limit("2 working days", starts="step.next"))
    assert by_step.state.due is None
    by_step.later(days=1)
    by_step.do("work")
    assert by_step.state.due == at("2025-03-06T17:00")
    papers = [{"key": "request", "title": "Đơn"}]
    complete = Play(
        procedure(intake(), hand_back(), documents=papers, time_limit=limit("2 working days", starts="complete"))
    )
    complete.later(days=1)
    complete.receive(documents={"request": True})
    assert complete.state.due == at("2025-03-06T17:00")
    by_date = accepted(
        step("work", fills=["deadline"]), step("next"), time_limit=limit("2 working days", starts="field.deadline")
    )
    assert by_date.state.clock_state == "not_started"
    by_date.do("work", fill={"deadline": "2025-03-10"})
    assert by_date.state.due == at("2025-03-12T17:00")
    known = accepted(
        step("work"), fill={"deadline": "2025-03-05"}, time_limit=limit("2 working days", starts="field.deadline")
    )
    assert known.state.due == at("2025-03-07T17:00")


def test_counting_may_start_at_a_moment_of_the_dossier() -> None:
    made = procedure(
        intake(),
        hand_back(),
        form={"fields": {"exam": {"type": "datetime"}}},
        time_limit=limit("4 hours", starts="field.exam"),
    )
    play = Play(made)
    play.receive(fill={"exam": "2025-03-04T08:00"})
    assert play.state.due == at("2025-03-04T13:30")


def test_a_limit_until_a_day_waits_for_the_day_and_follows_it() -> None:
    play = Play(
        procedure(
            step("enter", fills=["deadline"]),
            step("work", fills=["deadline"]),
            kind="task",
            form=FLAG,
            time_limit=limit("until deadline"),
        )
    )
    assert (play.state.due, play.state.clock_state) == (None, "running")
    play.do("enter", fill={"deadline": "2025-03-20"})
    assert play.state.due == at("2025-03-20T17:00")
    play.do("work", fill={"deadline": "2025-03-21"})
    changes = [entry for entry in play.state.clock if entry["type"] == "limit"]
    assert [entry["reason"] for entry in changes] == [["deadline"], ["deadline"]]
    assert (play.state.due, play.state.result_class) == (at("2025-03-21T17:00"), "early")


def test_a_promise_never_moves_without_an_event_that_says_why() -> None:
    play = accepted(
        step("work", fills=["far"]), step("next"), time_limit=limit(cases=[{"when": "far", "is": "20 working days"}])
    )
    play.do("work", fill={"far": True})
    assert play.state.due == at("2025-03-31T17:00")
    assert play.state.clock[-1]["reason"] == ["far"]


@pytest.mark.parametrize(
    ("finish", "judged"),
    [("2025-03-14T09:00", "early"), ("2025-03-17T09:00", "on_time"), ("2025-03-18T09:00", "overdue")],
)
def test_the_class_is_fixed_at_the_finish(finish: str, judged: str) -> None:
    play = accepted(step("work"))
    play.now = at(finish)
    play.do("work")
    assert (play.state.result_class, play.state.finished_at) == (judged, play.now)


def test_lateness_is_judged_by_the_first_date_or_by_the_extended_one() -> None:
    for settings, judged in (
        (ClockSettings(step_days="days"), "overdue"),
        (ClockSettings(step_days="days", class_against="extended"), "early"),
    ):
        play = Play(procedure(intake(), step("work"), hand_back()), world(settings))
        play.receive()
        play.conduct("extend", "leader@council", to="2025-03-20", reason="x")
        play.now = at("2025-03-18T09:00")
        play.do("work")
        assert play.state.result_class == judged


# ---- phases

PHASES = [
    {"key": "check", "title": "Kiểm tra", "within": {"default": "2 working days", "cases": []}},
    {"key": "study", "title": "Thẩm định", "within": {"default": "20 days", "cases": []}},
    {"key": "extra", "title": "Thêm", "within": {"default": "5 working days", "cases": []}, "when": "far"},
    {"key": "decide", "title": "Quyết định", "within": {"default": "3 working days", "cases": []}},
]


def phased(**more: Any) -> Play:
    """A dossier whose limit is the chain of its phases."""
    made = procedure(
        intake(phase="check"),
        step("study", phase="study", allow={"supplement": {}}),
        step("more", phase="extra"),
        step("sign", phase="decide"),
        hand_back(),
        form=FLAG,
        phases=PHASES,
        time_limit=limit("phases"),
        **more,
    )
    return Play(made)


def test_phases_follow_one_another_and_a_late_start_counts_for_itself() -> None:
    play = phased()
    play.now = at("2025-03-06T09:00")
    play.receive(arguments={"received": "2025-03-03T09:00"})
    assert play.state.due == at("2025-03-28T17:00")
    assert play.state.phase_due == {
        "check": "2025-03-05T17:00:00",
        "study": "2025-03-26T17:00:00",
        "decide": "2025-03-28T17:00:00",
    }
    play.do("study")
    play.do("more")
    assert play.state.phase_due["decide"] == "2025-03-28T17:00:00"


def test_time_added_to_a_phase_moves_those_behind_it() -> None:
    rules = {"supplement": {"then": "resume", "add": "10 working days", "within": "none"}}
    play = phased(conduct=rules)
    play.receive()
    before = play.state.phase_due["decide"]
    play.later(days=2)
    play.conduct("supplement", reason="x")
    assert play.state.phase_due["study"] is None
    play.later(days=2)
    play.conduct("resubmit", APPLICANT)
    assert play.state.phase_due["study"] == "2025-04-10T17:00:00"
    assert play.state.due == at("2025-04-15T17:00")
    assert before == "2025-03-28T17:00:00"


def test_a_phase_that_turns_out_to_be_on_is_chained_in_with_the_reason() -> None:
    made = procedure(
        intake(phase="check"),
        step("study", phase="study", fills=["far"]),
        step("sign", phase="decide"),
        hand_back(),
        form=FLAG,
        phases=PHASES,
        time_limit=limit("phases"),
    )
    play = Play(made)
    play.receive()
    play.do("study", fill={"far": True})
    assert play.state.due == at("2025-04-04T17:00")
    assert play.state.clock[-2]["type"] == "limit"


def test_phases_without_limits_only_group_steps() -> None:
    play = accepted(step("work", phase="a"), phases=[{"key": "a", "title": "A"}])
    assert play.state.phase_due == {}
    assert all(entry["type"] != "phase" for entry in play.state.clock)


def test_a_pause_of_the_phase_stops_the_phase_alone() -> None:
    made = changed(phased().procedure, "study", pauses=Pause("chờ", only="phase"))
    play = Play(made)
    play.receive()
    assert (play.state.clock_state, play.state.phase_due["study"]) == ("running", None)
