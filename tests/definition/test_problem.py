import json
import re
from datetime import date
from decimal import Decimal

import pytest

from app.definition.messages import (
    RULES,
    documents,
    forms,
    keys,
    organisation,
    publishing,
    references,
    routes,
    source,
    times,
)
from app.definition.problem import Problem, Severity, Words, blocks_loading, blocks_publishing, format_json, format_text

TABLES = (source, keys, references, forms, times, routes, documents, publishing, organisation)
# Every rule of the language reference, section 19 and ruling 28, and the two the platform adds (K13, Y09).
IDS = """
S01-S12 Y01-Y09 K01-K08 K10-K13 R01-R11 F01-F15 X01-X13 T01-T14 W01-W21 D01-D08 M01-M09 C01-C07 P01-P06 P08-P11 V01-V07
Q01-Q06 O01 O03 O05-O12 N01-N06
"""


def expected_ids():
    for span in IDS.split():
        first, _, last = span.partition("-")
        for number in range(int(first[1:]), int((last or first)[1:]) + 1):
            yield f"{first[0]}{number:02}"


def unknown_key(**more):
    return Problem("a.yaml", 3, 5, "K01", {"key": "tilte", "place": Words("thủ tục", "the procedure"), **more})


def test_every_rule_of_the_reference_is_in_the_table_once():
    ids = [rule.id for table in TABLES for rule in table.RULES]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(expected_ids())


def names(text):
    return set(re.findall(r"\{([a-z_]+)\}", text))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_speaks_both_languages_with_the_same_parameters(rule):
    assert names(rule.en) == names(rule.vi) == set(rule.needs())
    assert [names(sentence) for sentence in rule.cure_en.split("|")] == [
        names(sentence) for sentence in rule.cure_vi.split("|")
    ]
    assert rule.en != rule.vi


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
@pytest.mark.parametrize("locale", ["vi", "en"])
def test_a_rule_has_a_cure_even_without_optional_parameters(rule, locale):
    problem = Problem("a.yaml", 1, 1, rule.id, dict.fromkeys(rule.needs(), "x"))
    assert problem.hint(locale)
    assert not names(problem.message(locale) + problem.hint(locale))


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_the_words_for_people_are_free_of_hollow_phrases(rule):
    assert not re.search(
        r"vui lòng|xin hãy|không hợp lệ!|please|invalid input", rule.vi + rule.cure_vi + rule.en + rule.cure_en, re.I
    )


def test_the_cure_uses_what_is_known():
    assert unknown_key().hint() == "Sửa hoặc bỏ; ghi chú riêng thì đặt tên bắt đầu bằng x-."
    assert unknown_key(near=()).hint() == unknown_key().hint()
    assert unknown_key(near=("title", "code")).hint() == 'Ý bạn là "title", "code"?'
    assert (
        unknown_key(near=("title",), allowed=("title", "code")).hint("en")
        == 'Did you mean "title"? Allowed here: "title", "code".'
    )
    assert unknown_key(cure=Words("Viết title.", "Write title.")).hint("en") == "Write title."


def test_parameters_are_written_as_people_of_the_language_read_them():
    def said(value, locale):
        return Problem("a", 1, 1, "O06", {"day": value}).message(locale)

    assert said(date(2026, 5, 2), "vi") == "Ngày làm bù 02/05/2026 vốn là ngày làm việc"
    assert said(date(2026, 5, 2), "en") == "Make-up day 2026-05-02 is an ordinary working day"
    assert said(Decimal("1.5"), "en") == "Make-up day 1.5 is an ordinary working day"
    assert unknown_key().message() == 'Không có khóa "tilte" trong thủ tục'
    assert unknown_key().message("en") == 'Unknown key "tilte" in the procedure'


def test_a_parameter_can_neither_steer_a_terminal_nor_flood_it_nor_be_a_template():
    problem = Problem("a", 1, 1, "K13", {"key": "\x1b[31m\u202e\n{key}" + "x" * 1000})
    assert problem.message("en").startswith('"<U+001B>[31m<U+202E> {key}xxx')
    assert len(problem.message("en")) < 350
    assert Problem("a\x1b", 1, 1, "K13", {"key": "b"}).message("en") in format_text(
        [Problem("a\x1b", 1, 1, "K13", {"key": "b"})], "en"
    )
    assert "\x1b" not in format_text([Problem("a\x1b", 1, 1, "K13", {"key": "b"})])


@pytest.mark.parametrize(
    ("line", "column", "rule", "params"),
    [(1, 1, "K99", {}), (0, 1, "W16", {}), (1, 0, "W16", {}), (1, 1, "K01", {"key": "a"})],
)
def test_a_problem_that_cannot_be_said_is_a_bug(line, column, rule, params):
    with pytest.raises(ValueError):
        Problem("a.yaml", line, column, rule, params)


def test_problems_sort_by_file_and_place():
    made = [
        Problem(file, line, column, rule)
        for file in "ba"
        for line in (10, 2)
        for column in (3, 1)
        for rule in ("W20", "W16")
    ]
    assert [(one.file, one.line, one.column, one.rule) for one in sorted(made)] == sorted(
        (one.file, one.line, one.column, one.rule) for one in made
    )


def test_a_problem_is_a_value():
    assert unknown_key() == unknown_key()
    assert unknown_key() != unknown_key(near=("title",))
    assert len({unknown_key(), unknown_key()}) == 1
    params = {"key": "a"}
    problem = Problem("a", 1, 1, "K13", params)
    params["key"] = "b"
    assert problem.params["key"] == "a"
    with pytest.raises(TypeError):
        problem.params["key"] = "c"


def test_the_severity_decides_what_is_blocked():
    error, publish, warning = Problem("a", 1, 1, "S01"), Problem("a", 1, 1, "W16"), Problem("a", 1, 1, "Q01")
    softened = Problem("a", 1, 1, "S01", {}, Severity.WARNING)
    assert [one.severity.value for one in (error, publish, warning, softened)] == [
        "error",
        "publish",
        "warning",
        "warning",
    ]
    assert [blocks_loading([one]) for one in (error, publish, warning, softened)] == [True, False, False, False]
    assert [blocks_publishing([one]) for one in (error, publish, warning, softened)] == [True, True, False, False]


def test_problems_are_printed_with_place_rule_message_and_cure():
    problems = [unknown_key(near=("title",)), Problem("a.yaml", 1, 2, "W16")]
    assert format_text(problems) == (
        "a.yaml:1:2: W16: on_late cần có within\n  Thêm thời gian.\n"
        'a.yaml:3:5: K01: Không có khóa "tilte" trong thủ tục\n  Ý bạn là "title"?\n'
    )
    assert format_text([]) == ""


def test_problems_are_given_to_tools_as_values():
    printed = json.loads(json.dumps(format_json([unknown_key(near=("title",)), Problem("a.yaml", 1, 2, "Q01")], "en")))
    assert printed == [
        {
            "file": "a.yaml",
            "line": 1,
            "column": 2,
            "rule": "Q01",
            "severity": "warning",
            "message": "The procedure has no test",
            "hint": "Add tests: with one ordinary case.",
        },
        {
            "file": "a.yaml",
            "line": 3,
            "column": 5,
            "rule": "K01",
            "severity": "error",
            "message": 'Unknown key "tilte" in the procedure',
            "hint": 'Did you mean "title"?',
        },
    ]
