"""What recurs: the field that says how often (R02 K04) and who is expected again (X10)."""

import pytest

from tests.definition.configs import checked

FILE = """\
schema: 1
key: land/small
kind: record
title: Báo cáo định kỳ
field: land
agency: land-registry
effective: {from: 2026-01-01}
time_limit: none
form:
  fields:
    often: {label: Kỳ, type: choice, options: {month: Tháng, day: Ngày}}
    content: {label: Nội dung, list: true}
route:
  - {step: write, title: Viết, by: officer@agency, fills: [content, often]}
recurs: {every: month, closes: 5 days}
"""


@pytest.mark.parametrize(
    ("recurs", "rule"),
    [
        ("{every: oftn, closes: 5 days}", "R02"),
        ("{every: content, closes: 5 days}", "K04"),
        ("{every: often, closes: 5 days}", "K04"),
        ("{every: month, closes: 5 days, when: 'within_unit(unit, \"land-registry\")'}", "X10"),
    ],
)
def test_a_wrong_recurrence_is_told(recurs: str, rule: str) -> None:
    told = {problem.rule for problem in checked(FILE.replace("{every: month, closes: 5 days}", recurs)).problems}
    assert rule in told
    assert rule not in {problem.rule for problem in checked(FILE).problems}
