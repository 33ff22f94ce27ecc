"""When the clock stands still: pauses of steps, fixed waits, waiting for money or a date."""

from app.definition.model.route import Wait
from app.engine.moves import next_sweep
from app.engine.plan import plan_of
from app.engine.world import Refusal
from tests.engine.office import (
    FLAG,
    PAUSE,
    Play,
    accepted,
    at,
    changed,
    code,
    hand_back,
    intake,
    procedure,
    step,
)

FEE = [
    {"key": "fee", "title": "Phí", "kind": "fee", "collect": "after_notice", "amount": {"default": 1000, "cases": []}}
]


# ---- pauses


def test_the_clock_stands_still_while_a_step_is_open() -> None:
    play = accepted(step("work", pauses=PAUSE), step("next"))
    assert (play.state.clock_state, play.state.due, play.state.first_due) == ("paused", None, at("2025-03-17T17:00"))
    play.now = at("2025-03-10T09:00")
    play.do("work")
    assert (play.state.clock_state, play.state.due) == ("running", at("2025-03-24T17:00"))


def test_a_pause_may_add_time_or_start_a_new_clock() -> None:
    more = accepted(step("work", pauses={**PAUSE, "add": "5 working days"}), step("next"))
    more.now = at("2025-03-10T09:00")
    more.do("work")
    assert more.state.due == at("2025-03-31T17:00")
    fresh = {**PAUSE, "then": "restart", "fresh": {"default": "3 working days", "cases": []}}
    anew = accepted(step("work", pauses=fresh), step("next"))
    anew.now = at("2025-03-10T09:00")
    anew.do("work")
    assert anew.state.due == at("2025-03-13T17:00")


def test_a_pause_of_the_step_alone_leaves_the_dossier_running() -> None:
    play = accepted(step("work", pauses={**PAUSE, "only": "step"}), step("next"))
    assert play.state.clock_state == "running"
    play.do("work")
    assert play.state.due == at("2025-03-17T17:00")


def test_open_sibling_steps_stand_still_with_the_dossier() -> None:
    made = procedure(
        intake(to=["a", "b"]),
        step("a", within="3 working days", to="join"),
        step("b", "head@agency", pauses=PAUSE, to="join"),
        step("join", joins=["a", "b"]),
        hand_back(),
    )
    play = Play(made)
    play.receive()
    assert [visit.due for visit in play.state.visits] == [None, None]
    play.now = at("2025-03-10T09:00")
    play.do("b", "head@land")
    assert play.state.visits[0].due == at("2025-03-13T17:00")


def test_finishing_while_the_clock_stands_still_is_read_in_full() -> None:
    made = procedure(intake(to=["a", "return"]), step("a", pauses=PAUSE, to="end"), hand_back())
    play = Play(made)
    play.receive()
    assert (play.state.clock_state, play.state.result_class, play.state.due) == (
        "finished",
        "early",
        at("2025-03-17T17:00"),
    )


# ---- waits


def test_a_fixed_wait_ends_by_itself_and_its_days_do_not_count() -> None:
    play = accepted(step("post", "system", wait={"for": "time", "last": "15 days"}, pauses=PAUSE), step("next"))
    visit = play.state.visits[0]
    assert (visit.due, play.state.clock_state, play.state.due) == (
        at("2025-03-18T17:00"),
        "waiting",
        at("2025-04-01T17:00"),
    )
    assert next_sweep(play.state) == at("2025-03-18T17:01")
    assert not play.wait(until=at("2025-03-18T17:00"))
    assert play.wait(until=at("2025-03-18T17:01"))
    assert (play.open, play.state.clock_state, play.state.due) == (["next"], "running", at("2025-04-01T17:00"))


def test_a_wait_that_does_not_pause_counts() -> None:
    play = accepted(step("post", wait={"for": "time", "last": "3 days"}, pauses=False), step("next"))
    assert play.state.due == at("2025-03-17T17:00")
    assert play.do("post") == Refusal("missing_documents", {"documents": ["proof"], "step": "post"})
    assert code(play.do("post", attach={"odd": True})) == "invalid_value"
    assert play.do("post", attach={"proof": "giay.pdf"}) is None


def test_a_wait_for_money_ends_with_the_last_payment() -> None:
    paying = step(
        "pay",
        "applicant",
        wait={"for": "payment", "of": ["fee"], "by_hand": "clerk@dept"},
        pauses=PAUSE,
        status="financial_duty",
        within="10 working days",
        on_late="stop",
    )
    play = accepted(paying, step("next"), fees=FEE)
    assert (play.state.status, play.state.clock_state, play.state.visits[0].due) == (
        "financial_duty",
        "paused",
        at("2025-03-17T23:59"),
    )
    play.conduct("pay", "reception@desk", pay={"fee": 400})
    assert play.open == ["pay"]
    assert code(play.do("pay", "officer@land")) == "not_allowed"
    play.conduct("pay", "reception@desk", pay={"fee": True})
    assert (play.open, play.state.status) == (["next"], "processing")
    by_hand = accepted(paying, step("next"), fees=FEE)
    assert code(by_hand.do("pay", "clerk@dept")) == "missing_documents"
    assert by_hand.do("pay", "clerk@dept", attach={"proof": True}) is None
    unpaid = accepted(paying, step("next"), fees=FEE)
    assert unpaid.wait(until=at("2025-03-18T00:00"))
    assert (unpaid.state.status, unpaid.state.prints[-1]) == ("stopped", "stop")


def test_nothing_to_pay_is_not_waited_for() -> None:
    paying = step("pay", "applicant", wait={"for": "payment", "of": ["fee"], "by_hand": "reception"})
    free = [{**FEE[0], "exemptions": [{"when": "far", "why": "Hộ nghèo"}]}]
    assert accepted(paying, step("next"), fill={"far": True}, fees=free).open == ["next"]
    assert accepted(paying, step("next"), fees=[{**FEE[0], "when": "far"}]).open == ["next"]


def test_a_wait_for_a_date_ends_after_that_day() -> None:
    made = procedure(intake(), step("open"), step("next"), hand_back(), form=FLAG)
    dated = changed(made, "open", wait=Wait("date", until=plan_of(made).until("deadline")))
    play = Play(dated)
    play.receive(fill={"deadline": "2025-03-05"})
    assert play.state.visits[0].due == at("2025-03-05T17:00")
    assert play.wait(until=at("2025-03-05T17:01"))
    assert play.open == ["next"]
    never = Play(dated)
    never.receive()
    assert never.state.visits[0].due is None
