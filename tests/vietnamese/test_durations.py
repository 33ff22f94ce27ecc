"""Lengths of time in Vietnamese words."""

from decimal import Decimal
from fractions import Fraction

import pytest

from app.vietnamese.durations import length_text, limit_text, remaining_text


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        ((5, "working_day"), "5 ngày làm việc"),
        ((1.5, "working_day"), "1,5 ngày làm việc"),
        ((Decimal("0.25"), "hour"), "0,25 giờ"),
        ((Fraction(3, 2), "hour"), "1,5 giờ"),
        ((Fraction(20), "calendar_day"), "20 ngày"),
        ((0, "same_day"), "trong ngày"),
        (((3, "working_day"), (70, "calendar_day")), "3 ngày làm việc cộng 70 ngày"),
        ([(1, "month")], "1 tháng"),
        ((), "không quy định thời hạn"),
    ],
)
def test_a_limit_is_named_as_the_law_names_it(limit: tuple[float, str], text: str) -> None:
    assert limit_text(limit) == text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1140, "2 ngày 3 giờ"),
        (40, "40 phút"),
        (100, "1 giờ 40 phút"),
        (480, "1 ngày"),
        (500, "1 ngày"),
        (545, "1 ngày 1 giờ"),
    ],
)
def test_minutes_are_named_only_without_days(minutes: int, text: str) -> None:
    assert length_text(minutes) == text


def test_what_is_left_says_late_due_and_paused() -> None:
    assert remaining_text(1140, is_late=False) == "còn 2 ngày 3 giờ"
    assert remaining_text(-480, is_late=True) == "quá hạn 1 ngày"
    assert remaining_text(0, is_late=False, is_paused=True) == "đến hạn"
    assert remaining_text(0, is_late=True) == "quá hạn"
    assert remaining_text(160, is_late=False, is_paused=True) == "tạm dừng, còn 2 giờ 40 phút"
    assert remaining_text(-420, is_late=True, minutes_per_day=420) == "quá hạn 1 ngày"
