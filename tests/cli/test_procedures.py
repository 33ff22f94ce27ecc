"""`flask procedures`: check, schema and show, without a database."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli.procedures import procedures
from tests.definition.configs import EXAMPLES, SMALL

GOOD = ("organisation.yaml", "calendar/2026.yaml", "shared/documents/land.yaml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config folder below the working folder, with one procedure without mistakes."""
    monkeypatch.chdir(tmp_path)
    for name in GOOD:
        (tmp_path / "config" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(EXAMPLES / name, tmp_path / "config" / name)
    write(tmp_path / "config/procedures/land/small.yaml", SMALL)
    return tmp_path / "config"


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, *arguments: str) -> Result:
    app = Flask("bare")
    app.config["CONFIG_FOLDER"] = str(folder)
    app.config["DATA_FOLDER"] = str(folder.parent / "data")
    return app.test_cli_runner().invoke(procedures, arguments)


def test_a_folder_with_warnings_only_ends_well(folder: Path) -> None:
    result = run(folder, "check")
    assert result.exit_code == 0
    assert "1 thủ tục, 0 lỗi" in result.stderr


def test_a_mistake_is_printed_with_file_line_column_rule_and_cure(folder: Path) -> None:
    write(folder / "procedures/land/small.yaml", SMALL.replace("field: land", "feild: land"))
    result = run(folder, "check")
    assert result.exit_code == 1
    assert (
        'config/procedures/land/small.yaml:4:1: K01: Không có khóa "feild" trong thủ tục\n  Ý bạn là "field"?'
        in result.stdout
    )


def test_json_is_a_list_of_problems(folder: Path) -> None:
    write(folder / "procedures/land/small.yaml", SMALL.replace("field: land", "feild: land"))
    result = run(folder, "check", "--format", "json")
    assert result.exit_code == 1
    first = next(one for one in json.loads(result.stdout) if one["rule"] == "K01")
    assert {key: first[key] for key in ("file", "line", "column", "severity")} == {
        "file": "config/procedures/land/small.yaml",
        "line": 4,
        "column": 1,
        "severity": "error",
    }
    assert list(first) == ["file", "line", "column", "rule", "severity", "message", "hint"]


def test_nothing_wrong_is_an_empty_list(folder: Path) -> None:
    result = run(folder, "check", "config/calendar/2026.yaml", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_messages_can_be_english(folder: Path) -> None:
    write(folder / "procedures/land/small.yaml", SMALL.replace("field: land", "feild: land"))
    assert 'Unknown key "feild" in procedure' in run(folder, "check", "--locale", "en").stdout


def test_only_the_named_file_is_reported(folder: Path) -> None:
    write(folder / "procedures/land/other.yaml", SMALL.replace("key: land/small", "kei: land/other"))
    assert run(folder, "check", "config/procedures/land/small.yaml").exit_code == 0
    assert run(folder, "check", "config/procedures/land/other.yaml").exit_code == 1
    assert run(folder, "check", "config/procedures/land").exit_code == 1


def test_another_config_folder_is_checked_with_its_own_organisation(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(folder, other)
    shutil.rmtree(folder)
    organisation = (other / "organisation.yaml").read_text(encoding="utf-8")
    (other / "organisation.yaml").write_text(organisation.replace("agency: {key", "agency: {kye"), encoding="utf-8")
    result = run(folder, "check", str(other))
    assert result.exit_code == 1
    assert "elsewhere/organisation.yaml:2:10: K01" in result.stdout


def test_a_file_from_outside_is_checked_against_the_shipped_folder(folder: Path, tmp_path: Path) -> None:
    draft = write(
        tmp_path / "drafts/new.yaml",
        SMALL.replace("land/small", "land/new").replace("by: reception", "by: officer@@x", 1),
    )
    result = run(folder, "check", str(draft))
    assert result.exit_code == 1
    assert "K03" in [line.split(": ")[1] for line in result.stdout.splitlines() if line.startswith("drafts/new.yaml")]
    assert "K06" not in result.stdout
    assert "R05" not in result.stdout


def test_a_draft_of_a_shipped_procedure_takes_its_place(folder: Path, tmp_path: Path) -> None:
    draft = write(tmp_path / "drafts/mine.yaml", SMALL)
    result = run(folder, "check", str(draft))
    assert (result.exit_code, "K06" in result.stdout, "P03" in result.stdout) == (0, False, False)


@pytest.mark.parametrize("path", ["nowhere.yaml", "config/procedures/land/none.yaml"])
def test_a_path_that_is_not_there_is_a_clear_error(folder: Path, path: str) -> None:
    result = run(folder, "check", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert path in result.stderr


def test_a_folder_without_configuration_is_a_clear_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run(folder, "check", "empty")
    assert (result.exit_code, "organisation.yaml" in result.stderr) == (2, True)


def test_a_link_out_of_the_folder_is_a_problem_and_hides_nothing(folder: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.yaml", "password: x\n")
    (folder / "procedures/land/link.yaml").symlink_to(secret)
    result = run(folder, "check")
    assert "config/procedures/land/link.yaml:1:1: Y09" in result.stdout
    assert "password" not in result.stdout


def test_the_schema_is_printed_and_written(folder: Path, tmp_path: Path) -> None:
    printed = json.loads(run(folder, "schema").stdout)
    assert printed["properties"]["route"]["description"] == "Quy trình: các bước."
    assert json.loads(run(folder, "schema", "calendar").stdout)["title"] == "Lịch làm việc"
    assert run(folder, "schema", "--write", str(tmp_path / "schema")).exit_code == 0
    assert json.loads((tmp_path / "schema/procedure.json").read_text(encoding="utf-8")) == printed


def test_a_file_with_broken_syntax_is_told_when_it_alone_is_asked_for(folder: Path) -> None:
    write(folder / "procedures/land/small.yaml", "schema: [\n")
    result = run(folder, "check", "config/procedures/land/small.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("config/procedures/land/small.yaml:")
