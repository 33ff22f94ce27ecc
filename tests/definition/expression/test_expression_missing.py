import itertools
from typing import Any

import pytest

from app.definition.expression import MISSING
from tests.definition.expression.expression_examples import read, value

TRUTHS = (True, False, MISSING)


def conjunction(a: Any, b: Any) -> Any:
    return False if a is False or b is False else MISSING if MISSING in (a, b) else True


def disjunction(a: Any, b: Any) -> Any:
    return True if a is True or b is True else MISSING if MISSING in (a, b) else False


@pytest.mark.parametrize(("a", "b"), list(itertools.product(TRUTHS, TRUTHS)))
def test_the_truth_tables(a: Any, b: Any) -> None:
    env = {"resurvey": a, "remote": b}
    assert read("resurvey and remote").evaluate(env) is conjunction(a, b)
    assert read("resurvey or remote").evaluate(env) is disjunction(a, b)
    inverted = read("not resurvey").evaluate(env)
    assert inverted is (MISSING if a is MISSING else not a)
    # De Morgan holds with three values too.
    assert read("not (resurvey and remote)").evaluate(env) is read("not resurvey or not remote").evaluate(env)


@pytest.mark.parametrize(
    "text",
    [
        "area > 1",
        "1 < area",
        "area == area",
        "area + 1",
        "1 + area + 1",
        "area * 2 * 3",
        "2 * 3 * area",
        "-area",
        "area in [1, 2]",
        "area in [1, pages]",
        "1 in [pages, 2]",
        "area in people.days",
        "min(area, 1)",
        "round(area, 2)",
        "length(title)",
        'contains("a", title)',
        "year(born)",
        "days_between(born, issued)",
        "1 if resurvey else 1",
        "area if true else 1",
        "5 if area > 1 else 6",
        "received < born",
        "holder in members",
        '"x" == agency or false',
        "term == 5 days",
    ],
)
def test_a_missing_value_makes_the_whole_unknown(text: str) -> None:
    scope_text = text.replace('"x"', '"council"')
    assert read(scope_text).evaluate({}) is MISSING


def test_what_decides_makes_the_rest_unimportant() -> None:
    assert value("area > 1 and false") is False
    assert value("area > 1 or true") is True
    assert value("1 in [pages, 1]") is True
    assert value("1 not in [pages, 1]") is False
    assert value("0 if false else 1") == 1


def test_missing_is_asked_and_never_unknown() -> None:
    assert value("area is missing") is True
    assert value("area is missing", area=0) is False
    assert value("resurvey is missing", resurvey=False) is False
    assert value("title is missing", title="") is True
    assert value("area + 1 is not missing", area=1) is True
    assert value("area / 0.5 is not missing") is False
