"""Days, moments and free texts on paper."""

from datetime import date, datetime

import pytest

from app.prints.wording import printable
from app.vietnamese.dates import day_text, moment_text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "ngày 15 tháng 3 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026"),
    ],
)
def test_days_are_written_as_the_decree_on_papers_asks(day, words):
    assert day_text(day) == words


def test_a_moment_is_written_hours_first():
    assert moment_text(datetime(2026, 11, 18, 9, 2, 59)) == "09 giờ 02 phút, ngày 18 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("  Phố\n\n Huế\t1 ", "Phố Huế 1"),
        ("a\u202eb\u2066c", "abc"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("x\ud800", "x\ufffd"),
        ("\x00", ""),
    ],
)
def test_texts_become_one_visible_line(text, paper):
    assert printable(text) == paper


def test_a_long_word_may_break_anywhere_but_not_inside_a_letter():
    broken = printable("e\u0331" * 30, longest=20)

    assert broken == "\u200b".join(["e\u0331"] * 30)


def test_an_ordinary_word_stays_whole():
    assert printable("huong.nguyen@example.vn") == "huong.nguyen@example.vn"
