"""Calling another procedure: what is handed over, what comes back, and how long the step waits."""

from typing import Any

from app.engine.environment import DOSSIER
from app.engine.moves import Intake, open_dossier
from app.engine.world import SYSTEM, Effect, Outcome, Refusal
from tests.engine.office import MONDAY, Play, code, hand_back, intake, procedure, step, world
from tests.engine.written import walked

FORM = {
    "fields": {
        "subject": {},
        "sheet": {},
        "outcome": {},
        "findings": {"type": "table", "columns": {"what": {"label": "w"}, "sheet": {"label": "s"}}},
    }
}
CALL = {
    "procedure": {"default": "iso/sheet", "cases": []},
    "give": {"description": "findings.what", "origin": '"audit"', "found_in": "dossier"},
    "take": {"findings.sheet": "dossier", "outcome": "conclusion"},
    "for_each": "findings",
    "wait": True,
}


def calling(by: str = "system", rows: int = 2, **call: Any) -> Play:
    calls = step("call", by, call={**CALL, **call})
    made = procedure(intake(), calls, step("after"), hand_back(), form=FORM)
    play = Play(made)
    findings = [{"what": f"lỗi {n}"} for n in range(1, rows + 1)]
    assert play.receive(fill={"findings": findings, "subject": "x"}) is None
    return play


def asked(play: Play) -> list[Effect]:
    return [effect for effect in play.effects if effect.kind == "call"]


def test_one_dossier_is_asked_for_in_each_row() -> None:
    play = calling()
    assert play.open == ["call"]
    gives = [effect.data["give"] for effect in asked(play)]
    assert gives == [{"description": f"lỗi {n}", "origin": "audit", "found_in": DOSSIER} for n in (1, 2)]
    assert {key: call["row"] for key, call in play.state.calls.items()} == {"1": "1", "2": "2"}


def test_the_step_ends_with_the_last_of_the_called_dossiers() -> None:
    play = calling()
    assert play.conduct("call_opened", SYSTEM, fill={"dossier": "KPH-01"}, call="1", dossier="7") is None
    assert play.state.answers["findings"][0]["sheet"] == "KPH-01"
    assert play.conduct("call_ended", SYSTEM, fill={"conclusion": "đã khắc phục"}, call="1") is None
    assert play.open == ["call"]
    assert play.conduct("call_ended", SYSTEM, fill={"dossier": "KPH-02", "conclusion": "xong"}, call="2") is None
    assert play.open == ["after"]
    assert [row["sheet"] for row in play.state.answers["findings"]] == ["KPH-01", "KPH-02"]
    assert play.state.answers["outcome"] == "xong"


def test_nothing_to_call_is_not_waited_for_and_a_step_may_not_wait() -> None:
    assert calling(rows=0).open == ["after"]
    free = calling(wait=False)
    assert free.open == ["after"]
    assert len(asked(free)) == 2
    assert free.conduct("call_opened", SYSTEM, fill={"dossier": "K"}, call="2", dossier="8") is None
    assert free.state.answers["findings"][1]["sheet"] == "K"


def test_a_person_may_call_and_then_waits() -> None:
    play = calling(by="officer@agency")
    assert asked(play) == []
    assert play.do("call") is None
    assert len(asked(play)) == 2
    assert code(play.do("call")) == "wrong_status"


def test_only_the_platform_tells_of_called_dossiers() -> None:
    play = calling()
    assert code(play.conduct("call_ended", "officer@land", call="1")) == "not_allowed"
    assert code(play.conduct("call_ended", SYSTEM, call="9")) == "wrong_status"


def test_a_called_dossier_takes_over_what_it_is_given_whichever_step_fills_it() -> None:
    made = procedure(
        step("record", "officer@land"),
        step("judge", "head@land", fills=["description"]),
        kind="record",
        form={"fields": {"description": {"required": True}, "size": {"type": "integer", "max": 5}}},
        time_limit="none",
    )
    link = {"dossier": "3", "call": "1", "procedure": "iso/audit"}
    given = Intake(given={"description": "lỗi", "size": 4}, called_by=link)
    opened = open_dossier(made, given, SYSTEM, MONDAY, world())
    assert isinstance(opened, Outcome)
    assert (opened.state.answers, opened.state.called_by) == ({"description": "lỗi", "size": 4}, link)
    refused = open_dossier(made, Intake(given={"ghost": 1}), SYSTEM, MONDAY, world())
    assert isinstance(refused, Refusal)
    assert refused.code == "invalid_value"


# ---- as files say it

CALLER = """\
schema: 1
key: land/small
kind: record
title: Đánh giá
field: land
agency: land-registry
effective: {from: 2026-01-01}
time_limit: none
form:
  fields:
    findings: {label: Phát hiện, type: table, columns: {what: {label: Mô tả, required: true}, sheet: {label: Phiếu}}}
route:
  - {step: report, title: Báo cáo, by: officer@agency, fills: [findings]}
  - step: correct
    title: Khắc phục
    by: system
    when: count(findings) > 0
    call: {procedure: land/sheet, for_each: findings, give: {what: findings.what}, take: {findings.sheet: dossier}}
  - {step: close, title: Đóng, by: head@agency}
tests:
  - name: Hai phiếu, đóng khi cả hai xong
    given: {received: 2026-03-02 09:00, form: {findings: [{what: A}, {what: B}]}}
    walk:
      - {do: report, expect: {open: [correct], calls: [land/sheet, land/sheet]}}
      - {do: call_ended, with: {dossier: KPH-01}, expect: {open: [close]}}
  - name: Không có phát hiện
    given: {received: 2026-03-02 09:00, form: {findings: []}}
    walk: [{do: report, expect: {open: [close], calls: []}}]
"""
SHEET = """\
schema: 1
key: land/sheet
kind: record
title: Phiếu không phù hợp
field: land
agency: land-registry
effective: {from: 2026-01-01}
time_limit: none
form: {fields: {what: {label: Mô tả, required: true}, again: {label: Mở lại, type: yes_no}}}
route:
  - {step: record, title: Ghi, by: officer@agency}
  - step: next_one
    title: Mở phiếu mới
    by: system
    when: again
    call: {procedure: land/sheet, wait: false, give: {what: what}}
  - {step: close, title: Đóng, by: head@agency}
tests:
  - {name: Mở, given: {received: 2026-03-02 09:00, form: {what: A, again: false}}, walk: [record, close]}
"""
BOTH = {"procedures__land__sheet": SHEET}


def test_files_call_each_other() -> None:
    walked(CALLER, **BOTH)
