"""Rules as a whole: every one has a bad file, every one has a message, real procedures stay publishable."""

import re
from pathlib import Path

import pytest

from app.definition.check import check_config
from app.definition.messages import RULES as TABLE
from app.definition.problem import Problem
from app.definition.rules import FOLDER_RULES, RULES
from tests.definition.configs import example_files
from tests.definition.rules.good_folder import GOOD, PROCEDURE, check

HERE = Path(__file__).parent
TESTS = HERE.parents[1]
RULE_FILES = Path(__file__).parents[3] / "app" / "definition" / "rules"
_ID = re.compile(r'"([A-Z][0-9]{2})"')


def ids_of_rules() -> set[str]:
    """Every rule that the modules of the rules can tell."""
    return {found for path in RULE_FILES.glob("*.py") for found in _ID.findall(path.read_text(encoding="utf-8"))}


def test_every_rule_has_a_bad_file() -> None:
    files = [*HERE.glob("test_*.py"), TESTS / "operations" / "test_publish_rules.py"]
    tried = {found for path in files for found in _ID.findall(path.read_text(encoding="utf-8"))}
    assert ids_of_rules() - tried == set()


def test_every_rule_is_in_the_table_of_messages() -> None:
    assert ids_of_rules() <= set(TABLE)


# Rules of the language reference about keys that do not run yet (K13 says so): why each has nothing to look at.
WITHOUT_ROOM = {
    "M08": "currency: only VND",
    "P08": "public",
    "O09": "access.secrecy",
    "V01": "migrate",
    "V04": "migrate",
    "V07": "migrate",
    "V05": "overlays",
    "V06": "overlays",
    "W15": "call",
    "C05": "conduct.withdraw",
    "C07": "conduct.send_back",
    "D06": "documents.phase",
    "N02": "notices",
    "N03": "notices",
    "N04": "notices",
    "N06": "prints.template",
}
DEFINITION = RULE_FILES.parent
OPERATIONS = DEFINITION.parent / "operations"


def test_every_rule_is_told_by_something_or_has_no_room_yet() -> None:
    files = [*DEFINITION.rglob("*.py"), *OPERATIONS.glob("*.py")]
    code = [path.read_text(encoding="utf-8") for path in files if path.parent.name != "messages"]
    told = {found for text in code for found in _ID.findall(text)}
    # Whoever builds one of those rooms takes its rule from the list; nobody may forget a rule silently.
    assert set(TABLE) - told - WITHOUT_ROOM.keys() == set()
    assert told - set(TABLE) == set()


def test_no_rule_runs_twice() -> None:
    names = [f"{rule.__module__}.{rule.__qualname__}" for rule in (*RULES, *FOLDER_RULES)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", [*RULES, *FOLDER_RULES], ids=lambda rule: rule.__qualname__)
def test_a_rule_says_what_it_finds(rule: object) -> None:
    assert re.match(r"[A-Z][0-9]{2}", (rule.__doc__ or "").strip())


def test_the_examples_that_can_run_stay_publishable() -> None:
    checked = check_config(example_files())
    runnable = {key: one for key, one in checked.procedures.items() if not any(p.rule == "K13" for p in one.problems)}
    assert len(runnable) >= 7
    assert {key for key, one in runnable.items() if not one.publishable} == set()


def mutated(text: str) -> list[str]:
    """The good procedure with one line at a time taken out."""
    lines = text.splitlines(keepends=True)
    return ["".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]


def test_rules_never_break_on_a_file_with_a_line_missing() -> None:
    for text in mutated(GOOD[PROCEDURE])[::3]:
        for problem in check({**GOOD, PROCEDURE: text}).problems:
            assert isinstance(problem, Problem)
            assert problem.message("vi")
            assert problem.message("en")
            assert problem.hint("vi")
