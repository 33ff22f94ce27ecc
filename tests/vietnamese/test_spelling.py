from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.spelling import nearest

KEYS = ["title", "short_title", "time_limit", "documents", "results", "route", "fees"]


def test_a_mistyped_key_finds_its_neighbour_first():
    assert nearest("titel", KEYS)[0] == "title"
    assert nearest("time-limit", KEYS)[0] == "time_limit"
    assert nearest("Documents", KEYS)[0] == "documents"


def test_marks_do_not_matter_between_vietnamese_names():
    assert nearest("phong dat dai", ["Phòng Đất đai", "Phòng Tài nguyên nước"]) == ["Phòng Đất đai"]


def test_nothing_near_gives_nothing():
    assert nearest("zzzz", KEYS) == []
    assert nearest("", KEYS) == []
    assert nearest("x" * 5000, KEYS) == []


def test_no_more_than_asked_for_is_offered():
    assert len(nearest("step", ["step1", "step2", "step3", "step4"], n=2)) == 2


@given(st.text(min_size=1, max_size=80), st.lists(st.text(min_size=1), max_size=8))
def test_only_known_names_are_offered(word, words):
    assert set(nearest(word, words)) <= set(words)
