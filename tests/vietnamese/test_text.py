import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese.text import (
    has_line_break,
    hidden_characters,
    is_normal,
    looks_like_formula,
    looks_like_html,
    looks_like_placeholder,
    looks_like_template,
    normal,
    opens_formula,
    stacked_marks,
)

ORDINARY = [
    "Cấp đổi Giấy chứng nhận quyền sử dụng đất (nếu có)",
    "Diện tích < 100 m² và > 50 m²",
    "Phí R&D, 50% & miễn giảm",
    "- Bản chính (nếu có)",
    "-Bản chính",
    "+84 912 345 678",
    "+ 10 ngày làm việc",
    "-5",
    "a@b.vn",
    "Phòng Kế hoạch – Tài chính",
    "“Mẫu số 18”",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_look_like_nothing_else(text):
    assert not looks_like_html(text)
    assert not looks_like_template(text)
    assert not looks_like_formula(text)
    assert not looks_like_placeholder(text)
    assert not hidden_characters(text)
    assert stacked_marks(text) is None
    assert is_normal(text)


@pytest.mark.parametrize(
    "text",
    ["<b>đậm</b>", "<script>", "</p", "<!-- x", "<?php", "A&nbsp;B", "&#60;", "JavaScript:alert(1)", "<IMG src=x>"],
)
def test_html_is_recognised(text):
    assert looks_like_html(text)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% for x in y %}", "{# x", "${7*7}", "#{7}", "<% x %>", "%(name)s"])
def test_templates_are_recognised(text):
    assert looks_like_template(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "= SUM(A1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+HYPERLINK(1)", "＝1+1", "  =1"],
)
def test_formulas_are_recognised(text):
    assert looks_like_formula(text)
    assert opens_formula(text.strip())


@pytest.mark.parametrize("text", ["=x", "+84", "-x", "@x", "\tx", "\r=x", " =x", "＝x"])
def test_an_export_guards_every_cell_a_spreadsheet_could_calculate(text):
    assert opens_formula(text)


def test_an_export_leaves_other_cells_alone():
    assert not opens_formula("Bản chính = 1")
    assert not opens_formula("")


def test_placeholders_are_recognised():
    assert looks_like_placeholder("Hồ sơ {dossier.code}")
    assert not looks_like_placeholder("{ }")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("a\x85b", "control"),
        ("a\u2028b", "control"),
        ("a\u202eb", "bidi"),
        ("a\u2066b", "bidi"),
        ("a\u200bb", "invisible"),
        ("a\ufeffb", "invisible"),
        ("a\u00adb", "invisible"),
        ("a\u3164b", "invisible"),
        ("a\ufe0fb", "invisible"),
        ("a\U000e0041b", "invisible"),
        ("a\ue000b", "private"),
        ("a\uffffb", "broken"),
        ("a\ud800b", "broken"),
    ],
)
def test_a_hidden_character_is_found_with_its_place_and_kind(text, kind):
    (found,) = hidden_characters(text)
    assert (found.place, found.kind) == (1, kind)
    assert found.name == f"U+{ord(text[1]):04X}"


def test_line_feeds_and_tabs_are_hidden_only_where_one_line_is_meant():
    assert [found.place for found in hidden_characters("a\n\tb")] == [1, 2]
    assert hidden_characters("a\n\tb", lines=True) == []
    assert hidden_characters("a\r\nb", lines=True)[0].place == 1


@pytest.mark.parametrize("mark", ["\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"])
def test_every_line_break_is_one(mark):
    assert has_line_break(f"a{mark}b")
    assert not has_line_break("a b")


def test_four_marks_on_one_letter_are_too_many_and_a_tone_with_its_hat_is_not():
    assert stacked_marks("ab" + "e\u0301\u0301\u0301\u0301" + "c") == 2
    assert stacked_marks("ế" + "\u0301\u0301") == 0
    assert stacked_marks(unicodedata.normalize("NFD", "ế ữ ậ")) is None


@given(st.text())
def test_normal_text_stays_as_it_is(text):
    assert is_normal(normal(text))
    assert normal(normal(text)) == normal(text)


@given(st.text(), st.integers(0, 20))
def test_stacked_marks_are_found_wherever_they_stand(text, place):
    stacked = text[:place] + "a\u0301\u0302\u0303\u0304" + text[place:]
    assert stacked_marks(stacked) is not None


@given(st.text(alphabet=st.characters()))
def test_no_text_makes_a_predicate_raise(text):
    for ask in (
        hidden_characters,
        stacked_marks,
        looks_like_html,
        looks_like_template,
        looks_like_formula,
        opens_formula,
    ):
        ask(text)
