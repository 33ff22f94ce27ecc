"""A supplement: how often, until when, what becomes of clock and step, and what silence means."""

import pytest

from app.engine.world import Refusal
from tests.engine.office import (
    APPLICANT,
    PAPERS,
    Play,
    at,
    code,
    hand_back,
    intake,
    procedure,
    service,
    step,
)

# ---- supplement


def test_a_supplement_stops_the_clock_and_starts_it_anew() -> None:
    play = service()
    play.later(days=1)
    assert play.conduct("supplement", reason="Thiếu bản vẽ", documents=["plan"]) is None
    assert (play.state.status, play.state.clock_state, play.state.due, play.open) == ("supplement", "paused", None, [])
    assert play.state.first_due == at("2025-03-17T17:00")
    assert play.state.supplements == 1
    play.later(days=6)
    assert play.conduct("resubmit", APPLICANT) == Refusal("missing_documents", {"documents": ["plan"]})
    assert play.conduct("resubmit", APPLICANT, documents={"plan": True}) is None
    assert (play.state.status, play.open, play.state.due) == ("processing", ["work"], at("2025-03-24T17:00"))
    work = play.state.open_step("work")
    assert work is not None
    assert (work.holder, work.due) == ("officer-land", at("2025-03-13T17:00"))


def test_the_second_supplement_is_refused_before_the_late_one() -> None:
    play = service()
    play.conduct("supplement", reason="x")
    play.conduct("resubmit", "reception@desk")
    play.now = at("2025-03-10T09:00")
    assert play.conduct("supplement", reason="x") == Refusal("too_many_supplements", {"max": 1})


def test_a_supplement_later_than_three_working_days_is_too_late() -> None:
    play = service()
    play.now = at("2025-03-06T17:00")
    assert ("supplement", "work") in play.moves("officer@land")
    play.now = at("2025-03-06T17:01")
    assert play.conduct("supplement", reason="x") == Refusal(
        "too_late", {"kind": "supplement", "until": "2025-03-06T17:00:00"}
    )


def test_at_intake_supplements_are_not_limited_and_stop_no_clock() -> None:
    made = procedure(intake(), hand_back(), documents=PAPERS)
    play = Play(made)
    for _ in range(3):
        assert play.conduct("supplement", "reception@desk", reason="x") is None
        assert (play.state.status, play.state.clock) == ("supplement", ())
        assert play.conduct("resubmit", APPLICANT) is None
        assert play.open == ["receive"]
    assert play.receive(documents={"request": True}) is None
    assert play.state.status == "result_ready"


def test_the_rules_of_a_round_may_differ() -> None:
    rules = {
        "supplement": {
            "max": 2,
            "rounds": [{"within": "1 working day"}, {"within": "none", "then": "resume", "add": "5 working days"}],
        }
    }
    play = service(conduct=rules)
    play.now = at("2025-03-05T09:00")
    assert code(play.conduct("supplement", reason="x")) == "too_late"
    play.now = at("2025-03-03T10:00")
    play.conduct("supplement", reason="x")
    play.conduct("resubmit", APPLICANT)
    play.now = at("2025-03-10T09:00")
    assert play.conduct("supplement", reason="x") is None
    play.now = at("2025-03-11T09:00")
    play.conduct("resubmit", APPLICANT)
    assert play.state.due == at("2025-03-25T17:00")


def test_a_supplement_names_its_reason_and_papers_that_exist() -> None:
    play = service()
    assert play.conduct("supplement") == Refusal("required", {"field": "reason"})
    assert code(play.conduct("supplement", reason="x", documents=["nothing"])) == "invalid_value"
    assert code(play.conduct("supplement", "clerk@dept", reason="x")) == "not_allowed"
    assert code(play.conduct("supplement", "head@land", step="approve", reason="x")) == "wrong_status"


def test_what_the_applicant_changes_comes_in_with_the_supplement() -> None:
    play = Play(
        procedure(
            intake(),
            step("work", allow={"supplement": {}}),
            hand_back(),
            form={"fields": {"area": {"type": "integer", "required": True}}},
        )
    )
    play.receive(fill={"area": 1})
    play.conduct("supplement", reason="x")
    assert code(play.conduct("resubmit", APPLICANT, fill={"area": "nhiều"})) == "invalid_value"
    assert play.conduct("resubmit", APPLICANT, fill={"area": 2}) is None
    assert play.state.answers == {"area": 2}


@pytest.mark.parametrize(("on_late", "kind"), [("stop", "stopped"), ("refuse", "refused")])
def test_no_answer_in_time_ends_the_dossier(on_late: str, kind: str) -> None:
    play = service(conduct={"supplement": {"answer_within": "30 days", "on_late": on_late}})
    play.conduct("supplement", reason="x")
    asked = play.state.visits[0]
    assert asked.due == at("2025-04-02T23:59")
    assert not play.wait(until=at("2025-04-02T23:59"))
    assert play.wait(until=at("2025-04-03T00:00"))
    assert (play.state.status, play.state.refusal["kind"], play.state.clock_state) == ("stopped", kind, "stopped")
    assert play.state.ended_at == at("2025-04-03T00:00")


def test_a_draft_that_is_not_supplemented_is_not_accepted_where_lateness_refuses() -> None:
    made = procedure(intake(), hand_back(), conduct={"supplement": {"on_late": "refuse", "answer_within": "1 day"}})
    play = Play(made)
    play.conduct("supplement", "reception@desk", reason="x")
    play.wait(until=at("2025-03-10T00:00"))
    assert play.state.status == "stopped"
    assert play.state.ended_at is not None
