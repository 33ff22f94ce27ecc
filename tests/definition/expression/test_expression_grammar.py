import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.definition.expression import (
    RESERVED_NAMES,
    Expression,
    ExpressionProblem,
    is_reserved,
    parse_expression,
    to_text,
)
from tests.definition.expression.expression_examples import SCOPE, places, problems, read


@pytest.mark.parametrize(
    "text",
    [
        "resurvey",
        "not resurvey or remote and area > 100",
        'subject == "land"',
        'subject in ["land", "house"]',
        'subject not in ["land"]',
        '"weather" in topics',
        "owner is missing",
        "owner is not missing",
        "1_000_000 + 0.5",
        "fee * 5%",
        "born >= 2020-02-29",
        "1000 if resurvey else 2000 if remote else 0",
        "-area + -(-pages)",
        "(area + 1) * 2 - 3 / (4 - pages)",
        "term == 5 working days",
        "area in []",
        "count(people) > 2 and any(people, people.in > 3)",
        "resurvey\n  and remote",
    ],
)
def test_the_grammar_reads_and_prints_back(text: str) -> None:
    expression = read(text)
    assert read(to_text(expression)).tree == expression.tree


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", ""),
        ("area >", ""),
        ("> area", ">"),
        ("area > > 1", ">"),
        ("1 < area < 5", "<"),
        ("area = 1", "="),
        ("area == 1 && resurvey", "&"),
        ("!resurvey", "!"),
        ("subject == 'land'", "'"),
        ('subject == "land', '"'),
        ('subject == "la\nnd"', '"'),
        ("area ** 2", "*"),
        ("area ^ 2", "^"),
        ("area // 2", "/"),
        ("area.", ""),
        ("area.5", "5"),
        ("owner.name(1)", "("),
        ("(area", ""),
        ("area)", ")"),
        ("max(area pages)", "pages"),
        ("max(area,)", ")"),
        ("[1, 2", ""),
        ("area in [-1]", "-"),
        ("area in (1, 2)", "("),
        ("area in not", "not"),
        ("area in max(1, 2)", ""),
        ("area is 5", "5"),
        ("area not 5", "5"),
        ("area if resurvey", ""),
        ("and", "and"),
        ("resurvey and and remote", "and"),
        ("5 working", ""),
        ("5 working hours", "hours"),
        ("0012", "0012"),
        ("1__0", "1__0"),
        ("1.", "1."),
        ("1.2.3", "1.2.3"),
        ("1e5", "1e5"),
        ("5days", "5days"),
        ("1.234.000", "1.234.000"),
        ("1234567890123456789", "1234567890123456789"),
        ("0.1234567890123", "0.1234567890123"),
        ("99999 days", "99999 days"),
        ("2026-02-30", "2026-02-30"),
        ("2026-8-5", "2026-8-5"),
        ("lambda: 1", ":"),
        ("area; pages", ";"),
        ("{area}", "{"),
        ("area\x00", "\x00"),
        ("5 % 2", "2"),
    ],
)
def test_a_mistake_is_shown_where_it_stands(text: str, at: str) -> None:
    found = problems(text)
    assert [problem.rule for problem in found] == ["X01"]
    assert text[found[0].offset : found[0].offset + found[0].length] == at
    assert found[0].params["what"].vi
    assert found[0].cure.vi
    assert found[0].cure.en


def test_habits_of_other_languages_are_answered_with_ours() -> None:
    assert "==" in problems("area = 1")[0].cure.vi
    assert '"land"' in problems("subject == 'land'")[0].cure.en
    assert ">=" in problems("area ≥ 1")[0].cure.vi


def test_a_fraction_of_a_month_is_refused_as_in_durations() -> None:
    assert places("term == 1.5 months") == [("T06", "1.5 months")]


def test_five_hundred_characters_are_read_and_one_more_is_not() -> None:
    longest = "area" + " " * 494 + ">1"
    assert isinstance(parse_expression(longest, SCOPE), Expression)
    found = problems(longest + " ")
    assert [(problem.rule, problem.offset, problem.length) for problem in found] == [("X13", 500, 1)]


@pytest.mark.parametrize(
    "nest",
    [
        lambda n: "(" * n + "area" + ")" * n,
        lambda n: "-" * n + "area",
        lambda n: "not " * n + "resurvey",
        lambda n: "abs(" * n + "area" + ")" * n,
        lambda n: "area if resurvey else " * n + "0",
    ],
)
def test_twelve_levels_are_read_and_a_thirteenth_is_not(nest) -> None:  # type: ignore[no-untyped-def]
    assert isinstance(parse_expression(nest(12), SCOPE), Expression)
    assert [problem.rule for problem in problems(nest(13))] == ["X13"]


@pytest.mark.parametrize(
    "hostile",
    [
        "().__class__.__bases__[0].__subclasses__()",
        "9**9**9",
        '"a" * 10000000000',
        "[0] * 10000000000",
        '__import__("os").system("id")',
        "(lambda: 1)()",
        '"{0.__class__}".format(1)',
        "[x for x in range(10000)]",
        "__builtins__",
        "owner.__class__",
        "eval(title)",
        "(" * 10**6,
        "9" * 10**6,
        "area." * 10**5,
        '"' * 10**5,
        "-" * 400 + "1",
        "[" * 400,
        "nothing and " * 41 + "nothing",
        "unknown(" * 60,
    ],
)
def test_hostile_texts_are_refused_at_once(hostile: str) -> None:
    found = parse_expression(hostile, SCOPE)
    assert isinstance(found, tuple)
    assert len(found) <= 20


@settings(deadline=None)
@given(st.text(max_size=60) | st.text('ab1"().,[]-+*/<>=! %_andornotif', max_size=80))
def test_any_text_is_answered(text: str) -> None:
    found = parse_expression(text, SCOPE)
    if isinstance(found, tuple):
        assert found
        for problem in found:
            assert isinstance(problem, ExpressionProblem)
            assert 0 <= problem.offset <= problem.offset + problem.length <= len(text)


def test_a_long_product_of_large_numbers_ends() -> None:
    expression = read("*".join(["area"] * 100))
    assert repr(expression.evaluate({"area": 10**18})) == "MISSING"


def test_reserved_names_are_those_of_the_language() -> None:
    assert {"today", "unit", "and", "missing", "applicant"} <= RESERVED_NAMES
    assert is_reserved("unit")
    assert not is_reserved("unit", column=True)
    assert not is_reserved("area")
