"""`flask clock check`, on a bare application without a database."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.cli.clock import clock

VECTORS = Path(__file__).parents[1] / "vectors"


def run(*arguments: object) -> Result:
    app = Flask("bare")
    app.cli.add_command(clock)
    return app.test_cli_runner().invoke(args=["clock", "check", *map(str, arguments)])


@pytest.fixture
def two_vectors(tmp_path: Path) -> Path:
    shutil.copytree(VECTORS / "calendars", tmp_path / "calendars")
    vectors = json.loads((VECTORS / "clock.json").read_text(encoding="utf-8"))[:2]
    vectors[1]["expect"] |= {"due": "2018-02-22T17:00", "remaining_text": "còn 1 ngày"}
    vectors[1]["rule"] = "other"
    file = tmp_path / "two.json"
    file.write_text(json.dumps(vectors), encoding="utf-8")
    return file


def test_the_shipped_vectors_agree() -> None:
    result = run(VECTORS / "clock.json")
    assert (result.exit_code, result.output) == (0, "385 vectors, 0 disagree\n")


def test_each_disagreement_is_a_line_and_the_last_line_counts_the_vectors(two_vectors: Path) -> None:
    result = run(two_vectors)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        'tet-002\tdue\texpected "2018-02-22T17:00"\tgot "2018-02-21T17:00"',
        'tet-002\tremaining_text\texpected "còn 1 ngày"\tgot "còn 1 ngày 5 giờ"',
        "2 vectors, 1 disagree",
    ]


def test_only_the_rules_asked_for_are_run(two_vectors: Path) -> None:
    result = run(two_vectors, "--rule", "tet", "--rule", "tett")
    assert (result.exit_code, result.stdout) == (0, "1 vectors, 0 disagree\n")
    assert "no vector of the rule 'tett'; there are other, tet" in result.stderr


def test_a_rule_that_no_vector_has_is_no_agreement(two_vectors: Path) -> None:
    assert run(two_vectors, "--rule", "tett").exit_code == 2


def test_several_files_are_one_run(two_vectors: Path) -> None:
    result = run(two_vectors, VECTORS / "clock.json")
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, "387 vectors, 1 disagree")


def test_a_bad_file_names_itself_and_the_place(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('[{"id": "x", "limits": {}}]', encoding="utf-8")
    for file, message in ((bad, "bad.json: vector 0.limits: unknown key"), (tmp_path / "no.json", "cannot be read")):
        result = run(file)
        assert result.exit_code == 2
        assert message in result.stderr
        assert result.stdout == ""


def test_a_value_that_is_missing_is_shown_plainly(two_vectors: Path) -> None:
    vectors = json.loads(two_vectors.read_text(encoding="utf-8"))
    vectors[0]["expect"] = {"error": "limit_fraction"}
    two_vectors.write_text(json.dumps(vectors), encoding="utf-8")
    assert 'tet-001\terror\texpected "limit_fraction"\tgot (missing)' in run(two_vectors).output
