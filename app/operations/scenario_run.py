"""Runs the tests that a procedure brings along, and tells failures as problems at their place in the file."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.definition.calendar_years import settings_on
from app.definition.check import Checked, CheckedProcedure
from app.definition.config_tree.documents import read_document
from app.definition.config_tree.places import ConfigFile, FileKind
from app.definition.finding import KeyPath
from app.definition.positions import place_of
from app.definition.problem import Problem
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.expectations import Failure
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import ScenarioResult
from app.engine.world import World


def world_of(checked: Checked, on: date) -> World | None:
    """The world that a config folder describes, with numbers from the first; None without organisation or calendar."""
    if checked.organisation is None or not checked.calendar_edition:
        return None
    settings = ClockSettings.from_mapping(settings_on(checked.calendar_edition, on))
    calendar = Calendar.from_edition(checked.calendar_edition)
    return World(calendar, settings, checked.organisation, MemoryNumbers(checked.organisation))


def problems_of(checked: CheckedProcedure, results: Iterable[ScenarioResult]) -> Iterator[Problem]:
    """What went otherwise in these results, at the expectation that was not met."""
    failing = [result for result in results if result.failures]
    places = Places(checked) if failing else None
    for result in failing:
        for failure in result.failures:
            if places is not None:
                yield _problem(checked.file, *places.of(failure.path), result, failure)


class Places:
    """Where things stand in the file of a procedure; read again, for a checked procedure keeps no places."""

    def __init__(self, checked: CheckedProcedure) -> None:
        stem = checked.path.removeprefix("procedures/").removesuffix(".yaml")
        place = ConfigFile(checked.path, FileKind.PROCEDURE, stem)
        self._document = read_document(place, checked.file, checked.text.encode())

    def of(self, path: KeyPath, *, on_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at a path; where it is not written, of the nearest thing around it."""
        mark, exact = place_of(self._document.tree, path, self._document.mark)
        if mark is None:
            return 1, 1
        node = mark.node if (exact and not on_key) or mark.key is None else mark.key
        return node.line, node.column


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
