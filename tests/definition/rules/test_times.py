"""Limits, budgets, warnings and pauses (T)."""

# ruff: noqa: E501 - one mistake a line reads better than one argument a line

import pytest

from app.definition.messages.rule import Severity
from tests.definition.rules.good_folder import CALENDAR, GOOD, PROCEDURE, check, marked, places, with_change

BAD = [
    ("T01", "\ntime_limit:\n  default: 20", "\n▶time_limit:\n  default: 10"),
    ("T01", "\ntime_limit:\n  default: 20 working days\n  cases: [{when: variant == \"small\", is: 16",
     "\n▶time_limit:\n  default: 20 working days\n  cases: [{when: variant == \"small\", is: 9"),
    ("T02", "\nphases:\n  - {key: first, title: Thẩm định, within: 12", "\n▶phases:\n  - {key: first, title: Thẩm định, within: 19"),
    ("T03", "{step: check, title: Kiểm tra, by: head@agency, phase: first, within: 3 working days,",
     "{step: ▶check, title: Kiểm tra, by: head@agency, phase: first,"),
    ("T04", "warn: [2 working days]", "warn: [▶4 working days]"),
    ("T05", "default: 20 working days", "default: ▶26 working days"),
    ("T07", "within: {default: 5 working days,", "within: {default: ▶until deadline,"),
    ("T08", "time: 5 working days", "time: ▶5 days"),
    ("T09", "starts: step.appraise", "starts: ▶step.pay"),
    ("T09", "starts: step.appraise", "starts: ▶field.checked"),
    ("T10", "\ntime_limit:\n  default: 20 working days", "\n▶time_limit:\n  default: same day"),
    ("T11", "by: applicant\n    when: duty\n    pauses: {reason: Chờ nộp tiền}\n    wait: {for: payment, of: [tax], by_hand: reception}",
     "by: system\n    when: duty\n    ▶pauses: {reason: Chờ nộp tiền}"),
    ("T12", "    within: 30 days\n    on_late: remind", "    within: 30 days"),
    ("T13", "effective: {from: 2026-01-01, to: 2027-12-31}", "effective: {from: ▶2027-01-01, to: 2027-12-31}"),
    ("T14", "\ntime_limit:\n  default: 20 working days", "\n▶time_limit:\n  default: phases"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_about_time_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    if rule == "T12":
        text = GOOD[PROCEDURE].replace(old, new).replace("- step: pay", "- step: ▶pay")
        files, place = marked({**GOOD, PROCEDURE: text}, PROCEDURE)
    else:
        files, place = with_change(PROCEDURE, old, new)
    if rule == "T07":
        files[PROCEDURE] = files[PROCEDURE].replace("to: appraise, comment: required", "to: pay, comment: required")
        place = (place[0], place[1] + len("until "))
    if rule == "T14":
        files[PROCEDURE] = (
            files[PROCEDURE].replace("phase: second}", "x-phase: second}").replace(", within: 4 working days}", "}")
        )
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default: 20 working days", "default: 16 working days"),
        ("time: 5 working days", "time: 40 hours"),
        ("warn: [2 working days]", "warn: [3 working days]"),
        ("within: until deadline", "within: none"),
        ("starts: step.appraise", "starts: field.deadline"),
        ("starts: step.appraise", "starts: complete"),
        ("  default: 20 working days\n", "  default: 9 working days\n  x-note: Nguồn ghi như vậy\n"),
        ("title: Thẩm định, within: 12 working days", "title: Thẩm định, within: 12 days"),
    ],
)
def test_times_that_fit_are_left_alone(old: str, new: str) -> None:
    files, _ = with_change(PROCEDURE, old, f"▶{new}")
    assert [problem.rule for problem in check(files).problems] == []


def test_t01_names_the_way_the_sum_and_the_limit_of_that_case() -> None:
    files, _ = with_change(PROCEDURE, 'variant == "small", is: 16', '▶variant == "small", is: 9')
    (problem,) = [one for one in check(files).problems if one.rule == "T01"]
    assert problem.message("vi") == (
        "Đường đi receive → appraise → ask → sign: các bước cộng 10,5 ngày làm việc, thời hạn 9 ngày làm việc"
    )


def test_t01_counts_no_time_while_the_clock_stands_still() -> None:
    text = (
        GOOD[PROCEDURE]
        .replace("    wait: {for: payment, of: [tax], by_hand: reception}\n", "")
        .replace("within: 30 days\n", "within: 300 days\n")
    )
    assert "T01" not in [one.rule for one in check({**GOOD, PROCEDURE: text}).problems]


def test_t05_blocks_only_where_no_decision_announces_it() -> None:
    files, _ = with_change(PROCEDURE, "default: 20 working days", "default: ▶26 working days")
    (announced,) = [one for one in check(files).problems if one.rule == "T05"]
    files[PROCEDURE] = files[PROCEDURE].replace("announced: {number: QĐ 01, date: 2025-12-01}\n", "")
    (silent,) = [one for one in check(files).problems if one.rule == "T05"]
    assert (announced.severity, silent.severity) == (Severity.WARNING, Severity.PUBLISH)


def test_t13_asks_for_the_first_calendar_too() -> None:
    files = {path: text for path, text in GOOD.items() if path != CALENDAR}
    assert "T13" in [one.rule for one in check(files).problems]


def test_t14_names_what_is_missing() -> None:
    text = (
        GOOD[PROCEDURE]
        .replace("default: 20 working days", "default: phases")
        .replace("title: Quyết định, within: 4 working days", "title: Quyết định")
    )
    (problem,) = [one for one in check({**GOOD, PROCEDURE: text}).problems if one.rule == "T14"]
    assert '"phases.second.within", "receive.phase"' in problem.message("en")
