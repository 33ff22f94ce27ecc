"""The configuration that is shipped: nothing is said about it, its tests pass, the tutorial's example fits into it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.definition.calendar_years import settings_on
from app.definition.check import Checked, CheckedProcedure, check_config
from app.definition.source import read_tree
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import run_scenarios
from app.engine.world import World

ROOT = Path(__file__).parents[2]
FILES = dict(read_tree(ROOT / "config").files)
EXAMPLE = ROOT / "docs" / "examples" / "copy-request.yaml"
CHECKED = check_config(FILES)


def world_of(checked: Checked) -> World:
    """A world with the calendar and the organisation of a folder."""
    assert checked.organisation is not None
    settings = ClockSettings.from_mapping(settings_on(checked.calendar_edition, date(2026, 1, 1)))
    calendar = Calendar.from_edition(checked.calendar_edition)
    return World(calendar, settings, checked.organisation, MemoryNumbers(checked.organisation))


def scenarios() -> Iterator[tuple[str, str]]:
    """Every scenario of every shipped procedure."""
    for key, one in CHECKED.procedures.items():
        yield from ((key, str(test["name"])) for test in one.procedure.tests)


def failures(one: CheckedProcedure, name: str, checked: Checked) -> list[object]:
    """What one scenario finds wrong."""
    results = run_scenarios(one.procedure, world_of(checked))
    return [failure for result in results if result.name == name for failure in result.failures]


def test_nothing_is_said_about_the_shipped_configuration() -> None:
    assert [f"{one.file}:{one.line}:{one.column} {one.rule} {one.message('en')}" for one in CHECKED.problems] == []


def test_five_procedures_of_four_fields_are_shipped_and_publishable() -> None:
    assert len(CHECKED.procedures) >= 5
    assert len({one.procedure.field for one in CHECKED.procedures.values()}) >= 4
    assert all(one.publishable for one in CHECKED.procedures.values())


@pytest.mark.parametrize(("key", "name"), list(scenarios()))
def test_a_shipped_scenario_passes(key: str, name: str) -> None:
    assert failures(CHECKED.procedures[key], name, CHECKED) == []


@pytest.mark.parametrize("path", sorted(path for path in FILES if not path.startswith("calendar/")))
def test_every_shipped_file_names_the_schema_that_explains_it(path: str) -> None:
    first = FILES[path].decode().splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = (Path("config") / path).parent / first.partition("$schema=")[2]
    assert Path(*_resolved(schema)).parts[:2] == ("config", "schema")


def _resolved(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return parts


def test_the_tutorial_example_is_clean_where_it_is_copied_to() -> None:
    checked = check_config({**FILES, "procedures/land/copy-request.yaml": EXAMPLE.read_bytes()})
    assert [f"{one.line}:{one.column} {one.rule} {one.message('en')}" for one in checked.problems] == []
    one = checked.procedures["land/copy-request"]
    assert one.publishable
    assert [failures(one, str(test["name"]), checked) for test in one.procedure.tests] == [[]] * len(
        one.procedure.tests
    )


def blocks(text: str) -> list[str]:
    """The YAML blocks of the tutorial, in order."""
    return [block.partition("```")[0] for block in text.split("```yaml\n")[1:]]


def test_the_tutorial_works_as_it_is_written() -> None:
    tutorial = (ROOT / "docs" / "how-to-write-a-procedure.md").read_text(encoding="utf-8")
    form, fees, test, *_ = blocks(tutorial)
    text = EXAMPLE.read_text(encoding="utf-8")
    before, _, after = text.partition("form:\n")
    text = before + form + after.partition("documents:\n")[1] + after.partition("documents:\n")[2]
    text = text.replace("route:\n", fees + "route:\n")
    checked = check_config({**FILES, "procedures/land/copy-request.yaml": text.encode()})
    (problem,) = checked.problems
    told = f"config/{problem.file}:{problem.line}:{problem.column}: {problem.rule}: {problem.message('vi')}"
    assert told in tutorial
    text = text.partition("    given:")[0] + test
    checked = check_config({**FILES, "procedures/land/copy-request.yaml": text.encode()})
    assert checked.problems == ()
    one = checked.procedures["land/copy-request"]
    assert failures(one, str(one.procedure.tests[0]["name"]), checked) == []


def test_the_dossier_code_is_numbered_per_unit_and_day() -> None:
    assert CHECKED.organisation is not None
    register = CHECKED.organisation.registers["dossier-code"]
    assert (register.number, register.restarts, register.scope) == ("{unit.code}-{yymmdd}-{n:04}", "day", "unit")
    receiving = [unit for unit in CHECKED.organisation.units.values() if "reception" in unit.roles]
    assert receiving
    assert len({unit.code for unit in receiving} - {""}) == len(receiving)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("land/certificate-exchange", "time_limit.cases"),
        ("land/change-registration", "step.pauses"),
        ("sea/area-allocation", "step.consult"),
        ("environment/environmental-permit", "step.ways"),
        ("security/mortgage-deletion", "time_limit.cutoff"),
    ],
)
def test_each_shows_what_it_was_chosen_for(key: str, wanted: str) -> None:
    procedure = CHECKED.procedures[key].procedure
    steps = procedure.route.default.steps if procedure.route.default else ()
    shown = {
        "time_limit.cases": bool(procedure.time_limit.promised.cases and procedure.time_limit.add),
        "step.pauses": any(step.pauses and step.wait and step.wait.on == "payment" for step in steps),
        "step.consult": any(step.consult and len(step.consult.ask) > 2 for step in steps),
        "step.ways": any(len(step.ways) > 2 for step in steps),
        "time_limit.cutoff": procedure.time_limit.cutoff == "15:00",
    }
    assert shown[wanted]
