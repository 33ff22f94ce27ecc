"""Recurring procedures: which period a dossier belongs to, when it may be filed and when that is late (section 4.6)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definition.duration import Duration, parse_duration
from app.definition.model.recurring import CADENCES, Recurs
from app.engine.periods import before, closing_of, current_period, is_filed_late, may_be_filed, period_named, period_on
from app.engine.state import State
from tests.engine.office import world
from tests.engine.written import walked

WORLD = world()


def recurs(every: str, opens: str = "at once", closes: str = "20 days") -> Recurs:
    read = [parse_duration(text) for text in (opens, closes)]
    assert all(isinstance(one, Duration) for one in read)
    return Recurs(every, *read)  # type: ignore[arg-type]


@given(st.sampled_from(CADENCES), st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_periods_follow_each_other_without_gap_and_are_read_back(cadence: str, day: date) -> None:
    period = period_on(cadence, day)
    assert period.first <= day <= period.last
    assert before(cadence, period).last == period.first - timedelta(days=1)
    assert before(cadence, period).key < period.key
    assert period_named(cadence, period.key) == period


@pytest.mark.parametrize("wrong", ["", "2026-Q5", "2026-q2", "2026-13", "Q2/2026", "20261", "9999-Q1", "2026-Q2 "])
def test_what_is_no_period_is_not_read(wrong: str) -> None:
    assert all(period_named(cadence, wrong) is None for cadence in CADENCES)


@pytest.mark.parametrize(
    ("cadence", "key"),
    [
        ("month", "2026-06"),
        ("quarter", "2026-Q2"),
        ("half_year", "2026-H1"),
        ("year", "2025"),
        ("5 years", "2021-2025"),
        ("week", "2026-W26"),
    ],
)
def test_the_period_is_the_last_that_has_ended(cadence: str, key: str) -> None:
    assert current_period(recurs("quarter"), cadence, datetime(2026, 7, 1, 8), WORLD).key == key


def test_it_may_open_later_and_what_is_not_over_cannot_be_filed() -> None:
    later = recurs("quarter", opens="10 days")
    assert current_period(later, "quarter", datetime(2026, 7, 3, 8), WORLD).key == "2026-Q1"
    assert not may_be_filed(later, "2026-Q2", datetime(2026, 7, 3, 8), WORLD)
    assert may_be_filed(later, "2026-Q1", datetime(2026, 7, 3, 8), WORLD)
    assert not may_be_filed(recurs("quarter"), "2026-Q3", datetime(2026, 7, 3, 8), WORLD)
    assert not may_be_filed(recurs("quarter"), "2026-06", datetime(2026, 7, 3, 8), WORLD)


def test_it_closes_at_the_end_of_the_last_day() -> None:
    closes = closing_of(recurs("quarter"), period_on("quarter", date(2026, 5, 1)), WORLD)
    assert closes is not None
    assert closes.date() == date(2026, 7, 20)


HEAD = """\
schema: 1
key: land/small
kind: record
title: Báo cáo định kỳ
field: land
agency: land-registry
effective: {from: 2026-01-01}
time_limit: none
"""
ROUTE = """\
route:
  - {step: write, title: Viết báo cáo, by: officer@agency, fills: [content, every, mark]}
  - {step: close, title: Đóng, by: head@agency}
"""


def test_period_is_a_name_of_expressions_and_may_be_given() -> None:
    walked(
        HEAD
        + """\
recurs: {every: quarter, closes: 20 days}
form:
  fields:
    content: {label: Nội dung, required: true, list: true}
    every: {label: Ghi chú, list: true}
    mark: {label: Kỳ báo cáo, list: true, value: period}
"""
        + ROUTE.replace(", mark]", "]")
        + """\
tests:
  - name: Kỳ gần nhất đã kết thúc
    given: {received: 2026-07-15 09:00}
    walk: [{do: write, expect: {fields: {mark: 2026-Q2}}}]
  - name: Nộp muộn cho kỳ trước
    given: {received: 2026-07-15 09:00, period: 2026-Q1}
    walk: [{do: write, expect: {fields: {mark: 2026-Q1}}}]
"""
    )


def test_a_made_up_person_belongs_to_the_unit_of_his_name() -> None:
    walked(
        HEAD
        + """\
form:
  fields:
    content: {label: Nội dung, required: true, list: true}
    every: {label: Người kiểm tra, type: user, list: true}
    mark: {label: Đơn vị, type: unit, list: true}
  checks: [{that: unit_of(every) != mark, say: Không tự kiểm tra}]
"""
        + ROUTE
        + """\
tests:
  - name: Không tự kiểm tra
    given: {received: 2026-07-15 09:00, form: {content: a, every: officer@land-registry-1}}
    walk: [{do: write, fill: {mark: land-registry}, refused: check_failed}]
"""
    )


def test_internal_work_is_late_while_it_is_unfinished() -> None:
    closes = datetime(2026, 7, 20, 17)
    state = State(kind="record", period="2026-Q2", period_closes_at=closes, sent_at=datetime(2026, 7, 1))
    assert is_filed_late(state, datetime(2026, 7, 21))
    assert not is_filed_late(state, datetime(2026, 7, 20, 9))
    assert not is_filed_late(
        State(kind="service", period_closes_at=closes, sent_at=datetime(2026, 7, 1)), datetime(2027, 1, 1)
    )
