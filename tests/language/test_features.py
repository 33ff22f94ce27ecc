"""Each of the 39 features of real procedures has a file in the table: it is accepted, and its own tests hold."""

import re
from datetime import date
from pathlib import Path

import pytest

from app.definition.check import Checked
from app.definition.problem import blocks_publishing
from app.engine.scenario import run_scenarios
from app.operations.config_folder import check_folder
from app.operations.scenario_run import world_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "features" / "config"
FILES = sorted(path.stem for path in (FOLDER / "procedures").glob("*/f*.yaml"))
ROW = re.compile(r"^\| (\d+) \|.*\[`([a-z0-9-]+)`\]\((features/config/[a-z0-9/.-]+\.yaml)\) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def folder() -> Checked:
    return check_folder(FOLDER, ())


def test_nothing_in_the_folder_forbids_publishing(folder: Checked) -> None:
    problems = {*folder.common_problems, *(one for done in folder.procedures.values() for one in done.problems)}
    assert not blocks_publishing(problems), [str(one) for one in sorted(problems)]


@pytest.mark.parametrize("stem", FILES)
def test_the_tests_of_a_feature_hold(folder: Checked, stem: str) -> None:
    found = next(one for key, one in folder.procedures.items() if key.endswith("/" + stem))
    world = world_of(folder, date(2026, 3, 2))
    assert world is not None
    results = run_scenarios(found.procedure, world)
    assert results, "a feature without a test proves nothing"
    assert all(result.ok for result in results), [result for result in results if not result.ok]


def test_the_table_names_every_feature_and_its_file() -> None:
    rows = ROW.findall((DOCS / "features.md").read_text(encoding="utf-8"))
    assert [int(number) for number, _, _ in rows] == list(range(1, 40))
    assert all((DOCS / path).is_file() and Path(path).stem == stem for _, stem, path in rows)
    assert sorted({stem for _, stem, _ in rows}) == FILES
