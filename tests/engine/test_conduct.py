"""Everyday conduct: back, recall, claim, release, reassign, comment, papers and money between the steps."""

from app.engine.rights import USER
from app.engine.world import Actor, Refusal
from tests.engine.office import (
    APPLICANT,
    Play,
    at,
    changed,
    code,
    hand_back,
    intake,
    person,
    procedure,
    service,
    step,
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
