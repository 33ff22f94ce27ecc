"""Judging on all processors gives what judging in turn gives, whatever becomes of the helpers."""

import os
from collections.abc import Sequence

import pytest

from app.cli import all_processors
from app.cli.all_processors import on_all_processors
from app.definition.check import check_config, problems_of
from app.definition.ground import Ground
from app.definition.judging import Task, in_turn
from app.definition.remembered import Remembered
from tests.definition.configs import SMALL, small_folder


class Forgetful:
    """A memory that keeps nothing."""

    def recall(self, name: str) -> Remembered | None:
        return None

    def note(self, name: str, outcome: Remembered) -> None:
        return None


def folder(count: int) -> dict[str, bytes]:
    """Every third file has a mistake, every seventh cannot be read."""
    files = small_folder()
    for number in range(count):
        text = SMALL.replace("land/small", f"land/n-{number}")
        text = text.replace("field: land", "feild: land") if number % 3 == 0 else text
        files[f"procedures/land/n-{number}.yaml"] = b"key: [" if number % 7 == 0 else text.encode()
    return files


@pytest.fixture
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processors, and worth using from two files each on."""
    monkeypatch.setattr(all_processors, "FEWEST", 2)
    monkeypatch.setattr(all_processors, "_processors", lambda: 3)


@pytest.mark.usefixtures("processors")
@pytest.mark.parametrize("count", [0, 1, 3, 5, 20])
def test_the_problems_are_those_found_in_turn(count: int) -> None:
    files = folder(count)
    told = problems_of(files, None, {}, Forgetful(), on_all_processors)
    checked = check_config(files)
    assert told.problems == checked.problems
    assert told.procedures == len(checked.procedures)


@pytest.mark.usefixtures("processors")
def test_a_helper_that_dies_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here = os.getpid()

    def judged(ground: Ground, tasks: Sequence[Task]) -> list[Remembered]:
        if os.getpid() != here:
            os._exit(9)
        return in_turn(ground, tasks)

    monkeypatch.setattr(all_processors, "in_turn", judged)
    files = folder(10)
    assert problems_of(files, None, {}, Forgetful(), on_all_processors).problems == check_config(files).problems


@pytest.mark.usefixtures("processors")
def test_what_has_no_plain_spelling_is_found_out_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def odd(outcome: Remembered) -> list[object]:
        raise TypeError

    monkeypatch.setattr(all_processors, "to_json", odd)
    files = folder(10)
    assert problems_of(files, None, {}, Forgetful(), on_all_processors).problems == check_config(files).problems


def test_few_files_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> object:
        raise AssertionError("a process was started")

    monkeypatch.setattr(all_processors, "_Helper", started)
    assert problems_of(folder(5), None, {}, Forgetful(), on_all_processors).procedures > 1
