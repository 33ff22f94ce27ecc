"""Runs the tests that a procedure brings along, and tells failures as problems at their place in the file."""

import re
from collections.abc import Iterator

from app.definition.check import CheckedProcedure
from app.definition.problem import Problem
from app.engine.expectations import Failure
from app.engine.scenario import ScenarioResult, run_scenarios
from app.engine.world import World

_ITEM = re.compile(r"( *)- ")


def failing_tests(checked: CheckedProcedure, world: World) -> Iterator[Problem]:
    """One problem per thing that came out otherwise."""
    for index, result in enumerate(run_scenarios(checked.procedure, world)):
        line, column = place_of_test(checked.text, index)
        for failure in result.failures:
            yield _problem(checked.file, line, column, result, failure)


def _problem(file: str, line: int, column: int, result: ScenarioResult, failure: Failure) -> Problem:
    at = ".".join(str(part) for part in failure.path[2:]) or "given"
    name = {"name": result.name}
    if failure.kind == "no_calendar":
        return Problem(file, line, column, "Q06", {**name, "year": int(failure.params.get("year", 0))})
    if failure.kind == "must_give":
        return Problem(file, line, column, "Q03", {**name, "field": failure.expected})
    if failure.kind == "not_possible":
        opened = failure.params.get("open", ())
        shown = ", ".join(map(str, opened)) if isinstance(opened, list | tuple) else str(opened)
        params = {**name, "act": failure.expected or at, "open": shown or "–", "reason": failure.got}
        return Problem(file, line, column, "Q05", params)
    return Problem(
        file, line, column, "Q04", {**name, "act": at, "a": failure.expected or "–", "b": failure.got or "–"}
    )


def place_of_test(text: str, index: int) -> tuple[int, int]:
    """Line and column of a test, from 1: the index-th item below ``tests:``, or that line itself."""
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith("tests:")), 0)
    indent: str | None = None
    seen = -1
    for number, line in enumerate(lines[start + 1 :], start=start + 1):
        item = _ITEM.match(line)
        if item and indent in (None, item[1]):
            indent = item[1]
            seen += 1
            if seen == index:
                return number + 1, len(indent) + 1
        elif line and not line[0].isspace() and not line.startswith(("#", "-")):
            break
    return start + 1, 1
