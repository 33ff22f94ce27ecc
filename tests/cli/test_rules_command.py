"""`flask procedures rules`: one rule or all of them, in three formats and two languages."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.rules_command import rules
from app.definition.rule_pages import page


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(rules, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_one_rule_is_explained_with_both_passages() -> None:
    code, text, _ = run("x05")
    assert code == 0
    assert text.startswith("X05 (không công bố được): Điều kiện đọc")
    assert "Sai (procedures/land/permit.yaml)" in text
    assert "Đúng (procedures/land/permit.yaml)" in text
    assert "first filled in later step" in run("X05", "--lang", "en")[1]


@pytest.mark.parametrize("name", ["X99", "", "X5", "'; DROP TABLE", "🙂"])
def test_an_unknown_rule_is_told_with_the_nearest(name: str) -> None:
    code, text, error = run(name)
    assert (code, text) == (2, "")
    assert "Không có quy tắc" in error


def test_all_rules_are_printed_and_written(tmp_path: Path) -> None:
    assert run("--format", "html", "--lang", "en")[1] == page("html", "en")
    assert run("--write", str(tmp_path / "rules"))[0] == 0
    assert (tmp_path / "rules" / "vi.md").read_text(encoding="utf-8") == page("markdown", "vi")
