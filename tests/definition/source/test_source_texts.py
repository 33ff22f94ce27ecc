import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.definition.problem import Severity
from app.definition.source import (
    KeyFlavour,
    Node,
    Reading,
    ScalarNode,
    Span,
    near,
    read_code,
    read_key,
    read_source,
    read_text,
)

NAME, FILE, PATH = KeyFlavour.NAME, KeyFlavour.FILE, KeyFlavour.PATH


def value(written: str) -> Node:
    return read_source("x.yaml", f"a: {written}\n".encode()).tree.get("a")


def rules(reading: Reading) -> list[tuple[str, Severity]]:
    problems = [note.at("x.yaml") for note in reading.notes]
    return [(problem.rule, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    "text",
    ["Tiếp nhận", "NO", "no", "on", "1.004220", "2025-07-01", "Diện tích < 100 m² & > 50", "- Bản chính", "'Đo: vẽ'"],
)
def test_an_ordinary_text_passes_and_stays_text(text):
    assert read_text(value(json.dumps(text, ensure_ascii=False)), "title") == Reading(text)


def test_words_that_look_like_flags_are_text_where_text_is_due():
    assert read_text(value("no"), "label") == Reading("no")
    assert read_text(value("TRUE"), "label") == Reading("TRUE")


@pytest.mark.parametrize("written", ["", "~", "null", '""', '"  "', "[a]", "{b: c}"])
def test_a_text_must_say_something(written):
    reading = read_text(value(written), "title")
    assert (reading.value, rules(reading)) == (None, [("K03", Severity.ERROR)])


def test_a_text_keeps_to_one_line_unless_lines_are_welcome():
    assert rules(read_text(value('"a\\nb"'), "title")) == [("Y08", Severity.ERROR)]
    assert read_text(value('"a\\nb"'), "title").value is None
    assert read_text(value('"a\\nb"'), "guide", many_lines=True) == Reading("a\nb")
    assert read_text(value("|\n  a\n  b\n"), "guide", many_lines=True) == Reading("a\nb")
    assert read_text(value(">\n  a\n  b\n"), "title") == Reading("a b")


def test_letters_under_a_heap_of_marks_are_refused():
    heap = ScalarNode("a" + "\u0316" * 4, False, Span(1, 1, 1, 6))
    assert rules(read_text(heap, "title")) == [("Y08", Severity.ERROR)]
    assert rules(read_text(heap, "guide", many_lines=True)) == [("Y08", Severity.ERROR)]


def test_a_long_text_is_told_its_length():
    reading = read_text(value("đ" * 61), "short_title", limit=60)
    assert rules(reading) == [("S10", Severity.PUBLISH)]
    assert reading.notes[0].at("x").message() == "short_title dài 61 ký tự, tối đa 60"
    assert reading.value == "đ" * 61
    assert read_text(value("đ" * 60), "short_title", limit=60) == Reading("đ" * 60)


@pytest.mark.parametrize(
    ("text", "plain", "interpreted"),
    [
        ("Đơn <b>đăng ký</b>", 1, 1),
        ("Kính gửi {dossier.code}", 1, 0),
        ("Kính gửi {{ dossier }}", 1, 1),
        ("{% if x %}", 1, 1),
        ("=HYPERLINK(1)", 1, 1),
        ("<b>{{ x }}</b>", 2, 2),
    ],
)
def test_look_alikes_warn_and_block_only_where_texts_are_filled_in(text, plain, interpreted):
    node = value(json.dumps(text, ensure_ascii=False))
    assert rules(read_text(node, "title")) == [("S09", Severity.WARNING)] * plain
    assert rules(read_text(node, "text", interpreted=True)) == [("S09", Severity.PUBLISH)] * interpreted
    assert read_text(node, "title").value == text


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("1.004220", "số"),
        ("0012", "số"),
        ("1e3", "số"),
        ("0x1F", "số"),
        ("1_000", "số"),
        ("12:30", "giờ"),
        ("1:02:03", "giờ"),
        ("2025-07-01", "ngày"),
        ("2025-7-1 09:00", "ngày"),
        ("NO", "giá trị đúng/sai"),
        ("y", "giá trị đúng/sai"),
    ],
)
def test_a_code_that_other_tools_would_change_is_asked_to_be_quoted(written, kind):
    reading = read_code(value(written), "code")
    assert (reading.value, rules(reading)) == (written, [("S07", Severity.WARNING)])
    assert reading.notes[0].at("x").message() == f'"{written}" sẽ bị hiểu là {kind}; mã phải là chữ'
    assert read_code(value(f'"{written}"'), "code") == Reading(written)


@pytest.mark.parametrize("written", ["H24.10.5", "G15-TN01", "TTHC-00001", "1.004220.000.00.00.H24"])
def test_a_code_with_letters_needs_no_quotes(written):
    assert read_code(value(written), "code") == Reading(written)


def test_a_code_must_be_there():
    assert rules(read_code(value(""), "code")) == [("K03", Severity.ERROR)]
    assert rules(read_code(value("x" * 61), "code")) == [("S10", Severity.PUBLISH)]


@pytest.mark.parametrize(
    ("key", "flavour"),
    [
        ("appraise", NAME),
        ("a1_b", NAME),
        ("a" * 40, NAME),
        ("land-change", FILE),
        ("a" * 60, FILE),
        ("land/certificate-exchange", PATH),
        ("a/b/c", PATH),
        ("b" * 60 + "/" + "a" * 60, PATH),
    ],
)
def test_a_key_of_the_right_shape_passes(key, flavour):
    assert read_key(value(key), "step", flavour) == Reading(key)


@pytest.mark.parametrize(
    ("written", "flavour", "proposal"),
    [
        ("land-change", NAME, "land_change"),
        ("Thẩm định", NAME, "tham_dinh"),
        ("Đo-đạc 2", FILE, "do-dac-2"),
        ("1st", NAME, "st"),
        ("_a", NAME, "a"),
        ("a" * 41, NAME, "a" * 40),
        ("Đất đai/Cấp đổi", PATH, "dat-dai/cap-doi"),
        ("certificate", PATH, ""),
        ("land/", PATH, ""),
        ("land/Cấp", PATH, "land/cap"),
        ("a/" + "b" * 61, PATH, ""),
        ("漢字", NAME, ""),
        ("12", FILE, ""),
        ("а", NAME, ""),
        ("a.b", NAME, "a_b"),
    ],
)
def test_a_key_of_another_shape_gets_a_proposal(written, flavour, proposal):
    reading = read_key(value(json.dumps(written, ensure_ascii=False)), "step", flavour)
    assert (reading.value, rules(reading)) == (written, [("K05", Severity.PUBLISH)])
    start = f"Viết ví dụ {proposal}. Bắt đầu" if proposal else "Bắt đầu"
    assert reading.notes[0].at("x").hint().startswith(start)


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "true", "false"])
@pytest.mark.parametrize("flavour", [NAME, FILE])
def test_words_that_other_tools_change_are_no_keys(word, flavour):
    assert rules(read_key(value(word), "field", flavour)) == [("F03", Severity.PUBLISH)]
    assert read_key(value(f'"{word}"'), "field", flavour).notes[0].params["suggestion"] == f"is_{word}"


@pytest.mark.parametrize("written", ["", "null", '""', "[a]", "{a: b}"])
def test_a_key_must_be_there(written):
    reading = read_key(value(written), "key")
    assert (reading.value, rules(reading)) == (None, [("K03", Severity.ERROR)])


@given(st.text(max_size=150), st.sampled_from(list(KeyFlavour)))
def test_every_proposal_is_an_acceptable_key(text, flavour):
    proposal = flavour.proposal(text)
    assert proposal == "" or flavour.accepts(proposal)


@given(st.text(max_size=80), st.booleans(), st.booleans())
def test_no_text_makes_the_readers_of_texts_fail(text, quoted, interpreted):
    node = ScalarNode(text, quoted, Span(1, 1, 1, 2))
    for reading in (read_text(node, "a", interpreted=interpreted), read_code(node, "a"), read_key(node, "a", PATH)):
        assert all(note.at("x").message() and note.at("x").hint("en") for note in reading.notes)


def test_the_nearest_names_are_offered():
    assert near("tilte", ["title", "code", "short_title"])[0] == "title"
    assert near("", ["title"]) == ()
