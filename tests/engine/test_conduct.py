"""Standard conduct: who may do it, how often, until when, and what becomes of the dossier and its clock."""

from dataclasses import replace

import pytest

from app.engine.rights import USER
from app.engine.world import Actor, Refusal
from tests.engine.office import APPLICANT, Play, at, changed, code, hand_back, intake, person, procedure, step

PAPERS = [{"key": "request", "title": "Đơn", "originals": 1}, {"key": "plan", "title": "Bản vẽ", "required": False}]


def service(**more: object) -> Play:
    """Accepted, the officer's step open; a head's step follows."""
    allow = {"supplement": {}, "refuse": {}, "consult": {}}
    given = {"conduct": more.pop("conduct", {}), "documents": PAPERS, **more}
    made = procedure(
        intake(allow={"supplement": {}, "refuse": {}}),
        step("work", within="3 working days", allow=allow),
        step("approve", "head@agency", within="1 working day"),
        step("issue", "clerk@dept", issues=["permit"]),
        hand_back(),
        results=[
            {"key": "permit", "title": "Giấy phép"},
            {"key": "denial", "title": "Từ chối", "refusal": True, "register": "permits"},
        ],
        **given,
    )
    play = Play(made)
    assert play.receive(documents={"request": True}) is None
    return play


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


def test_without_an_approver_a_refusal_holds_at_once() -> None:
    play = service()
    assert code(play.conduct("refuse", "head@land", reason="x")) == "not_allowed"
    assert play.conduct("refuse", reason="x") is None
    assert (play.state.status, play.state.clock_state, play.state.due) == ("stopped", "stopped", None)


def test_the_head_stops_and_the_leader_agrees() -> None:
    play = service(conduct={"stop": {"approve": "leader@authority"}})
    assert code(play.conduct("stop", "officer@land", reason="x")) == "not_allowed"
    assert play.conduct("stop", "head@land") == Refusal("required", {"field": "reason"})
    assert play.conduct("stop", "head@land", reason="Đương sự chết") is None
    assert play.conduct("approve", "leader@council") is None
    assert (play.state.status, play.state.prints[-1]) == ("stopped", "stop")


def test_a_stop_without_an_approver_and_a_denied_stop() -> None:
    play = service()
    assert play.conduct("stop", "head@land", reason="x") is None
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
    assert code(play.conduct("approve", "leader@council")) == "too_late"


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


# ---- back


def test_sending_back_asks_for_a_comment_and_starts_the_step_anew() -> None:
    play = service()
    play.do("work")
    play.later(days=1)
    assert play.conduct("send_back", "head@land", to="work") == Refusal("required", {"field": "comment"})
    assert code(play.conduct("send_back", "head@land", comment="x")) == "required"
    assert code(play.conduct("send_back", "head@land", to="issue", comment="x")) == "invalid_value"
    assert play.conduct("send_back", "head@land", to="work", comment="Chưa rõ") is None
    work = play.state.open_step("work")
    assert work is not None
    assert (work.holder, work.due) == ("officer-land", at("2025-03-07T17:00"))
    assert play.state.past[-1].outcome == "sent_back"
    assert play.state.due == at("2025-03-17T17:00")


def test_sending_back_may_be_limited_and_denied() -> None:
    play = service(conduct={"send_back": {"to": ["work"], "max": 1}})
    play.do("work")
    play.conduct("send_back", "head@land", to="work", comment="x")
    play.do("work")
    assert code(play.conduct("send_back", "head@land", to="work", comment="x")) == "too_late"
    made = changed(procedure(intake(), step("work"), hand_back()), "work", deny=("send_back", "recall"))
    other = Play(made)
    other.receive()
    assert code(other.conduct("send_back", to="receive", comment="x")) == "wrong_status"
    assert code(service().conduct("send_back", "clerk@dept", to="receive", comment="x")) == "not_allowed"


def test_the_last_person_takes_back_what_nobody_has_touched() -> None:
    play = service()
    before = play.state.open_step("work")
    play.do("work")
    assert code(play.conduct("recall", Actor("other", frozenset(("officer@land",))))) == "not_allowed"
    play.later(hours=2)
    assert play.conduct("recall") is None
    again = play.state.open_step("work")
    assert again is not None
    assert before is not None
    assert (again.due, again.holder) == (before.due, "officer-land")
    assert code(play.conduct("recall")) == "wrong_status"
    play.do("work")
    play.conduct("claim", "head@land")
    assert code(play.conduct("recall")) == "wrong_status"


def test_what_left_the_house_is_not_taken_back() -> None:
    play = service()
    play.do("work")
    play.do("approve", "head@land")
    play.do("issue", "clerk@dept")
    assert code(play.conduct("recall", "clerk@dept")) == "wrong_status"
    assert code(play.conduct("send_back", "reception@desk", to="issue", comment="x")) == "wrong_status"


# ---- claim, release, reassign, comment


def test_work_is_taken_given_back_and_handed_on() -> None:
    play = service()
    assert play.conduct("claim") is None
    assert play.conduct("claim", Actor("two", frozenset(("officer@land",)))) == Refusal(
        "held", {"holder": "officer-land", "step": "work"}
    )
    assert code(play.conduct("release", Actor("two", frozenset(("officer@land",))))) == "held"
    assert code(play.conduct("reassign", Actor("two", frozenset(("officer@land",))), to="two")) == "held"
    assert play.conduct("release") is None
    assert code(play.conduct("release")) == "wrong_status"
    assert play.conduct("reassign", "head@land") == Refusal("required", {"field": "to"})
    assert play.conduct("reassign", "head@land", to="two", comment="Nghỉ phép") is None
    assert play.state.visits[0].holder == "two"
    assert play.conduct("release", "head@land") is None
    assert code(play.conduct("reassign", "clerk@dept", to="x")) == "not_allowed"
    assert code(play.conduct("claim", "clerk@dept")) == "not_allowed"
    assert code(play.conduct("claim", APPLICANT)) == "not_allowed"


def test_anybody_among_the_positions_may_act_though_another_holds_it() -> None:
    play = service()
    play.conduct("claim")
    assert play.do("work", Actor("two", frozenset(("officer@land",)))) is None


def test_whoever_may_read_may_comment_even_after_the_end() -> None:
    play = service()
    assert play.conduct("comment", "officer@land", comment="Đã gọi điện") is None
    assert play.conduct("comment", APPLICANT, comment="Cảm ơn") is None
    assert code(play.conduct("comment", "officer@water", comment="x")) == "not_allowed"
    assert play.conduct("comment", comment=" ") == Refusal("required", {"field": "comment"})
    assert code(play.conduct("comment", comment="x" * 5001)) == "invalid_value"
    play.do("work")
    play.conduct("stop", "head@land", reason="x")
    assert play.conduct("comment", "head@land", comment="x") is None
    assert play.state.comments == 3
    assert play.conduct("comment", Actor("officer-land", frozenset()), comment="x") is None
    assert USER == "user:"


def test_answers_are_kept_without_leaving_the_step() -> None:
    fields = {"note": {"required": True}, "area": {"type": "integer", "min": 1}}
    play = Play(procedure(intake(), step("work", fills=["note", "area"]), hand_back(), form={"fields": fields}))
    play.receive()
    assert code(play.conduct("save", fill={"area": 0})) == "invalid_value"
    assert play.conduct("save", fill={"area": 2}) is None
    assert play.state.answers == {"area": 2}
    assert play.open == ["work"]
    assert code(play.conduct("save", "clerk@dept", fill={})) == "not_allowed"


def test_papers_and_money_come_in_between_the_steps() -> None:
    fees = [
        {
            "key": "fee",
            "title": "Phí",
            "kind": "fee",
            "collect": "before_result",
            "amount": {"default": "to_be_set", "cases": []},
        }
    ]
    play = service(fees=fees)
    assert play.conduct("hand_in", "reception@desk") == Refusal("required", {"field": "documents"})
    assert play.conduct("hand_in", "reception@desk", documents={"plan": {"copies": 2}}) is None
    assert play.state.documents["plan"]["copies"] == 2
    assert code(play.conduct("hand_in", "officer@water", documents={"plan": True})) == "not_allowed"
    assert play.conduct("pay", "reception@desk") == Refusal("required", {"field": "pay"})
    assert code(play.conduct("pay", "reception@desk", pay={"fee": True})) == "invalid_value"
    assert code(play.conduct("charge", fee="nothing", amount=5, decision="x")) == "invalid_value"
    assert code(play.conduct("charge", fee="fee", amount=-5, decision="x")) == "invalid_value"
    assert play.conduct("charge", fee="fee", amount=5000) == Refusal("required", {"field": "decision"})
    assert code(play.conduct("charge", APPLICANT, fee="fee", amount=5, decision="x")) == "not_allowed"
    assert play.conduct("charge", fee="fee", amount=5000, decision="QĐ 1") is None
    assert code(play.conduct("pay", "reception@desk", pay={"fee": {"amount": 6000}})) == "invalid_value"
    assert (
        play.conduct("pay", "reception@desk", pay={"fee": {"amount": 2000, "receipt": "BL1", "manner": "cash"}}) is None
    )
    assert play.conduct("pay", "reception@desk", pay={"fee": 3000}) is None
    assert play.state.fees["fee"]["paid"] == 5000
    assert code(play.conduct("pay", "reception@desk", pay={"odd": True})) == "invalid_value"
    assert code(service().conduct("charge", fee="fee", amount=1, decision="x")) == "wrong_status"


def test_an_unknown_conduct_is_named_with_the_known_ones() -> None:
    refusal = service().conduct("vanish")
    assert refusal is not None
    assert "send_back" in refusal.params["known"]


def test_a_conduct_on_a_visit_that_is_not_open() -> None:
    assert code(service().conduct("claim", visit=99)) == "wrong_status"
    assert code(service().conduct("opinion", choose="agree")) == "wrong_status"


def test_consulting_out_of_turn_does_not_hold_the_step() -> None:
    play = service()
    assert code(play.conduct("consult", question="x")) == "required"
    assert code(play.conduct("consult", ask=["head@water"])) == "required"
    assert code(play.conduct("consult", "clerk@dept", ask=["head@water"], question="x")) == "not_allowed"
    assert (
        play.conduct(
            "consult", ask=["head@water", "officer@tax"], question="Có quy hoạch không?", within="2 working days"
        )
        is None
    )
    asked = [visit for visit in play.state.visits if visit.kind == "opinion"]
    assert [(visit.positions, visit.due) for visit in asked] == [
        (("head@water",), at("2025-03-05T17:00")),
        (("officer@land",), at("2025-03-05T17:00")),
    ]
    assert play.conduct("opinion", "head@water", visit=asked[0].number, choose="agree", comment="Không") is None
    assert play.do("work") is None
    assert play.wait(until=at("2025-03-06T09:00"))
    assert not play.wait(until=at("2025-03-07T09:00")) or play.state.visits
    assert code(play.conduct("consult", "head@land", step="approve", ask=["x"], question="x")) == "wrong_status"
    assert person("head@water").user == "head-water"
