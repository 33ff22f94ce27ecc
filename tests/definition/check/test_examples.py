"""The example folder, written in the whole language: everything is known, and what nothing runs yet says so."""

import pytest

from app.definition.check import check_config
from tests.definition.configs import OURS, example_files

CHECKED = check_config(example_files())
RUNNABLE = (
    "demo/copy-request",
    "environment/environmental-permit",
    "land/certificate-exchange",
    "land/change-registration",
    "sea/area-allocation",
    "security/mortgage-deletion",
    "water/drilling-practice-permit",
)


def test_every_key_of_the_examples_is_known() -> None:
    found = {problem.rule for problem in CHECKED.problems if OURS.fullmatch(problem.rule)}
    assert found == {"K13"}


@pytest.mark.parametrize("key", RUNNABLE)
def test_an_example_that_can_run_has_nothing_unsupported(key: str) -> None:
    assert [problem for problem in CHECKED.procedures[key].problems if OURS.fullmatch(problem.rule)] == []


@pytest.mark.parametrize("key", sorted(CHECKED.procedures))
def test_expanding_is_the_same_every_time(key: str) -> None:
    again = check_config(example_files()).procedures[key]
    assert again.expanded == CHECKED.procedures[key].expanded
    assert again.digest == CHECKED.procedures[key].digest


def test_a_procedure_names_every_text_it_came_from() -> None:
    assert sorted(CHECKED.procedures["land/certificate-exchange"].sources) == [
        "procedures/land/certificate-exchange.yaml",
        "shared/documents/common.yaml",
        "shared/documents/land.yaml",
        "shared/forms/land-change.yaml",
        "shared/registers.yaml",
        "shared/routes/land-registry.yaml",
    ]


def test_the_organisation_and_the_calendar_are_read() -> None:
    assert CHECKED.organisation is not None
    assert CHECKED.organisation.units["survey"].parent == "land-registry"
    assert CHECKED.organisation.registers["permits"].number == "{n:02}/GP-UBND"
    assert CHECKED.calendar_edition["known_from"] == "2025-01-01"
    assert CHECKED.calendar_edition["days_off"]["2026-01-02"] == "Nghỉ hoán đổi"
