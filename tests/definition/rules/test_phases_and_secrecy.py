"""Papers of phases that nobody takes in, and secrets without a book of their own (D06, O09)."""

from tests.definition.configs import changed, checked
from tests.engine.test_internal_work import BOOKS, WRITTEN
from tests.engine.test_later_phases import WRITTEN as TWO_PHASES


def rules(text: str, **others: str) -> set[str]:
    return {problem.rule for problem in checked(text, **others).problems}


def test_d06_papers_of_a_phase_that_nobody_takes_in() -> None:
    lost = changed("does: intake, phase: second", "does: work, phase: second", TWO_PHASES)
    found = [problem for problem in checked(lost).problems if problem.rule == "D06"]
    assert [(problem.params["document"], problem.params["phase"]) for problem in found] == [("final", "second")]
    assert "D06" not in rules(TWO_PHASES)
    assert "R08" in rules(changed("phase: second, when: big", "phase: third, when: big", TWO_PHASES))


def test_o09_secrecy_needs_a_field_and_a_secret_book() -> None:
    level = "level: {label: Độ mật, type: choice, required: true, options: {open: Thường, secret: Mật}}"
    text = changed("form: {fields: {", f"access: {{secrecy: level}}\nform: {{fields: {{{level}, ", WRITTEN)
    assert "O09" in rules(text, **BOOKS)
    choice = 'register: {default: tasks, cases: [{when: level == "secret", is: secret-tasks}]}'
    assert "O09" not in rules(changed("register: tasks", choice, text), **BOOKS)
    assert "R02" in rules(changed("time_limit:", "access: {secrecy: mark}\ntime_limit:", WRITTEN), **BOOKS)
    assert "R04" in rules(changed("time_limit:", "access: {view: [ghost@nnmt]}\ntime_limit:", WRITTEN), **BOOKS)
