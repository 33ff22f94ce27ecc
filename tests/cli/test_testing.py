"""`flask procedures test`: failures at their place, what is not walked, suggestions that hold when pasted."""

import json
from pathlib import Path

import pytest

from app.definition.pasting import with_test
from tests.cli.office import BRANCHING, make_folder, put, run
from tests.definition.configs import changed


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path, branching=BRANCHING)


def test_what_passes_is_told_with_its_coverage(folder: Path) -> None:
    result = run(folder, "test", "land/branching")
    assert result.exit_code == 0
    # receive, work → sign, sign → return, return, and the ordinary limit
    assert "✓ land/branching: 1 kịch bản, đã đi 5/11 lối (45%)" in result.stdout
    assert "1 thủ tục, 1 kịch bản, 0 sai" in result.stdout


def test_what_no_test_walks_is_named(folder: Path) -> None:
    out = run(folder, "test").stdout
    for name in (
        "work → measure, khi có Đo đạc lại",
        "measure → sign",
        "sign → work, nút “Làm lại” (redo)",
        "work: yêu cầu bổ sung (supplement)",
        "work: từ chối (refuse)",
        "time_limit, khi có Đo đạc lại",
    ):
        assert f"chưa kiểm tra: {name}\n" in out
    assert "work → sign" not in out


def test_a_failure_names_place_expected_got_and_the_way_there(folder: Path) -> None:
    put(folder, "procedures/land/branching.yaml", changed("due: 2026-03-09 17:00", "due: 2026-03-10 17:00", BRANCHING))
    result = run(folder, "test", "land/branching")
    assert result.exit_code == 1
    out = result.stdout
    line = next(number for number, text in enumerate(BRANCHING.splitlines(), 1) if "due: 2026" in text)
    assert f"config/procedures/land/branching.yaml:{line}:19: Q04" in out
    assert "mong:  2026-03-10 17:00" in out
    assert "được:  2026-03-09 17:00" in out
    assert "2026-03-02 09:00  → work: Giải quyết, hạn 2026-03-03 17:00" in out
    assert "hạn trả hồ sơ 2026-03-09 17:00" in out


def test_json_says_the_same(folder: Path) -> None:
    put(folder, "procedures/land/branching.yaml", changed("status: returned", "status: stopped", BRANCHING))
    result = run(folder, "test", "--format", "json")
    (report,) = json.loads(result.stdout)
    (told,) = report["tests"][0]["failures"]
    assert result.exit_code == 1
    assert (told["rule"], told["expected"], told["got"]) == ("Q04", "stopped", "returned")
    assert report["coverage"]["transitions"] == 11
    assert {"at": "2026-03-02 09:00", "what": "entered", "step": "sign", "due": "2026-03-03 17:00", "detail": ""} in (
        report["tests"][0]["walk"]
    )


def test_a_file_with_mistakes_is_not_played(folder: Path) -> None:
    put(folder, "procedures/land/branching.yaml", changed("by: leader@agency", "by: leader@nowhere", BRANCHING))
    result = run(folder, "test")
    assert result.exit_code == 1
    assert "còn lỗi, chưa chạy kịch bản" in result.stdout
    assert "nowhere" in result.stdout


def test_a_file_that_cannot_be_read_fails(folder: Path) -> None:
    put(folder, "procedures/land/branching.yaml", "schema: [\n")
    result = run(folder, "test")
    assert (result.exit_code, "Y01" in result.stdout) == (1, True)


@pytest.mark.parametrize("name", ["land/brancing", "branching", "sea/branching"])
def test_an_unknown_key_is_told_with_what_was_meant(folder: Path, name: str) -> None:
    result = run(folder, "test", name)
    assert (result.exit_code, "land/branching?" in result.stderr) == (2, True)


def test_a_path_and_another_folder_can_be_named(folder: Path, tmp_path: Path) -> None:
    other = make_folder(tmp_path / "other", branching=BRANCHING, more=BRANCHING.replace("branching", "more"))
    assert "2 thủ tục" in run(folder, "test", "--config", str(other)).stdout
    assert "1 thủ tục" in run(folder, "test", "--config", str(other), "land/more").stdout
    assert "1 thủ tục" in run(folder, "test", str(other / "procedures/land/more.yaml")).stdout
    assert run(folder, "test", "--config", "nowhere").exit_code == 2


def test_many_are_played_in_several_processes_with_the_same_outcome(tmp_path: Path) -> None:
    names = [f"p{number:02}" for number in range(33)]
    folder = make_folder(tmp_path, **{name: BRANCHING.replace("branching", name) for name in names})
    alone = run(folder, "test", "--processes", "1")
    together = run(folder, "test", "--processes", "2")
    assert (alone.exit_code, alone.stdout) == (together.exit_code, together.stdout)
    assert "33 thủ tục, 33 kịch bản, 0 sai" in together.stdout


def test_what_is_suggested_passes_when_pasted_and_walks_everything(folder: Path) -> None:
    (report,) = json.loads(run(folder, "test", "--suggest", "--format", "json").stdout)
    text = BRANCHING
    for suggestion in report["suggestions"]:
        pasted = with_test(text, suggestion)
        assert pasted is not None
        text = pasted
    put(folder, "procedures/land/branching.yaml", text)
    (after,) = json.loads(run(folder, "test", "--format", "json").stdout)
    assert after["passed"] is True
    assert after["coverage"] == {"percent": 100, "transitions": 11, "missed": []}
    assert len(after["tests"]) == 1 + len(report["suggestions"])


def test_the_first_test_is_suggested_too(folder: Path) -> None:
    bare = BRANCHING[: BRANCHING.index("tests:")]
    put(folder, "procedures/land/branching.yaml", bare)
    (report,) = json.loads(run(folder, "test", "--suggest", "--format", "json").stdout)
    text = bare
    for suggestion in report["suggestions"]:
        text = with_test(text, suggestion) or ""
    put(folder, "procedures/land/branching.yaml", text)
    (after,) = json.loads(run(folder, "test", "--format", "json").stdout)
    assert (after["passed"], after["coverage"]["percent"]) == (True, 100)
