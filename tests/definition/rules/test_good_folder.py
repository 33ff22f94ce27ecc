"""The good twin of every bad file: nothing is said about it."""

from tests.definition.rules.good_folder import GOOD, check


def test_nothing_is_said_about_the_good_folder() -> None:
    checked = check(GOOD)
    assert [f"{one.file}:{one.line}:{one.column} {one.rule} {one.message('en')}" for one in checked.problems] == []
    assert checked.procedures["land/permit"].publishable
