import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from app.definition.duration import Duration, Segment, parse_duration
from app.definition.expression import (
    DATE,
    DURATION,
    FLAG,
    MISSING,
    MONEY,
    NUMBER,
    PERCENT,
    Expression,
    constant,
    listed,
    option,
    parse_expression,
    to_text,
    to_vietnamese,
)
from tests.definition.expression.expression_examples import SCOPE, TOPICS, read, value

NOON = dt.datetime(2026, 8, 5, 12, 0)
DAY = dt.date(2026, 8, 5)
PEOPLE = (
    {"days": 3, "head": True, "paid": 100, "share": Decimal("12.5"), "born": dt.date(2000, 1, 1), "kind": "land"},
    {"days": None, "head": False, "paid": 50},
    {"days": Decimal("1.5"), "head": None, "born": dt.date(1990, 1, 1)},
)


@pytest.mark.parametrize(
    ("text", "env", "expected"),
    [
        ("0.1 + 0.2 == 0.3", {}, True),
        ("area / 3 * 3 == area", {"area": 1}, True),
        ("1 / 3", {}, Decimal("0.333333333333")),
        ("-2 / 3", {}, Decimal("-0.666666666667")),
        ("7 / 2 - 0.5", {}, 3),
        ("10 - 2 - 3", {}, 5),
        ("2 + 3 * 4", {}, 14),
        ("12 / 3 / 2", {}, 2),
        ("area / pages", {"area": 1, "pages": 0}, MISSING),
        ("10 / pages / area", {"area": 1, "pages": 0}, MISSING),
        ("-(-area)", {"area": 3}, 3),
        ("abs(-3)", {}, 3),
        ("round(2.5)", {}, 3),
        ("round(-2.5)", {}, -3),
        ("round(1.005, 2)", {}, Decimal("1.01")),
        ("round(area, 2)", {"area": Decimal("1.999")}, 2),
        ("floor(-1.5)", {}, -2),
        ("ceil(-1.5)", {}, -1),
        ("min(3, area, 2)", {"area": 1}, 1),
        ("max(3, 7 / 2)", {}, Decimal("3.5")),
        ("area", {"area": Decimal("1E+2")}, 100),
        ("area", {"area": Decimal("NaN")}, MISSING),
        ("area", {"area": Decimal("1E+500000")}, MISSING),
        ("area", {"area": Decimal("1E-500000")}, MISSING),
        ("area", {"area": Decimal("0." + "1" * 70)}, MISSING),
        ("area * area", {"area": 10**15}, MISSING),
        ("area * area * -1", {"area": 10**15}, MISSING),
        ("area", {"area": Fraction(1, 4)}, Decimal("0.25")),
        ("rate", {"rate": Decimal("12.5")}, Decimal("12.5")),
        ("5%", {}, 5),
        ("rate == 12.5%", {"rate": Decimal("12.5")}, True),
        ("rate", {"rate": Decimal("NaN")}, MISSING),
        ("200 * rate", {"rate": 5}, 10),
        ("10 / 50%", {}, 20),
        ("area / pages > 30%", {"area": 1, "pages": 3}, True),
        ("fee * 1.5%", {"fee": 1050}, 16),
        ("fee * 0.5", {"fee": 1}, 1),
        ("fee * -0.5", {"fee": 1}, -1),
        ("fee / 3", {"fee": 100}, 33),
        ("fee / 3 * 3", {"fee": 100}, 100),
        ("abroad / 3", {"abroad": Decimal(10)}, Decimal("3.33")),
        ("fee / fee", {"fee": 3}, 1),
        ("born <= received", {"born": DAY, "received": NOON}, True),
        ("born == received", {"born": DAY, "received": NOON}, True),
        ("received == born", {"born": DAY, "received": NOON}, True),
        ("born == 2026-08-05", {"born": NOON}, True),
        ("max(received, born)", {"born": dt.date(2026, 8, 6), "received": NOON}, dt.date(2026, 8, 6)),
        ("received in [2026-08-04, 2026-08-05]", {"received": NOON}, True),
        ("received not in [born, received]", {"received": NOON, "born": DAY}, False),
        ("year(received) * 10000 + month(received) * 100 + day(received)", {"received": NOON}, 20260805),
        ("days_between(born, received)", {"born": dt.date(2026, 8, 1), "received": NOON}, 4),
        ("days_between(received, born)", {"born": dt.date(2026, 8, 1), "received": NOON}, -4),
        ("months_between(2026-01-31, 2026-02-28)", {}, 1),
        ("months_between(2026-01-31, 2026-02-27)", {}, 0),
        ("months_between(2026-01-15, 2026-03-14)", {}, 1),
        ("months_between(2026-03-15, 2026-01-15)", {}, -2),
        ("years_between(2000-02-29, 2018-02-28)", {}, 18),
        ("years_between(2000-03-01, 2018-02-28)", {}, 17),
        ("years_between(2018-02-28, 2000-03-01)", {}, -17),
        ('opens < "09:30"', {"opens": "07:30"}, True),
        ('quarter >= "2026-Q2"', {"quarter": "2026-Q3"}, True),
        ("length(title)", {"title": "Đất đai"}, 7),
        ('contains(title, "DAT")', {"title": "Khu đất  ở"}, True),
        ('starts_with(title, "khu dat o")', {"title": "Khu đất  ở đô thị"}, True),
        ('starts_with(title, "đất")', {"title": "Khu đất"}, False),
        ('title == "Đất"', {"title": "Đất"}, True),
        ('has(topics, "marine")', {"topics": ("weather", "marine")}, True),
        ('has(topics, "marine")', {"topics": ()}, False),
        ('"marine" not in topics', {"topics": ("weather",)}, True),
        ("holder in members", {"holder": "an", "members": ("an", "binh")}, True),
        ('subject in ["land", "house"]', {"subject": "both"}, False),
        ("area in []", {"area": 1}, False),
        ("area not in []", {}, True),
        ("area not in [1, pages]", {"area": 2, "pages": 3}, True),
        ('subject if resurvey else "house"', {"resurvey": False}, "house"),
        ("term == 1 week", {"term": parse_duration("7 days")}, True),
        ("term == 8 hours", {"term": parse_duration("1 working day")}, True),
        ("term == 5 days", {"term": parse_duration("same day")}, False),
        ("term != 3 days + 4 days", {"term": parse_duration("1 week")}, False),
        ("5 hours + 1 working day > 1.5 working days", {}, True),
        ("2 years >= 24 months", {}, True),
        ("resurvey == false", {"resurvey": False}, True),
        ("resurvey != remote", {"resurvey": False, "remote": True}, True),
    ],
)
def test_values(text: str, env: Mapping[str, Any], expected: Any) -> None:
    found = read(text).evaluate(env)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("count(people)", 3),
        ("count(people.days)", 2),
        ("sum(people.days)", Decimal("4.5")),
        ("sum(people.days, head)", 3),
        ("sum(people.paid)", 150),
        ("sum(people.share)", Decimal("12.5")),
        ("min(people.born)", dt.date(1990, 1, 1)),
        ("max(people.days)", 3),
        ("max(people.days) in people.days", True),
        ("4 not in people.days", True),
        ("count(people, days > 2)", 1),
        ("count(people, not head)", 1),
        ("any(people, days > 2)", True),
        ("any(people, days > 5)", MISSING),
        ("all(people, days > 2)", False),
        ("all(people, days > 1)", MISSING),
        ("all(people, paid > area)", MISSING),
        ("any(people, days == max(people.days))", True),
        ("all(people, count(people) == 3)", True),
        ("sum(people.days, days < area)", Decimal("4.5")),
        ('any(people, kind == "land")', True),
    ],
)
def test_rows(text: str, expected: Any) -> None:
    assert read(text).evaluate({"people": PEOPLE, "area": 10}) == expected


@pytest.mark.parametrize("people", [None, (), [], "", MISSING])
def test_a_missing_table_has_no_rows(people: Any) -> None:
    env = {"people": people}
    wanted = {
        "count(people)": 0,
        "count(people.days)": 0,
        "count(people, head)": 0,
        "sum(people.days)": 0,
        "sum(people.days, head)": 0,
        "min(people.days)": MISSING,
        "max(people.days)": MISSING,
        "any(people, head)": False,
        "all(people, head)": True,
        "people is missing": True,
        "people is not missing": False,
    }
    assert {text: read(text).evaluate(env) for text in wanted} == wanted


def test_a_missing_list_counts_nothing_but_has_unknown() -> None:
    assert value("count(topics)") == 0
    assert value("count(topics)", topics=("weather",)) == 1
    assert value('has(topics, "marine")') is MISSING
    assert value("topics is missing", topics=()) is True
    assert value("topics is missing", topics=["marine"]) is False


def test_a_row_condition_reads_the_row_outside_of_it() -> None:
    expression = read("count(plots, size > days)", SCOPE.in_row("people"))
    env = {"plots": ({"size": 1}, {"size": 9}, {"size": 8})}
    assert expression.evaluate(env, {"days": 7}) == 2
    assert expression.evaluate(env) == 0
    assert read("days * 2", SCOPE.in_row("people")).evaluate({}, {"days": 4}) == 8


def test_facts_are_asked_from_the_environment() -> None:
    asked: list[tuple[Any, ...]] = []

    def fact(answer: Any) -> Any:
        return lambda *arguments: asked.append(arguments) or answer

    env = {
        "done()": fact(True),
        "visits()": fact(2),
        "chosen()": fact("grant"),
        "opinions()": fact(1),
        "supplements()": fact(0),
        "lookup()": fact(Decimal("2.50")),
        "unit_of()": fact(None),
        "add()": fact(NOON),
        "working_days_between()": fact(3),
        "holder": "an",
        "commune": "00123",
        "received": NOON,
        "born": DAY,
    }
    wanted: dict[str, Any] = {
        'done("sign")': True,
        'visits("sign") + 1': 3,
        'chosen("sign") == "grant"': True,
        'opinions("review", "disagree") > 0': True,
        "supplements()": 0,
        'lookup("wards", commune, "charge")': Decimal("2.5"),
        "unit_of(holder) == agency": MISSING,
        "add(received, 5 working days)": DAY,
        "working_days_between(born, received)": 3,
    }
    assert {text: read(text).evaluate(env) for text in wanted} == wanted
    assert asked[-2:] == [(NOON, Duration((Segment(Fraction(5), "working_day"),))), (DAY, DAY)]


def test_a_fact_nobody_answers_is_unknown() -> None:
    assert value('done("sign")') is MISSING
    assert value('not late("sign")') is MISSING
    assert value('lookup("wards", commune, "zone")', **{"lookup()": lambda *_: "A"}) is MISSING


def test_holds_is_true_only() -> None:
    assert read("area > 1").holds({"area": 2})
    assert not read("area > 1").holds({"area": 1})
    assert not read("area > 1").holds({})


def test_a_percent_ratio_and_money_leave_in_their_stored_shape() -> None:
    assert value("area / pages", PERCENT, area=1, pages=4) == 25
    assert value("area / pages", MONEY, area=10, pages=4) == 3
    assert value("area / pages", NUMBER, area=10, pages=4) == Decimal("2.5")


def test_durations_add_up() -> None:
    assert value("term + 5 days", term=parse_duration("2 days")) == Duration((Segment(Fraction(7), "day"),))
    assert value("term + 5 days + 1 week", term=parse_duration("1 month")).to_text() == "1 month + 12 days"


def test_expressions_are_values() -> None:
    first, second = read("area > 1"), read("area > 1")
    assert first == second
    assert hash(first) == hash(second)
    assert first != read("area > 2")
    with pytest.raises(AttributeError):
        first.text = "area > 2"  # type: ignore[misc]


def test_constants_are_always_the_same_value() -> None:
    assert constant(5, NUMBER).evaluate({}) == 5
    assert constant(Decimal("12.5"), PERCENT).evaluate({}) == Decimal("12.5")
    assert constant(True, FLAG).holds({})
    assert constant(DAY, DATE).evaluate({}) == DAY
    assert constant(("weather",), listed(TOPICS)).evaluate({}) == ("weather",)
    assert constant(MISSING, listed(TOPICS)).evaluate({}) == ()
    assert constant("land", option(None)).text == '"land"'
    unknown = constant(MISSING, FLAG)
    assert unknown.evaluate({}) is MISSING
    assert (to_text(unknown), to_vietnamese(unknown)) == ("MISSING", "khi chưa xác định")
    assert constant(parse_duration("same day"), DURATION).evaluate({}) == Duration(kind="same_day")


def test_an_option_list_in_a_literal_list_may_hold_names() -> None:
    found = parse_expression("[area, 2]", SCOPE)
    assert isinstance(found, Expression)
    assert found.evaluate({"area": 1}) == (1, 2)
    assert found.evaluate({}) == (2,)
