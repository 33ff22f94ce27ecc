"""Procedures that name each other (R06, W15)."""

from tests.definition.configs import checked
from tests.engine.test_calls import BOTH, CALLER, SHEET


def test_r06_a_called_procedure_must_exist() -> None:
    lost = [problem for problem in checked(CALLER).problems if problem.rule == "R06"]
    assert [problem.params["key"] for problem in lost] == ["land/sheet"]
    assert "R06" not in {problem.rule for problem in checked(CALLER, **BOTH).problems}


def test_w15_procedures_may_not_wait_for_each_other() -> None:
    waiting = {"procedures__land__sheet": SHEET.replace("wait: false, ", "")}
    found = [problem for problem in checked(CALLER, **waiting).problems if problem.rule == "W15"]
    assert [problem.params["path"] for problem in found] == ["land/sheet → land/sheet"]
    back = {"procedures__land__sheet": SHEET.replace("procedure: land/sheet, wait: false", "procedure: land/small")}
    found = [problem for problem in checked(CALLER, **back).problems if problem.rule == "W15"]
    assert {problem.params["path"] for problem in found} == {
        "land/small → land/sheet → land/small",
        "land/sheet → land/small → land/sheet",
    }
