"""Ends before a result, and the one extension: who decides, until when, with what papers."""

from dataclasses import replace

import pytest

from app.engine.world import Refusal
from tests.engine.office import (
    APPLICANT,
    Play,
    at,
    changed,
    code,
    hand_back,
    intake,
    procedure,
    service,
    step,
)

# ---- refuse, stop, withdraw


def test_a_refusal_at_intake_is_status_three() -> None:
    play = Play(procedure(intake(), hand_back()))
    assert play.conduct("refuse", "reception@desk") == Refusal("required", {"field": "reason"})
    assert play.conduct("refuse", "reception@desk", reason="Sai thẩm quyền") is None
    assert (play.state.status, play.state.code, play.state.prints) == ("not_accepted", "", ("refusal",))
    assert play.moves("reception@desk") == {("comment", "")}
    assert code(play.receive()) == "wrong_status"


def test_a_later_refusal_is_decided_by_whoever_must_agree() -> None:
    play = service(conduct={"refuse": {"approve": "leader@authority", "result": "denial"}})
    assert play.conduct("refuse", reason="Không đủ điều kiện") is None
    assert play.open == ["work"]
    assert code(play.conduct("refuse", reason="x")) == "wrong_status"
    assert code(play.conduct("approve", "officer@land")) == "not_allowed"
    assert play.conduct("reject", "leader@council") == Refusal("required", {"field": "comment"})
    assert play.conduct("reject", "leader@council", comment="Xem lại") is None
    assert play.conduct("refuse", reason="Không đủ điều kiện") is None
    assert play.conduct("approve", "leader@council") is None
    assert (play.state.status, play.state.refusal["reason"]) == ("stopped", "Không đủ điều kiện")
    assert play.state.results["denial"]["number"] == "01/GP-SNNMT"


def test_the_law_wants_the_leader_to_agree_to_a_refusal_after_intake() -> None:
    play = service()
    assert code(play.conduct("refuse", "head@land", reason="x")) == "not_allowed"
    assert play.conduct("refuse", reason="x") is None
    assert play.state.status == "processing"
    assert code(play.do("work")) == "wrong_status"
    assert play.conduct("approve", "leader@council") is None
    assert (play.state.status, play.state.clock_state, play.state.due) == ("stopped", "stopped", None)


def test_the_head_stops_and_the_leader_agrees() -> None:
    play = service(conduct={"stop": {"approve": "leader@authority"}})
    assert code(play.conduct("stop", "officer@land", reason="x")) == "not_allowed"
    assert play.conduct("stop", "head@land") == Refusal("required", {"field": "reason"})
    assert play.conduct("stop", "head@land", reason="Đương sự chết") is None
    assert play.conduct("approve", "leader@council") is None
    assert (play.state.status, play.state.prints[-1]) == ("stopped", "stop")


def test_whoever_decides_on_a_stop_need_not_be_asked_and_a_denied_stop() -> None:
    play = service()
    assert play.conduct("stop", "leader@council", reason="x") is None
    assert play.state.status == "stopped"
    made = changed(procedure(intake(), step("work"), hand_back()), "work", deny=("stop",))
    other = Play(made)
    other.receive()
    assert code(other.conduct("stop", "head@land", reason="x")) == "wrong_status"


def test_the_applicant_withdraws_until_the_result() -> None:
    fees = [
        {
            "key": "fee",
            "title": "Phí",
            "kind": "fee",
            "collect": "at_intake",
            "refund": ["if_withdrawn"],
            "amount": {"default": 5, "cases": []},
        }
    ]
    made = procedure(
        intake(),
        step("work"),
        step("issue", "clerk@dept", issues=["permit"]),
        hand_back(),
        fees=fees,
        results=[{"key": "permit", "title": "Giấy phép"}],
    )
    made = replace(made, fees=(replace(made.fees[0], refund=("if_withdrawn",)),))
    play = Play(made)
    play.receive(pay={"fee": True})
    assert code(play.conduct("withdraw", "officer@land")) == "not_allowed"
    assert play.conduct("withdraw", APPLICANT, reason="Đổi ý") is None
    assert [event.data["to"] for event in play.journal if event.type == "status_changed"][-2:] == [
        "withdrawal",
        "stopped",
    ]
    assert ("refund", ["fee"]) in [(effect.kind, effect.data.get("fees")) for effect in play.effects]
    late = Play(made)
    late.receive(pay={"fee": True})
    late.do("work")
    late.do("issue", "clerk@dept")
    assert code(late.conduct("withdraw", APPLICANT)) == "wrong_status"


def test_withdrawing_may_end_earlier_and_pay_everything_back() -> None:
    play = service(conduct={"withdraw": {"until": "approve", "refund": True}})
    play.do("work")
    assert play.conduct("withdraw", "reception@desk") == Refusal("too_late", {"kind": "withdraw", "step": "approve"})
    task = Play(procedure(step("work"), kind="task"))
    assert code(task.conduct("withdraw", APPLICANT)) == "wrong_status"


# ---- extend


def test_an_extension_apologises_once_and_keeps_the_first_date() -> None:
    play = service()
    play.now = at("2025-03-14T09:00")
    assert play.conduct("extend", "leader@council", to="2025-03-20", reason="Quá tải") is None
    assert (play.state.due, play.state.first_due) == (at("2025-03-20T17:00"), at("2025-03-17T17:00"))
    assert (play.state.extensions, play.state.prints[-1]) == (1, "apology")
    assert play.conduct("extend", "leader@council", to="2025-03-25", reason="x") == Refusal(
        "already_extended", {"max": 1}
    )


def test_an_extension_comes_at_least_a_working_day_before() -> None:
    play = service()
    play.now = at("2025-03-14T17:01")
    assert play.conduct("extend", "leader@council", to="2025-03-20", reason="x") == Refusal(
        "too_late", {"kind": "extend", "until": "2025-03-14T17:00:00"}
    )


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("", None),
        ("hôm nào", "not_a_date"),
        ("2025-03-22", "day_off"),
        ("2025-03-17", "out_of_range"),
        ("2025-04-02", "out_of_range"),
    ],
)
def test_a_new_date_that_cannot_be_is_refused(to: str, reason: str | None) -> None:
    play = service()
    refusal = play.conduct("extend", "leader@council", to=to, reason="x")
    assert refusal is not None
    assert refusal.params.get("reason") == reason
    assert code(play.conduct("extend", "leader@council", to="2025-03-20")) == "required"


def test_the_holder_asks_for_an_extension_and_the_leader_decides() -> None:
    play = service()
    assert play.conduct("extend", "officer@land", to="2025-03-20", reason="Chờ số liệu") is None
    assert play.state.extensions == 0
    assert code(play.conduct("extend", "officer@land", to="2025-03-20", reason="x")) == "wrong_status"
    assert play.conduct("approve", "leader@council") is None
    assert play.state.due == at("2025-03-20T17:00")
    assert code(play.conduct("extend", "clerk@dept", to="2025-03-20", reason="x")) == "not_allowed"


def test_agreed_to_after_the_due_moment_an_extension_is_too_late() -> None:
    play = service()
    play.conduct("extend", "officer@land", to="2025-03-20", reason="x")
    play.now = at("2025-03-18T09:00")
    offered = {kind for kind, _ in play.moves("leader@council")}
    assert "approve" not in offered
    assert "reject" in offered
    assert code(play.conduct("approve", "leader@council")) == "too_late"
    assert play.conduct("reject", "leader@council", comment="Đã quá hạn") is None


def test_how_far_an_extension_goes_may_be_counted_from_the_start() -> None:
    rules = {
        "before": "none",
        "most": "3 working days",
        "most_from": "start",
        "by": "head@agency",
        "ask_by": "clerk@dept",
    }
    play = service(conduct={"extend": rules}, time_limit="same day")
    assert code(play.conduct("extend", "officer@land", to="2025-03-06", reason="x")) == "not_allowed"
    assert code(play.conduct("extend", "head@land", to="2025-03-07", reason="x")) == "invalid_value"
    assert play.conduct("extend", "head@land", to="2025-03-06", reason="x") is None
    assert play.state.due == at("2025-03-06T17:00")


def test_nothing_is_extended_while_the_clock_stands_still_or_without_a_limit() -> None:
    play = service(time_limit="none")
    assert code(play.conduct("extend", "leader@council", to="2025-03-20", reason="x")) == "wrong_status"
    task = Play(procedure(step("work"), kind="task"))
    assert code(task.conduct("extend", "leader@council", to="2025-03-20", reason="x")) == "wrong_status"


def test_without_a_cap_and_without_a_count_a_task_is_extended_again() -> None:
    rules = {"extend": {"max": "none", "before": "none", "most": "none", "by": "head@agency"}}
    made = procedure(step("work", allow={"extend": {}}), kind="task", time_limit="2 working days", conduct=rules)
    play = Play(made)
    assert play.conduct("extend", "head@land", to="2025-03-10", reason="x") is None
    assert play.conduct("extend", "head@land", to="2025-03-12", reason="x") is None
    assert (play.state.due, play.state.first_due, play.state.extensions) == (
        at("2025-03-12T17:00"),
        at("2025-03-05T17:00"),
        2,
    )
