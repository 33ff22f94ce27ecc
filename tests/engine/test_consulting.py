"""Asking others: who is asked, who answers, silence, quorum, and the end by itself."""

from typing import Any

from app.engine.world import Refusal
from tests.engine.office import (
    FLAG,
    Play,
    at,
    code,
    hand_back,
    intake,
    person,
    procedure,
    step,
)

# ---- consultations

CONSULT = {
    "ask": [
        {"by": "officer@tax", "title": "Thuế"},
        {"by": "head@water"},
        {"by": "officer@police", "when": "far"},
    ],
    "within": {"default": "5 working days", "cases": []},
    "opinions": {"agree": "Đồng ý", "no": "Không"},
    "silence": "agree",
    "fills": ["note"],
}


def consulting(*, by: str = "officer@agency", fill: dict[str, Any] | None = None, **more: Any) -> Play:
    """A dossier at a consulting step."""
    lines = [
        {"when": 'opinions("ask", "no") > 0', "to": ["work"], "comment": "optional"},
        {"to": ["sign"], "comment": "optional"},
    ]
    form = {
        "fields": {
            **FLAG["fields"],
            "note": {},
            "members": {"type": "users"},
            "units": {"type": "units"},
            "rows": {
                "type": "table",
                "columns": {"unit": {"label": "u", "type": "unit"}, "by_day": {"label": "d", "type": "date"}},
            },
        }
    }
    made = procedure(
        intake(),
        step("work", to="ask"),
        step("ask", by, within="1 working day", consult={**CONSULT, **more}, next=lines),
        step("sign", to="return"),
        hand_back(),
        form=form,
    )
    play = Play(made)
    play.receive(fill=fill or {})
    play.do("work")
    return play


def opinions(play: Play) -> list[tuple[str, tuple[str, ...]]]:
    """Who is asked, and who answers."""
    return [(visit.party, visit.positions) for visit in play.state.visits if visit.kind == "opinion"]


def test_everybody_this_case_asks_gets_a_visit_and_the_sender_answers_for_outside_units() -> None:
    play = consulting()
    assert play.do("ask") is None
    assert opinions(play) == [("officer@tax", ("officer@land",)), ("head@water", ("head@water",))]
    assert play.open == ["ask"]
    assert play.state.visits[0].due == at("2025-03-10T17:00")
    assert code(play.do("ask")) == "wrong_status"
    far = consulting(fill={"far": True})
    far.do("ask", arguments={"leave_out": ["officer@tax"], "add": ["clerk@dept"], "reason": "Không liên quan"})
    assert opinions(far) == [
        ("head@water", ("head@water",)),
        ("officer@police", ("officer@land",)),
        ("clerk@dept", ("clerk@dept",)),
    ]


def test_the_step_closes_by_itself_when_all_have_answered() -> None:
    play = consulting()
    play.do("ask")
    tax, water = (visit.number for visit in play.state.visits if visit.kind == "opinion")
    assert play.conduct("opinion", "head@water", visit=water) == Refusal("required", {"field": "choose"})
    assert code(play.conduct("opinion", "head@water", visit=water, choose="odd")) == "invalid_value"
    assert code(play.conduct("opinion", "head@water", visit=water, choose="no", fill={"far": True})) == "invalid_value"
    assert code(play.conduct("opinion", "head@water", visit=tax, choose="no")) == "not_allowed"
    assert (
        play.conduct("opinion", "head@water", visit=water, choose="no", fill={"note": "Chưa đủ"}, comment="x") is None
    )
    assert play.open == ["ask"]
    assert play.conduct("opinion", "officer@land", visit=tax, choose="agree") is None
    assert play.open == ["work"]
    assert play.state.member_answers == {str(water): {"note": "Chưa đủ"}}
    assert "note" not in play.state.answers


def test_silence_counts_as_the_procedure_says() -> None:
    play = consulting()
    play.do("ask")
    assert not play.wait(until=at("2025-03-10T17:00"))
    assert play.wait(until=at("2025-03-10T17:01"))
    assert play.open == ["sign"]
    given = [visit for visit in play.state.past if visit.kind == "opinion"]
    assert {(visit.opinion, visit.outcome, visit.actor) for visit in given} == {("agree", "silence", "system")}


def test_waiting_for_answers_reminds_once() -> None:
    play = consulting(silence="wait")
    play.do("ask")
    assert play.wait(until=at("2025-03-11T09:00"))
    assert [effect.data["event"] for effect in play.effects if effect.kind == "notice"].count("answer_late") == 2
    assert not play.wait(until=at("2025-03-12T09:00"))
    water = next(visit for visit in play.state.visits if visit.party == "head@water")
    assert play.conduct("opinion", "head@water", visit=water.number, choose="agree") is None
    assert any(effect.data.get("event") == "answer_late" for effect in play.effects)


def test_enough_real_answers_go_on_early_and_late_ones_are_recorded() -> None:
    play = consulting(quorum="1")
    play.do("ask")
    tax, water = (visit.number for visit in play.state.visits if visit.kind == "opinion")
    play.conduct("opinion", "head@water", visit=water, choose="agree")
    assert play.open == ["sign"]
    assert play.conduct("opinion", "officer@land", visit=tax, choose="no") is None
    play.do("sign")
    assert play.state.status == "result_ready"


def test_members_units_and_rows_are_asked_one_by_one() -> None:
    asks = [
        {"by": "person.members"},
        {"by": "head@field.units"},
        {"by": "head@field.rows.unit", "within": {"default": "until rows.by_day", "cases": []}},
        {"by": "officer@field.units"},
    ]
    rows = [{"unit": "land", "by_day": "2025-03-07"}, {"unit": "tax"}, {"by_day": "2025-03-07"}]
    play = consulting(ask=asks, fill={"members": ["an", "binh"], "units": ["water", "police"], "rows": rows})
    play.do("ask")
    asked = {visit.party: visit for visit in play.state.visits if visit.kind == "opinion"}
    assert list(asked) == [
        "an",
        "binh",
        "head@water",
        "head@police",
        "head@land",
        "head@tax",
        "officer@water",
        "officer@police",
    ]
    assert asked["an"].positions == ("user:an",)
    assert asked["head@police"].positions == ("officer@land",)
    assert (asked["head@land"].due, asked["head@tax"].due) == (at("2025-03-07T17:00"), None)
    an = person("officer@water", "an")
    assert play.conduct("opinion", an, visit=asked["an"].number, choose="agree") is None


def test_nobody_to_ask_closes_the_step_at_once() -> None:
    play = consulting(ask=[{"by": "officer@police", "when": "far"}])
    play.do("ask")
    assert play.open == ["sign"]


def test_the_system_asks_by_itself_and_default_opinions_are_four() -> None:
    play = consulting(by="system", opinions={}, within={"default": "none", "cases": []})
    assert [party for party, _ in opinions(play)] == ["officer@tax", "head@water"]
    water = next(visit for visit in play.state.visits if visit.party == "head@water")
    assert water.due is None
    assert play.conduct("opinion", "head@water", visit=water.number, choose="agree_with_changes") is None


def test_an_opinion_with_a_table_or_a_wrong_value() -> None:
    play = consulting(fills=["rows", "far"])
    play.do("ask")
    water = next(visit.number for visit in play.state.visits if visit.party == "head@water")
    assert (
        code(play.conduct("opinion", "head@water", visit=water, choose="agree", fill={"rows": "x"})) == "invalid_value"
    )
    assert (
        code(play.conduct("opinion", "head@water", visit=water, choose="agree", fill={"far": "x"})) == "invalid_value"
    )
    assert (
        play.conduct(
            "opinion", "head@water", visit=water, choose="agree", fill={"rows": [{"unit": "land"}], "far": None}
        )
        is None
    )
    assert play.state.member_answers[str(water)]["rows"] == [{"_key": "1", "unit": "land"}]


def test_a_consult_that_is_over_its_time_is_told_of() -> None:
    play = consulting(silence="wait")
    play.do("ask")
    play.wait(until=at("2025-03-11T09:00"))
    assert next(visit for visit in play.state.visits if visit.step == "ask").note == "late"
