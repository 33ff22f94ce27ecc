"""Standard conduct as procedures write it: every test of the office in tests/conduct_office goes as it says."""

from datetime import date
from pathlib import Path

import pytest

from app.definition.calendar_years import settings_on
from app.definition.check import check_config
from app.definition.source import read_tree
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import run_scenario
from app.engine.world import World

CHECKED = check_config(dict(read_tree(Path(__file__).parents[1] / "conduct_office").files))


def scenarios() -> list[tuple[str, int, str]]:
    """Procedure, place and name of every test in the folder."""
    return [
        (key, place, str(test["name"]))
        for key, one in CHECKED.procedures.items()
        for place, test in enumerate(one.procedure.tests)
    ]


def test_the_office_may_be_published() -> None:
    told = [problem.message("en") for problem in CHECKED.problems]
    assert {key: one.publishable for key, one in CHECKED.procedures.items()} == {
        "land/course": True,
        "land/paying": True,
    }, told


@pytest.mark.parametrize(("key", "place", "name"), scenarios(), ids=lambda value: str(value)[:50])
def test_conduct_goes_as_the_scenario_says(key: str, place: int, name: str) -> None:
    assert CHECKED.organisation is not None, name
    settings = ClockSettings.from_mapping(settings_on(CHECKED.calendar_edition, date(2026, 1, 1)))
    calendar = Calendar.from_edition(CHECKED.calendar_edition)
    world = World(calendar, settings, CHECKED.organisation, MemoryNumbers(CHECKED.organisation))
    result = run_scenario(CHECKED.procedures[key].procedure, world, place)
    assert [(one.path, one.expected, one.got, dict(one.params)) for one in result.failures] == []
