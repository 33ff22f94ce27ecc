"""Asking row by row, councils, recipients chosen by the sender, and the decision after the last answer."""

from typing import Any

from app.engine.world import Refusal
from tests.engine.office import Play, at, code, hand_back, intake, procedure, step
from tests.engine.written import walked

COLUMNS = {
    "unit": {"label": "u", "type": "unit"},
    "topic": {"label": "t", "type": "text"},
    "by_day": {"label": "d", "type": "date"},
}
FORM = {
    "fields": {
        "plan": {"type": "table", "columns": COLUMNS},
        "members": {"type": "users"},
        "note": {},
        "far": {"type": "yes_no"},
    }
}
PLAN = [
    {"unit": "land", "topic": "mục 8", "by_day": "2025-03-05"},
    {"unit": "land", "topic": "mục 9", "by_day": "2025-03-06"},
    {"unit": "water", "topic": "mục 8", "by_day": "2025-03-07"},
]


def asking(*after: dict[str, Any], fill: dict[str, Any] | None = None, **consult: Any) -> Play:
    """A dossier at a consulting step of the officer."""
    steps = (step("ask", within="1 working day", consult=consult), *after, step("sign", "head@agency"))
    play = Play(procedure(intake(), *steps, hand_back(), form=FORM))
    assert play.receive(fill={"plan": PLAN, **(fill or {})}) is None
    return play


def opinions(play: Play) -> list[tuple[str, str]]:
    return [(visit.party, visit.row) for visit in play.state.visits if visit.kind == "opinion"]


# ---- for each row


def test_every_row_is_asked_about_for_itself() -> None:
    play = asking(ask=[{"by": "head@field.plan.unit", "for_each": "plan", "title": "Đánh giá"}])
    assert play.do("ask") is None
    assert opinions(play) == [("head@land", "plan.1"), ("head@land", "plan.2"), ("head@water", "plan.3")]
    second = next(visit for visit in play.state.visits if visit.row == "plan.2")
    assert play.conduct("opinion", "head@land", visit=second.number, choose="agree") is None
    assert [row for _party, row in opinions(play)] == ["plan.1", "plan.3"]


def test_a_row_may_leave_its_question_out_and_set_its_own_day() -> None:
    within = {"default": "until by_day", "cases": [{"when": 'topic == "mục 9"', "is": "3 days"}]}
    ask = {"by": "clerk@dept", "for_each": "plan", "when": "by_day >= 2025-03-06", "within": within}
    play = asking(ask=[ask])
    play.do("ask")
    visits = [visit for visit in play.state.visits if visit.kind == "opinion"]
    assert [(visit.row, visit.due) for visit in visits] == [
        ("plan.2", at("2025-03-06T17:00")),
        ("plan.3", at("2025-03-07T17:00")),
    ]


def test_a_council_is_asked_member_by_member() -> None:
    play = asking(
        ask=[{"by": "person.members", "question": "Có thông qua không?"}],
        quorum="2",
        fill={"members": ["an", "ba", "ca"]},
    )
    play.do("ask")
    visits = [visit for visit in play.state.visits if visit.kind == "opinion"]
    assert {visit.positions for visit in visits} == {("user:an",), ("user:ba",), ("user:ca",)}
    assert {visit.question for visit in visits} == {"Có thông qua không?"}


# ---- recipients


def test_the_sender_says_why_he_asks_others() -> None:
    play = asking(ask=[{"by": "head@water"}, {"by": "clerk@dept"}])
    assert play.do("ask", arguments={"leave_out": ["clerk@dept"]}) == Refusal("required", {"field": "reason"})
    odd = play.do("ask", arguments={"add": ["leader@water"], "reason": "x"})
    assert code(odd) == "invalid_value"
    everybody = play.do("ask", arguments={"leave_out": ["clerk@dept", "head@water"], "reason": "x"})
    assert everybody == Refusal("required", {"field": "ask"})
    chosen = {"leave_out": ["clerk@dept"], "add": ["leader@council", "officer@police"], "reason": "theo chỉ đạo"}
    assert play.do("ask", arguments=chosen) is None
    assert [party for party, _ in opinions(play)] == ["head@water", "leader@council", "officer@police"]
    police = next(visit for visit in play.state.visits if visit.party == "officer@police")
    assert police.positions == ("officer@land",)
    asked = next(event for event in play.journal if event.type == "opinion_asked")
    assert asked.data["reason"] == "theo chỉ đạo"


def test_a_row_is_left_out_by_itself() -> None:
    play = asking(ask=[{"by": "head@field.plan.unit", "for_each": "plan"}])
    play.do("ask", arguments={"leave_out": ["head@land#plan.1"], "reason": "đã xong"})
    assert opinions(play) == [("head@land", "plan.2"), ("head@water", "plan.3")]


def test_where_the_law_names_the_recipients_nobody_changes_them() -> None:
    play = asking(ask=[{"by": "head@water"}], may_add=False)
    assert code(play.do("ask", arguments={"add": ["leader@council"], "reason": "x"})) == "not_allowed"
    assert play.do("ask") is None


# ---- ruling 11


def test_a_consultation_closes_by_itself_and_the_next_person_may_still_add_an_optional_step() -> None:
    play = asking(step("visit", optional=True), ask=[{"by": "head@water"}])
    play.do("ask")
    play.conduct("opinion", "head@water", choose="agree")
    assert play.open == ["sign"]
    assert code(play.conduct("add_step", "officer@land", step="sign", to="visit")) == "not_allowed"
    assert code(play.conduct("add_step", "head@land", step="sign")) == "required"
    assert code(play.conduct("add_step", "head@land", step="sign", to="ask")) == "invalid_value"
    assert play.conduct("add_step", "head@land", step="sign", to="visit") is None
    assert play.open == ["visit"]
    play.do("visit")
    assert play.open == ["sign"]
    assert not play.state.done("sign")


def test_nothing_optional_lies_before_nothing_can_be_added() -> None:
    play = asking(ask=[{"by": "head@water"}])
    assert code(play.conduct("add_step", "officer@land", step="ask", to="ask")) == "wrong_status"


WRITTEN = """\
schema: 1
key: land/small
title: Đánh giá
field: land
agency: land-registry
for: [citizen]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
results: [{key: paper, title: Giấy}]
time_limit: 20 working days
form:
  fields:
    plots:
      label: Các thửa đất
      type: table
      min_rows: 1
      columns:
        name: {label: Thửa, required: true}
        area: {label: Diện tích, type: decimal, required: true}
    note: {label: Nhận xét}
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
  - step: ask
    title: Lấy ý kiến từng thửa
    by: officer@agency
    within: 1 working day
    consult:
      ask: [{by: leader@nnmt, for_each: plots, when: area > 10, question: Thửa này có tranh chấp không?}]
      within: 3 working days
      fills: [note]
      may_add: false
  - {step: visit, title: Kiểm tra thực địa, by: officer@agency, within: 1 working day, optional: true}
  - {step: sign, title: Ký, by: head@agency, within: 1 working day, issues: [paper], not_by: [ask]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - name: Chỉ hỏi các thửa lớn; sau khi có ý kiến thì quyết định kiểm tra
    given: {received: 2026-03-02 09:00, form: {plots: [{name: A, area: 20}, {name: B, area: 5}]}}
    walk:
      - receive
      - {do: ask, answer: {all: agree}, expect: {open: [sign], consulted: [leader@nnmt]}}
      - {do: add_step, with: {to: visit}, expect: {open: [visit]}}
      - {do: visit, expect: {open: [sign]}}
  - name: Không cần kiểm tra
    given: {received: 2026-03-02 09:00, form: {plots: [{name: A, area: 20}]}}
    walk:
      - receive
      - {do: ask, answer: {all: agree}, expect: {open: [sign]}}
"""


def test_a_file_asks_row_by_row() -> None:
    walked(WRITTEN)
