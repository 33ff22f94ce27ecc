import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from app.definition.expression import (
    FUNCTIONS,
    GRAMMAR_WORDS,
    MISSING,
    NUMBER,
    Expression,
    constant,
    parse_expression,
    to_json,
    to_text,
    to_vietnamese,
)
from tests.definition.expression.expression_examples import ENVIRONMENTS, SCOPE, read, texts

SCRIPT = Path(__file__).parents[3] / "app/screens/static/js/expression.js"
READER = """
import { createInterface } from "node:readline";
import { evaluate } from "SCRIPT";
for await (const line of createInterface({ input: process.stdin })) {
  const { tree, env, row, lookup } = JSON.parse(line);
  if (lookup) env["lookup()"] = (list, key, column) => lookup[[list, key, column].join("/")];
  try {
    console.log(JSON.stringify({ value: evaluate(tree, env, row) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
"""


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(texts(), ENVIRONMENTS)
def test_what_is_printed_reads_back_to_the_same_tree(text: str, env: dict[str, Any]) -> None:
    assume(len(text) <= 500)
    expression = read(text)
    printed = to_text(expression)
    again = parse_expression(printed, SCOPE)
    assert isinstance(again, Expression), (printed, again)
    assert again.tree == expression.tree
    assert to_text(again) == printed
    assert again.evaluate(env) == expression.evaluate(env)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(texts(), ENVIRONMENTS)
def test_an_evaluation_never_raises_and_keeps_its_type(text: str, env: dict[str, Any]) -> None:
    assume(len(text) <= 500)
    expression = read(text)
    value = expression.evaluate(env)
    shapes = {
        "flag": bool,
        "number": int | Decimal,
        "money": int,
        "percent": int | Decimal,
        "date": dt.date,
        "moment": dt.datetime,
        "text": str,
        "option": str,
        "calendar": str,
    }
    assert value is MISSING or isinstance(value, shapes[expression.type.kind])


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(texts("flag"))
def test_prose_names_what_is_read_by_its_label(text: str) -> None:
    assume(len(text) <= 500)
    expression = read(text)
    prose = to_vietnamese(expression)
    assert prose.startswith("khi ")
    for name in expression.reads:
        known = SCOPE.find(name)
        assert known is not None
        assert known.name.label.removeprefix("Có ") in prose
    # No key, no function and no word of the grammar gets into what people read; text in quotes is the author's.
    said = set(re.findall(r"(?<!\w)[a-z_]{3,}(?!\w)", re.sub(r"“[^”]*”", "", prose)))
    assert not said & CODE


CODE = frozenset(
    (
        *(part for key in SCOPE.names for part in key.split(".")),
        *(column for name in SCOPE.names.values() for column, _ in name.type.columns),
        *(key for name in SCOPE.names.values() for key in name.type.labels()),
        *FUNCTIONS,
        *GRAMMAR_WORDS,
    )
)


class Browser:
    """The module as a browser would run it, in one Node process for all examples."""

    def __init__(self, folder: Path) -> None:
        script = folder / "reader.mjs"
        # The static folder is not a Node package: .js there means "module" only to browsers.
        (folder / "expression.mjs").write_bytes(SCRIPT.read_bytes())
        script.write_text(READER.replace("SCRIPT", "./expression.mjs"), "utf-8")
        self.process = subprocess.Popen(
            ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def evaluate(self, tree: Any, env: Any, row: Any = None, lookup: Any = None) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"tree": tree, "env": env, "row": row or {}, "lookup": lookup}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer
        return answer["value"]

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if shutil.which("node") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("node is missing: the browser's reader of expressions cannot be compared with Python's")
        pytest.skip("NODE IS MISSING: the browser's reader of expressions is NOT tested on this machine")
    running = Browser(tmp_path_factory.mktemp("browser"))
    yield running
    running.close()


def as_sent(value: Any) -> Any:
    """A value of the environment as a page carries it."""
    match value:
        case Decimal():
            return format(value, "f")
        case dt.datetime():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case tuple():
            return [as_sent(item) for item in value]
        case dict():
            return {key: as_sent(item) for key, item in value.items()}
        case _:
            return None if value is MISSING else value


def as_python(value: Any, expression: Expression) -> Any:
    """A result of the browser as Python has it."""
    if value is None:
        return MISSING
    match expression.type.kind:
        case "number" | "money" | "percent":
            return Decimal(value)
        case "date":
            return dt.date.fromisoformat(value)
        case "moment":
            return dt.datetime.fromisoformat(value)
        case _:
            return value


@settings(
    deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(text=texts(), env=ENVIRONMENTS)
def test_browser_and_server_agree(browser: Browser, text: str, env: dict[str, Any]) -> None:
    assume(len(text) <= 500)
    expression = read(text)
    tree = to_json(expression)
    assert tree is not None
    answer = browser.evaluate(json.loads(json.dumps(tree)), as_sent(env))
    assert as_python(answer, expression) == expression.evaluate(env), (tree, answer)


def test_decimals_are_exact_in_the_browser(browser: Browser) -> None:
    assert browser.evaluate(to_json(read("area + 0.2")), {"area": "0.1"}) == "0.3"
    assert browser.evaluate(to_json(read("area + 0.2 == 0.3")), {"area": 0.1}) is True
    assert browser.evaluate(to_json(read("area / 3 * 3")), {"area": "1"}) == "1"
    assert browser.evaluate(to_json(read("-area / 3")), {"area": "2"}) == "-0.666666666667"


@pytest.mark.parametrize("area", ["12a", "1e5", "abc", True, "0x10", "--1", "1.", ".5"])
def test_what_is_no_number_is_missing_in_the_browser(browser: Browser, area: Any) -> None:
    assert browser.evaluate(to_json(read("area is missing")), {"area": area}) is True


def test_a_column_value_sees_its_own_row_first_in_both(browser: Browser) -> None:
    scope = SCOPE.in_row("people")
    expression = read("days * pages + count(plots, size > days)", scope)
    env, row = {"pages": 3, "plots": ({"size": 1}, {"size": 9}, {"size": 8})}, {"days": 7}
    assert expression.evaluate(env, row) == 23
    assert browser.evaluate(to_json(expression), as_sent(env), row) == "23"


def test_lookup_works_in_the_browser(browser: Browser) -> None:
    expression = read('lookup("wards", commune, "charge") * 2')
    answer = browser.evaluate(to_json(expression), {"commune": "00123"}, lookup={"wards/00123/charge": "1.5"})
    assert answer == "3"
    assert browser.evaluate(to_json(expression), {"commune": "00123"}) is None
    assert browser.evaluate(to_json(expression), {"commune": "9"}, lookup={}) is None


@pytest.mark.parametrize("text", ['done("sign")', "unit_of(holder) == agency", "term == 5 days", "supplements() > 1"])
def test_what_only_the_server_knows_has_no_browser_tree(text: str) -> None:
    assert to_json(read(text)) is None


def test_constants_travel_too(browser: Browser) -> None:
    assert browser.evaluate(to_json(constant(MISSING, NUMBER)), {}) is None
    assert browser.evaluate(to_json(constant(Decimal("1.5"), NUMBER)), {}) == "1.5"
