"""Phases with papers and an intake of their own, results on different days, work after the result."""

from dataclasses import replace
from typing import Any

import pytest

from app.engine.documents import has_come, read_entry
from tests.engine.office import (
    APPLICANT,
    MONDAY,
    PAUSE,
    Play,
    at,
    code,
    hand_back,
    intake,
    procedure,
    step,
)
from tests.engine.office import changed as with_keys
from tests.engine.written import walked

PHASES = [
    {"key": "first", "title": "Thẩm định", "within": {"default": "7 working days", "cases": []}},
    {"key": "second", "title": "Hoàn thiện", "within": {"default": "3 working days", "cases": []}},
]
PAPERS = [
    {"key": "request", "title": "Đơn", "originals": 1},
    {"key": "final", "title": "Hồ sơ hoàn thiện", "originals": 1, "phase": "second"},
    {"group": "plans", "title": "Bản vẽ", "of": "any", "phase": "second", "items": [
        {"key": "map", "title": "Bản đồ"}, {"key": "sketch", "title": "Sơ đồ"}]},
    {"key": "old", "title": "Giấy phép cũ", "originals": 1, "due_at": "return"},
]  # fmt: skip
RECEIVER = {"receiver": {"name": "An"}}


def two_phases() -> Play:
    made = procedure(
        intake(phase="first"),
        step("appraise", phase="first"),
        step("again", "reception", does="intake", phase="second", status="processing"),
        step("sign", "head@agency", phase="second"),
        hand_back(),
        phases=PHASES,
        documents=PAPERS,
        time_limit={"default": "phases", "cases": [], "starts": "received"},
    )
    play = Play(made)
    assert play.receive(documents={"request": True}) is None
    return play


def test_a_later_phase_asks_for_its_own_papers_and_gives_its_own_receipt() -> None:
    play = two_phases()
    play.do("appraise")
    short = play.do("again", "reception@desk", documents={"final": True})
    assert short is not None
    assert (short.code, short.params["documents"]) == ("missing_documents", ["plans"])
    assert play.do("again", "reception@desk", documents={"final": True, "sketch": True}) is None
    orders = [event.data for event in play.journal if event.type == "print_ordered"]
    assert orders == [{"print": "receipt", "step": "receive"}, {"print": "receipt", "step": "again"}]
    assert play.open == ["sign"]


def test_the_phase_that_begins_late_has_its_own_due_moment() -> None:
    play = two_phases()
    assert play.state.phase_due == {"first": "2025-03-12T17:00:00", "second": "2025-03-17T17:00:00"}
    play.now = at("2025-03-20T09:00")
    play.do("appraise")
    assert play.state.phase_due["second"] == "2025-03-25T17:00:00"


def test_a_paper_due_at_the_return_is_asked_for_there() -> None:
    play = two_phases()
    play.do("appraise")
    play.do("again", "reception@desk", documents={"final": True, "map": True})
    play.do("sign", "head@land")
    assert code(play.do("return", "reception@desk", arguments=RECEIVER)) == "missing_documents"
    assert play.do("return", "reception@desk", arguments=RECEIVER, documents={"old": True}) is None
    assert play.state.status == "returned"


# ---- forms of which any will do


@pytest.mark.parametrize(
    ("entry", "enough"),
    [
        ({"originals": 2}, True),
        ({"copies": 1, "compared_copies": 1}, True),
        ({"copies": 1}, False),
        ({"scans": 2}, False),
    ],
)
def test_papers_of_several_forms_are_counted_together(entry: dict[str, int], enough: bool) -> None:
    accepts = ["original", "compared_copy", "copy"]
    made = procedure(
        intake(), hand_back(), documents=[{"key": "deed", "title": "Giấy", "accepts": accepts, "count": 2}]
    )
    paper: Any = made.documents[0]
    assert has_come(paper, entry, online=False) is enough
    assert read_entry(paper, True) == {"originals": 2}


# ---- restart of the open phase


def test_a_restart_of_the_open_phase_lets_the_later_ones_follow() -> None:
    fresh = {**PAUSE, "then": "restart", "of": "phase", "fresh": {"default": "5 working days", "cases": []}}
    made = procedure(
        intake(phase="first"),
        step("complete", "applicant", phase="first", pauses=fresh, within="30 days", on_late="stop"),
        step("appraise", phase="first"),
        step("sign", "head@agency", phase="second"),
        hand_back(),
        phases=PHASES,
        time_limit={"default": "phases", "cases": [], "starts": "received"},
    )
    play = Play(made)
    play.receive()
    play.now = at("2025-03-10T09:00")
    assert play.do("complete", APPLICANT) is None
    assert play.state.phase_due["first"] == "2025-03-17T17:00:00"
    assert play.state.due == at("2025-03-20T17:00")
    whole = changed_pause(made, "")
    assert whole.state.due == at("2025-03-17T17:00")


def changed_pause(made: Any, of: str) -> Play:
    pause = made.route.default.by_key["complete"].pauses
    play = Play(with_keys(made, "complete", pauses=replace(pause, of=of)))
    play.receive()
    play.now = at("2025-03-10T09:00")
    play.do("complete", APPLICANT)
    return play


# ---- several results, work after the result


def several() -> Play:
    made = procedure(
        intake(),
        step("first_sign", "head@agency", issues=["draft"]),
        step("give_draft", "reception", does="hand_out"),
        step("sign", "head@agency", issues=["permit"], within="1 working day"),
        hand_back(),
        step("publish", "clerk@dept", after_result=True, status="returned", within="5 working days"),
        step("archive", "clerk@dept", after_result=True, status="returned"),
        results=[{"key": "draft", "title": "Dự thảo"}, {"key": "permit", "title": "Giấy phép"}],
    )
    play = Play(made)
    play.receive()
    return play


def test_a_result_handed_out_earlier_does_not_end_the_clock() -> None:
    play = several()
    play.do("first_sign", "head@land")
    assert code(play.do("give_draft", "reception@desk")) == "missing_fields"
    assert play.do("give_draft", "reception@desk", arguments=RECEIVER) is None
    assert (play.state.status, play.state.clock_state, play.state.returned_at) == ("processing", "running", None)
    handed = next(event for event in play.journal if event.type == "handed_out")
    assert handed.data == {"receiver": {"manner": "counter", "name": "An"}, "step": "give_draft"}


def test_work_after_the_result_leaves_clock_and_status_alone() -> None:
    play = several()
    play.do("first_sign", "head@land")
    play.do("give_draft", "reception@desk", arguments=RECEIVER)
    play.do("sign", "head@land")
    assert (play.state.status, play.state.clock_state) == ("result_ready", "finished")
    play.do("return", "reception@desk", arguments=RECEIVER)
    assert (play.open, play.state.status, play.state.ended_at) == (["publish"], "returned", None)
    assert play.state.visits[0].due == at("2025-03-10T17:00")
    finished, judged = play.state.finished_at, play.state.result_class
    play.now = at("2025-04-10T09:00")
    assert play.wait(until=play.now)
    assert play.do("publish", "clerk@dept") is None
    assert play.do("archive", "clerk@dept") is None
    assert (play.state.status, play.state.finished_at, play.state.result_class) == ("returned", finished, judged)
    assert play.state.ended_at == play.now
    assert finished == MONDAY


WRITTEN = """\
schema: 1
key: land/small
title: Hai giai đoạn
field: land
agency: land-registry
for: [citizen]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
results: [{key: paper, title: Giấy}]
time_limit: phases
phases:
  - {key: first, title: Thẩm định, within: 7 working days}
  - {key: second, title: Hoàn thiện, within: 3 working days}
form: {fields: {big: {label: Công trình lớn, type: yes_no}}}
documents:
  - {key: request, title: Đơn đề nghị, originals: 1}
  - {key: deed, title: Giấy chứng nhận, accepts: [certified_copy, compared_copy]}
  - {key: final, title: Hồ sơ hoàn thiện, originals: 1, phase: second, when: big}
route:
  - {step: receive, title: Tiếp nhận, by: reception, phase: first, within: 4 hours}
  - {step: appraise, title: Thẩm định, by: officer@agency, phase: first, within: 3 working days, fills: [big]}
  - {step: again, title: Hoàn thiện, by: reception, does: intake, phase: second, status: processing, within: 4 hours}
  - {step: sign, title: Ký, by: head@agency, phase: second, within: 1 working day, issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
  - {step: publish, title: Công khai, by: officer@agency, after_result: true, within: 5 working days}
tests:
  - name: Giai đoạn hai có giấy tờ và phiếu riêng
    given: {received: 2026-03-02 09:00, form: {big: true}}
    walk:
      - {do: receive, expect: {documents: [request, deed], prints: [receipt], due: 2026-03-16 17:00}}
      - {do: appraise, expect: {open: [again], documents: [final]}}
      - {do: again, expect: {open: [sign], prints: [receipt]}}
      - sign
      - {do: return, expect: {open: [publish], status: returned, class: early}}
      - publish
    expect: {status: returned}
"""


def test_a_file_has_two_phases_with_their_own_intake() -> None:
    walked(WRITTEN)
