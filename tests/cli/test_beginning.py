"""`flask procedures new` and `list`: a first file that holds whatever is answered, and what there is."""

import json
import shutil
import unicodedata
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.procedures import procedures
from app.definition.problem import Severity
from app.definition.source import ScalarNode, read_source
from app.definition.starting_file import name_from
from app.definition.yaml_text import yaml_text
from app.storage.people import Person
from tests.cli.office import BRANCHING, make_folder, put, run

OFFICE = Path(__file__).parents[1] / "small_office"
USUAL = ("--field", "land", "--agency", "land-registry", "--limit", "5", "--from", "2026-03-02")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path, branching=BRANCHING)


def test_a_file_from_options_is_right_and_its_test_passes(folder: Path) -> None:
    options = ("--title", "Cấp bản sao", "--fee", "20000", "--documents", "Đơn", "--documents", "Bản sao thẻ")
    made = run(folder, "new", *USUAL, *options)
    assert (made.exit_code, made.stderr) == (0, "")
    assert run(folder, "check", "config/procedures/land/cap-ban-sao.yaml").exit_code == 0
    (report,) = json.loads(run(folder, "test", "land/cap-ban-sao", "--format", "json").stdout)
    assert (report["passed"], len(report["tests"])) == (True, 1)
    text = (folder / "procedures/land/cap-ban-sao.yaml").read_text(encoding="utf-8")
    assert "      due: 2026-03-09 17:00\n      fee: 20000\n      status: returned\n" in text
    assert text.count("originals: 1") == 2


def test_questions_are_asked_until_they_are_answered(folder: Path) -> None:
    answers = "Cấp lại thẻ\nland\nland-registri\nland-registry\n\nlâu lắm\n7\n0\nĐơn đề nghị\n\nLuật A\n\n"
    made = run(folder, "new", answers=answers)
    assert made.exit_code == 0
    assert "Ý bạn là land-registry?" in made.output
    assert "không phải thời hạn" in made.output
    text = (folder / "procedures/land/cap-lai-the.yaml").read_text(encoding="utf-8")
    assert "time_limit: 7 working days" in text
    assert "legal_basis: [Luật A]" in text


def test_nothing_is_written_over(folder: Path) -> None:
    made = run(folder, "new", *USUAL, "--title", "Khác", "--key", "land/branching")
    assert (made.exit_code, "đã có tệp" in made.stderr) == (2, True)
    assert (folder / "procedures/land/branching.yaml").read_text(encoding="utf-8") == BRANCHING


@pytest.mark.parametrize(
    "options",
    [
        ("--title", "A", "--key", "land/../../out"),
        ("--title", "A\nkey: land/other"),
        ("--title", "A", "--key", "land/Không"),
        ("--title", "A", "--documents", "đ" * 2000),
        ("--title", "A", "--for", "nobody"),
        ("--title", " "),
        ("--title", "A", "--limit", "soon"),
    ],
)
def test_wrong_answers_write_nothing(folder: Path, options: tuple[str, ...]) -> None:
    before = sorted(path for path in folder.parent.rglob("*.yaml"))
    made = run(folder, "new", *USUAL, *options)
    assert made.exit_code in (1, 2)
    assert made.stderr
    assert sorted(path for path in folder.parent.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    "title", ["- 'đ': [x], &y *z !w %v @u |", 'a: "b" # c', "yes", "1.0", "{x} [y]", "? !!str", "`x` \\n", "=1", "~"]
)
def test_hostile_titles_stay_what_they_are(folder: Path, title: str) -> None:
    made = run(folder, "new", *USUAL, "--title", title, "--key", "land/hostile", "--result", "Giấy")
    if made.exit_code == 0:
        shown = json.loads(run(folder, "show", "land/hostile", "--expanded", "--format", "json").stdout)
        assert shown["title"] == title
    else:
        assert "hostile.yaml" in made.stderr
        assert not (folder / "procedures/land/hostile.yaml").exists()


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"]), min_size=1))
def test_any_text_written_reads_back(title: str) -> None:
    source = read_source("x.yaml", yaml_text({"title": title, "list": [title, {"inner": title}]}).encode())
    if any(problem.severity is not Severity.WARNING for problem in source.problems):
        return  # an invisible character: refused at its place, never taken for something else
    assert source.tree is not None
    node = source.tree.get("title")
    assert isinstance(node, ScalarNode)
    assert (node.text, node.is_null) == (unicodedata.normalize("NFC", title), False)


@given(st.text(max_size=200))
def test_a_key_can_be_made_of_any_title(title: str) -> None:
    name = name_from(title)
    assert name.isascii()
    assert name[:1].isalpha()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 60


def test_the_list_without_a_database(folder: Path) -> None:
    put(folder, "procedures/land/bad.yaml", BRANCHING.replace("branching", "bad").replace("by: reception", "by: x@y"))
    listed = run(folder, "list", "--files-only", "--format", "json")
    assert listed.exit_code == 0
    assert [(row["key"], row["version"], row["state"]) for row in json.loads(listed.stdout)] == [
        ("land/bad", "–", "còn lỗi"),
        ("land/branching", "–", "kiểm tra đạt"),
    ]
    text = run(folder, "list", "--files-only")
    assert "land/branching" in text.stdout
    assert "2 thủ tục" in text.stderr


def test_the_list_beside_what_is_published(database: Flask, office: dict[str, Person], tmp_path: Path) -> None:
    shutil.copytree(OFFICE, tmp_path / "config")
    changed_file = tmp_path / "config/procedures/water/notice.yaml"
    changed_file.write_text(
        changed_file.read_text(encoding="utf-8").replace("title: ", "title: Mới "), encoding="utf-8"
    )
    listed = database.test_cli_runner().invoke(
        procedures, ["list", "--config", str(tmp_path / "config"), "--format", "json"]
    )
    states = {row["key"]: (row["version"], row["state"]) for row in json.loads(listed.stdout)}
    assert states == {"land/permit": ("1", "đã công bố"), "water/notice": ("1", "đã sửa, chưa công bố")}
