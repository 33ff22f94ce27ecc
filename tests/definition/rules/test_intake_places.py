"""Where a dossier may be taken in, and which place decides who has the work (R02 R05 O03)."""

import pytest

from tests.definition.rules.good_folder import GOOD, ORGANISATION, PROCEDURE, check


def rules_of(intake: str, organisation: str = "") -> list[tuple[str, str]]:
    """What is said of a procedure with these lines, as (rule, message)."""
    files = {**GOOD, PROCEDURE: f"{GOOD[PROCEDURE]}\n{intake}\n"}
    if organisation:
        files[ORGANISATION] = organisation
    return [(one.rule, one.message("en")) for one in check(files).problems]


@pytest.mark.parametrize(
    "intake",
    [
        "intake_at: [type.one-stop]",
        "intake_at: [counter]",
        "intake_at: [type.one-stop, division]",
        "non_territorial: true",
        "locality: applicant.place",
        "intake_at: {default: [counter], cases: []}",
    ],
)
def test_places_that_receive_are_accepted(intake: str) -> None:
    assert rules_of(intake) == []


@pytest.mark.parametrize(
    ("intake", "expected"),
    [
        ("intake_at: [countr]", ("R05", 'Unit "countr" is not in organisation.yaml')),
        ("intake_at: [type.one-stp]", ("R05", 'Unit type "one-stp" is not in organisation.yaml')),
        ("intake_at: [counter, office]", ("O03", 'Unit "office" is named in intake_at and has no role reception')),
        ("locality: nowhere", ("R02", 'Field "nowhere" does not exist on this form')),
    ],
)
def test_a_place_that_does_not_exist_or_does_not_receive_is_told(intake: str, expected: tuple[str, str]) -> None:
    assert expected in rules_of(intake)
