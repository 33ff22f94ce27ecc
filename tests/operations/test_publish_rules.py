"""What publishing asks of a new version: the version in force, its open dossiers, what no test walks."""

import shutil
from pathlib import Path

import pytest
from flask import Flask

from app.definition.problem import Problem
from app.operations.publish import Published, publish_config
from app.storage.catalogue_store import holder
from app.storage.people import Person, system_person
from tests.factories import MONDAY, OFFICE, permit

Office = dict[str, Person]
FILE = "procedures/land/permit.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small office that a test may change."""
    return Path(shutil.copytree(OFFICE, tmp_path / "office"))


def publish(folder: Path, old: str, new: str) -> Published | tuple[Problem, ...]:
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    done = publish_config(folder, ("land/permit",), system_person(), MONDAY)
    assert isinstance(done, Published | tuple), done
    return done


def line_of(folder: Path, text: str) -> tuple[int, int]:
    """Line and column of a text in the file."""
    lines = (folder / FILE).read_text(encoding="utf-8").splitlines()
    return next((at, line.index(text) + 1) for at, line in enumerate(lines, 1) if text in line)


def test_a_field_keeps_its_type(database: Flask, office: Office, folder: Path) -> None:
    epoch = holder.refresh().epoch
    done = publish(folder, "Ngày bắt đầu, type: date", "Ngày bắt đầu, type: text")
    assert isinstance(done, tuple)
    (problem,) = done
    assert problem.rule == "V02"
    assert problem.params == {"field": "starts_on", "a": "date", "b": "text"}
    assert (problem.line, problem.column) == line_of(folder, "text, list: true, filter: true}\n".strip())
    assert holder.refresh().epoch == epoch


def test_dossiers_in_progress_keep_the_old_parts(database: Flask, office: Office, folder: Path) -> None:
    first = publish(folder, "title: Thẩm định,", "title: Thẩm định kỹ,")
    assert isinstance(first, Published)
    assert "V03" not in {problem.rule for problem in first.warnings}
    permit(office["lan"])
    permit(office["lan"])
    second = publish(folder, "title: Thẩm định kỹ,", "title: Thẩm định lại,")
    assert isinstance(second, Published)
    (told,) = [problem for problem in second.warnings if problem.rule == "V03"]
    assert told.params["n"] == 2
    assert told.message("vi") == "2 hồ sơ đang giải quyết giữ quy trình cũ"
    assert (told.line, told.column) == line_of(folder, "route:")


def test_what_no_test_walks_is_named(database: Flask, office: Office, folder: Path) -> None:
    done = publish(folder, "title: Thẩm định,", "title: Thẩm định hồ sơ,")
    assert isinstance(done, Published)
    (told,) = [problem for problem in done.warnings if problem.rule == "Q02"]
    assert "appraise" in str(told.params["list"])
    assert (told.line, told.column) == line_of(folder, "- name: Cấp")
