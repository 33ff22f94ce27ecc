"""The memory of checks on disk: whatever happens to its file, a check tells the truth."""

import os
import random
from pathlib import Path

import pytest

from app.definition.check import problems_of
from app.definition.problem import Problem
from app.definition.remembered import Remembered
from app.storage import check_memory
from app.storage.check_memory import DiskMemory
from tests.definition.configs import SMALL_PATH, changed, small_folder

KEPT = Remembered(None, (Problem("tệp.yaml", 3, 4, "K05", {"key": "k", "max": 5}),))
FILES = small_folder(changed("field: land", "feild: land"))


def kept_in(folder: Path) -> Path:
    (found,) = folder.glob("*.checks")
    return found


def told(folder: Path) -> tuple[tuple[Problem, ...], int]:
    """The problems, and how many outcomes the memory knew."""
    memory = DiskMemory(folder, "office")
    known = len(memory._stored)
    problems = problems_of(FILES, None, {}, memory).problems
    memory.keep()
    return problems, known


def test_what_one_check_notes_the_next_one_knows(tmp_path: Path) -> None:
    memory = DiskMemory(tmp_path / "new/checks", "office")
    assert memory.recall("a") is None
    memory.note("a", KEPT)
    memory.keep()
    assert DiskMemory(tmp_path / "new/checks", "office").recall("a") == KEPT
    assert DiskMemory(tmp_path / "new/checks", "another office").recall("a") is None


def test_what_is_used_no_more_goes(tmp_path: Path) -> None:
    memory = DiskMemory(tmp_path, "office")
    memory.note("a", KEPT)
    memory.note("b", KEPT)
    memory.keep()
    memory = DiskMemory(tmp_path, "office")
    memory.recall("b")
    memory.keep()
    memory = DiskMemory(tmp_path, "office")
    assert (memory.recall("a"), memory.recall("b")) == (None, KEPT)


def test_an_unchanged_folder_writes_nothing(tmp_path: Path) -> None:
    told(tmp_path)
    before = kept_in(tmp_path).stat()
    assert told(tmp_path)[1] == 1
    after = kept_in(tmp_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    fresh, known = told(tmp_path)
    assert known == 0
    whole = kept_in(tmp_path).read_bytes()
    chance = random.Random(20261124)
    damages = [b"", b"\n", whole[:70], whole[:-1], whole + b"x", whole[65:], b"\x00" * 200, b"[" * 100_000]
    for _ in range(40):
        at = chance.randrange(len(whole))
        damages.append(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
    for damaged in damages:
        kept_in(tmp_path).write_bytes(damaged)
        assert told(tmp_path) == (fresh, 0)
        assert told(tmp_path) == (fresh, 1)


@pytest.mark.parametrize("value", [None, 1, "x", [], [1], [None, [["a"]]], [None, [["a", 0, 1, "K05", {}, None]]], {}])
def test_values_that_make_no_outcome_are_not_believed(tmp_path: Path, value: object) -> None:
    memory = DiskMemory(tmp_path, "office")
    memory._stored["a"] = value
    assert memory.recall("a") is None


def test_a_folder_that_cannot_be_written_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "checks").write_text("a file stands where the folder should be", encoding="utf-8")
    fresh, known = told(tmp_path / "checks")
    assert (fresh, known) == (problems_of(FILES, None, {}, DiskMemory(tmp_path, "none")).problems, 0)
    assert {problem.file for problem in fresh} >= {SMALL_PATH}


def test_only_the_folders_checked_last_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_memory, "MOST_FOLDERS", 2)
    for at, office in enumerate(("first", "second", "third")):
        memory = DiskMemory(tmp_path, office)
        memory.note("a", KEPT)
        memory.keep()
        os.utime(memory._file, (at, at)) if office != "third" else None
    assert [DiskMemory(tmp_path, office).recall("a") is not None for office in ("first", "second", "third")] == [
        False,
        True,
        True,
    ]
    assert len(list(tmp_path.iterdir())) == 2
