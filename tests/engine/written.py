"""Procedures written as files are: checked, compiled, and their own tests played (the example organisation)."""

from app.definition.calendar_years import settings_on
from app.definition.check import Checked, CheckedProcedure, check_config
from app.definition.problem import blocks_publishing
from app.engine.calendar import Calendar
from app.engine.clock import ClockSettings
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import ScenarioResult, run_scenarios
from app.engine.world import World
from tests.definition.configs import small_folder
from tests.engine.office import day


def world_of(checked: Checked) -> World:
    """The world of a checked folder."""
    assert checked.organisation is not None
    settings = ClockSettings.from_mapping(settings_on(checked.calendar_edition, day("2026-01-01")))
    numbers = MemoryNumbers(checked.organisation)
    return World(Calendar.from_edition(checked.calendar_edition), settings, checked.organisation, numbers)


def publishable(text: str, **others: str) -> tuple[Checked, CheckedProcedure]:
    """A file that may be published as it stands; anything that blocks it is shown."""
    checked = check_config(small_folder(text, **others))
    blocking = [problem for problem in checked.problems if blocks_publishing([problem])]
    assert blocking == [], blocking
    return checked, checked.procedures["land/small"]


def walked(text: str, **others: str) -> tuple[ScenarioResult, ...]:
    """The results of the tests that a publishable file brings along; every one must have passed."""
    checked, one = publishable(text, **others)
    results = run_scenarios(one.procedure, world_of(checked))
    failed = [(result.name, result.failures) for result in results if not result.ok]
    assert failed == [], failed
    assert results
    return results
