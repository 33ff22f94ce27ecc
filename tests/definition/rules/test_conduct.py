"""Standard conduct (C)."""

import pytest

from tests.definition.rules.good_folder import PROCEDURE, check, places, with_change

BAD = [
    ("C01", "by: reception, phase: second}", "by: reception, phase: second, allow: [▶refuse]}"),
    ("C01", "    on_late: remind\n", "    on_late: remind\n    allow: [▶supplement]\n"),
    ("C02", "supplement: {max: 1,", "supplement: {max: ▶2,"),
    ("C02", "    allow: [supplement, refuse]\n    next", "    allow: [{supplement: {max: ▶none}}, refuse]\n    next"),
    ("C03", "answer_within: 30 days", "answer_within: ▶none"),
    ("C04", "extend: {max: 1}", "extend: {max: ▶2}"),
    ("C01", "by: reception, within: 4 hours, allow: [supplement,", "by: reception, within: 4 hours, allow: [▶correct,"),
    ("C05", "extend: {max: 1}", "extend: {max: 1}\n  withdraw: {until: ▶return}"),
    ("C05", "    allow: [supplement, refuse]\n    next", "    allow: [{withdraw: {until: ▶return}}, refuse]\n    next"),
    ("C07", "extend: {max: 1}", "extend: {max: 1}\n  send_back: {to: [appraise, ▶receive]}"),
    ("C07", "    allow: [supplement, refuse]\n    next", "    allow: [{send_back: {to: [▶receive]}}]\n    next"),
    ("C02", "supplement: {max: 1,", "supplement: {max: ▶{default: 1, cases: [{when: remote, is: 3}]},"),
    ("C06", "    allow: [supplement, refuse]\n    next", "    allow: [supplement, ▶refuse]\n    next"),
    ("C06", "    on_late: remind\n", "    on_late: ▶refuse\n"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), BAD)
def test_a_mistake_about_conduct_is_found_where_it_stands(rule: str, old: str, new: str) -> None:
    files, place = with_change(PROCEDURE, old, new)
    if rule == "C06":
        files[PROCEDURE] = files[PROCEDURE].replace("refusal: true, ", "")
        if "on_late" in new:
            files[PROCEDURE] = files[PROCEDURE].replace(
                "    allow: [supplement, refuse]\n    next", "    x-n: 1\n    next"
            )
    assert (PROCEDURE, *place) in places(check(files).problems, rule)


def test_refusing_at_intake_needs_no_result_of_its_own() -> None:
    files, _ = with_change(PROCEDURE, "    allow: [supplement, refuse]\n    next", "▶    next")
    files[PROCEDURE] = files[PROCEDURE].replace("refusal: true, ", "")
    assert [problem.rule for problem in check(files).problems] == []
