"""Steps at which nobody works: a date, a message, a span of time ends them; or somebody by hand, with a proof."""

import pytest

from app.engine.moves import next_sweep
from app.engine.world import SYSTEM, Refusal
from tests.definition.configs import changed
from tests.engine.office import Play, accepted, at, code, hand_back, intake, procedure, step
from tests.engine.written import walked

DAY = {"exam_on": {"type": "date"}}
SCORE = {"score": {"type": "integer", "required": True, "max": 100}}
DATE = {"for": "date", "until": "exam_on", "by_hand": "clerk@dept"}
HEAR = {"for": "message", "of": ["exam_result", "exam_cancelled"], "take": {"score": "points"}, "by_hand": "clerk@dept"}


def waiting(*steps: dict[str, object], **fill: object) -> Play:
    fields = DAY if fill else SCORE
    play = Play(procedure(intake(), *steps, step("next"), hand_back(), form={"fields": fields}))
    assert play.receive(fill=fill) is None
    return play


# ---- a date


def test_a_wait_for_a_date_ends_by_itself_after_that_day() -> None:
    play = waiting(step("wait", "system", wait=DATE), exam_on="2025-03-05")
    assert play.state.visits[0].due == at("2025-03-05T17:00")
    assert next_sweep(play.state) == at("2025-03-05T17:01")
    assert not play.wait(until=at("2025-03-05T17:00"))
    assert play.wait(until=at("2025-03-05T17:01"))
    assert play.open == ["next"]


def test_a_day_that_has_passed_is_not_waited_for() -> None:
    assert waiting(step("wait", "system", wait=DATE), exam_on="2025-03-02").open == ["next"]


def test_a_wait_for_a_date_may_be_ended_by_hand_with_a_proof() -> None:
    play = waiting(step("wait", "system", wait=DATE), exam_on="2025-03-05")
    assert code(play.do("wait", "officer@land", attach={"proof": True})) == "not_allowed"
    assert code(play.do("wait", "clerk@dept")) == "missing_documents"
    assert play.do("wait", "clerk@dept", attach={"proof": "giay.pdf"}) is None
    assert play.open == ["next"]


def branching(**keys: object) -> Play:
    """A dated step beside one in which the day is written."""
    both = [{"to": ["dated", "plan"], "comment": "optional"}]
    dated = step("dated", to="meet", **keys)
    plan = step("plan", to="meet", fills=["exam_on"])
    meet = step("meet", joins=["dated", "plan"])
    play = Play(
        procedure(intake(next=both), dated, plan, meet, hand_back(), form={"fields": {"exam_on": {"type": "date"}}})
    )
    assert play.receive() is None
    return play


@pytest.mark.parametrize("keys", [{"wait": {"for": "date", "until": "exam_on"}}, {"within": "until exam_on"}])
def test_the_day_may_become_known_while_the_step_is_open(keys: dict[str, object]) -> None:
    play = branching(**keys)
    assert play.state.open_step("dated").due is None
    assert play.conduct("save", step="plan", fill={"exam_on": "2025-03-06"}) is None
    assert play.state.open_step("dated").due == at("2025-03-06T17:00")
    assert play.do("plan", fill={"exam_on": "2025-03-10"}) is None
    assert play.state.open_step("dated").due == at("2025-03-10T17:00")
    assert [event.data["because"] for event in play.journal if event.type == "due_moved"] == [["exam_on"]] * 2


def test_a_step_that_was_late_may_be_late_again_after_its_day_moved() -> None:
    play = branching(within="until exam_on")
    play.conduct("save", step="plan", fill={"exam_on": "2025-03-06"})
    assert play.wait(until=at("2025-03-07T09:00"))
    assert play.state.open_step("dated").note == "late"
    play.conduct("save", step="plan", fill={"exam_on": "2025-03-10"})
    assert play.state.open_step("dated").note == ""
    assert play.wait(until=at("2025-03-10T17:01"))


# ---- a message


def test_a_message_ends_the_wait_and_fills_what_the_step_takes() -> None:
    play = waiting(step("wait", "system", wait=HEAR))
    assert play.conduct("message", SYSTEM, choose="exam_result", fill={"points": 81}, reference="M-1") is None
    assert (play.open, play.state.answers["score"], play.state.messages) == (["next"], 81, ("M-1",))
    heard = next(event for event in play.journal if event.type == "message_received")
    assert heard.data == {"visit": 2, "message": "exam_result", "reference": "M-1"}


@pytest.mark.parametrize(
    ("message", "values", "expected"),
    [
        ("exam_moved", {"points": 81}, "wrong_status"),
        ("exam_result", {"points": 300}, "invalid_value"),
        ("exam_result", {"points": 81, "grade": "A"}, "invalid_value"),
        ("exam_result", {}, "missing_fields"),
    ],
)
def test_a_message_that_does_not_fit_changes_nothing(message: str, values: dict[str, object], expected: str) -> None:
    play = waiting(step("wait", "system", wait=HEAR))
    assert code(play.conduct("message", SYSTEM, choose=message, fill=values)) == expected
    assert play.open == ["wait"]


def test_people_send_no_messages_and_nobody_else_is_heard_where_nothing_waits() -> None:
    play = waiting(step("wait", "system", wait=HEAR))
    assert code(play.conduct("message", "clerk@dept", choose="exam_result", fill={"points": 1})) == "not_allowed"
    other = accepted(step("work"))
    assert code(other.conduct("message", SYSTEM, choose="exam_result")) == "wrong_status"


def test_whoever_ends_a_wait_for_a_message_by_hand_writes_what_it_would_have_said() -> None:
    play = waiting(step("wait", "system", wait=HEAR))
    asked = play.do("wait", "clerk@dept", attach={"proof": True})
    assert asked == Refusal("missing_fields", {"fields": ["score"]})
    assert play.do("wait", "clerk@dept", attach={"proof": True}, fill={"score": 70}) is None
    assert play.open == ["next"]


def test_the_message_of_one_branch_does_not_end_the_wait_of_another() -> None:
    both = [{"to": ["first", "second"], "comment": "optional"}]
    first = step("first", "system", to="meet", wait={"for": "message", "of": ["one"]})
    second = step("second", "system", to="meet", wait={"for": "message", "of": ["two"]})
    play = Play(procedure(intake(next=both), first, second, step("meet", joins=["first", "second"]), hand_back()))
    play.receive()
    assert play.conduct("message", SYSTEM, choose="two") is None
    assert play.open == ["first"]


# ---- as files say it

WRITTEN = """\
schema: 1
key: land/small
title: Sát hạch
field: land
agency: land-registry
for: [citizen]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
results: [{key: paper, title: Giấy}]
time_limit: 20 working days
form:
  fields:
    exam_on: {label: Ngày thi, type: date, required: true}
    score: {label: Điểm thi, type: integer, required: true}
route:
  - {step: receive, title: Tiếp nhận, by: reception, within: 4 hours}
  - {step: posting, title: Niêm yết, by: system, wait: 15 days}
  - {step: plan, title: Xếp lịch, by: officer@agency, within: 1 working day, fills: [exam_on]}
  - {step: exam, title: Chờ ngày thi, by: system, wait: {for: date, until: exam_on, by_hand: officer@agency}}
  - step: result
    title: Chờ kết quả thi
    by: system
    wait: {for: message, of: [exam_result], take: {score: points}, by_hand: officer@agency}
    next: [{when: score >= 50, to: sign}, {to: plan}]
  - {step: sign, title: Ký, by: head@agency, within: 1 working day, issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - name: Thi đạt
    given: {received: 2026-03-02 09:00, form: {exam_on: 2026-03-20}}
    walk:
      - {do: receive, expect: {open: [posting], step_due: {posting: 2026-03-17 17:00}}}
      - {do: clock, expect: {clock: waiting, due: 2026-04-14 17:00}}
      - {do: clock, at: 2026-03-18 07:30, expect: {open: [plan], clock: running}}
      - {do: plan, expect: {open: [exam], step_due: {exam: 2026-03-20 17:00}}}
      - {do: message, choose: exam_result, with: {points: 80}, refused: wrong_status}
      - {do: clock, at: 2026-03-23 07:30, expect: {open: [result]}}
      - {do: message, choose: exam_result, with: {points: 80}, expect: {open: [sign], fields: {score: 80}}}
  - name: Thi không đạt thì xếp lịch lại, nhập tay có giấy kèm theo
    given: {received: 2026-03-02 09:00, form: {exam_on: 2026-03-20, score: 30}}
    walk:
      - receive
      - {do: clock, at: 2026-03-18 07:30}
      - plan
      - {do: exam, by: officer@land-registry, expect: {open: [result]}}
      - {do: result, expect: {open: [plan]}}
"""


def test_the_tests_of_a_procedure_walk_through_its_waits() -> None:
    walked(WRITTEN)


def test_a_fixed_wait_that_counts_says_so() -> None:
    counted = changed("wait: 15 days}", "wait: 15 days, pauses: false}", WRITTEN)
    counted = changed("clock: waiting, due: 2026-04-14 17:00", "clock: running, due: 2026-03-30 17:00", counted)
    walked(counted)
