"""`flask procedures show`: a page for people, or the whole file that means the same."""

import json
from pathlib import Path

import pytest

from app.definition.check import Checked, check_config
from app.definition.source import read_tree
from app.definition.writing_back import writable
from app.definition.yaml_text import yaml_text
from tests.cli.office import BRANCHING, make_folder, put, run
from tests.definition.configs import EXAMPLES

SHIPPED = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path, branching=BRANCHING)


@pytest.mark.parametrize("root", [SHIPPED, EXAMPLES], ids=["shipped", "examples"])
def test_the_whole_file_is_a_file_and_becomes_the_same_version(root: Path) -> None:
    files = read_tree(root, str(root)).files
    before = check_config(files)
    expanded = {one.path: yaml_text(writable(one.expanded)).encode() for one in before.procedures.values()}
    after = check_config({**files, **expanded})
    assert _digests(after) == _digests(before)
    assert [problem for problem in _blocking(after) if problem not in _blocking(before)] == []


def _digests(checked: Checked) -> dict[str, str]:
    return {key: one.digest for key, one in checked.procedures.items()}


def _blocking(checked: Checked) -> list[tuple[str, str]]:
    return [(one.rule, one.message()) for one in checked.problems if one.severity.value != "warning"]


def test_the_printed_file_takes_the_place_of_the_written_one(folder: Path) -> None:
    shown = run(folder, "show", "land/branching", "--expanded")
    assert shown.exit_code == 0
    assert "representative: allowed" in shown.stdout
    put(folder, "procedures/land/branching.yaml", shown.stdout)
    assert run(folder, "check").exit_code == 0
    assert run(folder, "show", "land/branching", "--expanded").stdout == shown.stdout
    assert run(folder, "show", "config/procedures/land/branching.yaml", "--expanded").stdout == shown.stdout


def test_as_json(folder: Path) -> None:
    whole = json.loads(run(folder, "show", "land/branching", "--expanded", "--format", "json").stdout)
    assert list(whole)[:4] == ["schema", "key", "kind", "title"]
    page = json.loads(run(folder, "show", "land/branching", "--format", "json").stdout)
    assert page["Quy trình"]["thường"][1]["Tiếp theo"] == "khi có Đo đạc lại: bước 3; bước 4"


def test_the_page_says_who_how_long_and_where_next(folder: Path) -> None:
    out = run(folder, "show", "land/branching").stdout
    assert "Thời hạn:\n  5 ngày làm việc\n  10 ngày làm việc khi có Đo đạc lại\n" in out
    row = next(line for line in out.splitlines() if line.strip().startswith("4 "))
    assert "Ký (sign)" in row
    assert "1 ngày làm việc" in row
    assert "“Làm lại”: bước 2; bước 5" in row
    assert "Phí, lệ phí: Không" in out


def test_the_page_says_what_the_procedure_rests_on_and_what_comes_of_it(folder: Path) -> None:
    more = (
        'formerly: ["1.000001"]\n'
        "announced: {number: 12/QĐ-BNNMT, date: 2026-01-05}\n"
        "requirements: [{text: Có lối đi chung, check: resurvey, say: Chưa đo đạc}]\n"
        "keep: {time: 20 years, then: destroy, basis: Thông tư mẫu}\n"
        "fees:\n"
        "  - {key: map, title: Phí đo đạc, kind: fee, amount: to_be_set, set_by: province, decision: NQ 05/2026}\n"
        "documents: [{key: plan, title: Bản vẽ, digitise: false}]\n"
    )
    kept = BRANCHING.replace("title: Giấy}", "title: Giấy, given_as: [paper], valid_for: 1 year}", 1)
    basis = "legal_basis: [{title: Nghị định mẫu, from: 2024-01-01, to: 2027-12-31}]"
    kept = kept.replace("legal_basis: [Nghị định mẫu]", basis, 1)
    put(folder, "procedures/land/branching.yaml", kept.replace("route:", more + "route:", 1))
    out = run(folder, "show", "land/branching").stdout
    for line in (
        "Mã trước đây: 1.000001",
        "Quyết định công bố: 12/QĐ-BNNMT ngày 05/01/2026",
        "Dịch vụ trực tuyến: toàn trình",
        "Yêu cầu, điều kiện: Có lối đi chung; kiểm tra: khi có Đo đạc lại",
        "Giấy; trả bản giấy; hiệu lực 1 năm",
        "Căn cứ pháp lý: Nghị định mẫu, từ 01/01/2024, đến 31/12/2027",
        "Bảo quản: 20 năm, rồi tiêu hủy (Thông tư mẫu)",
        "theo NQ 05/2026, HĐND cấp tỉnh quy định",
        "Bản vẽ; 1 bản sao; không số hóa",
    ):
        assert line in out, line


def test_the_version_in_force_today_is_meant(folder: Path) -> None:
    old = BRANCHING.replace("{from: 2026-01-01}", "{from: 2020-01-01, to: 2025-12-31}")
    later = BRANCHING.replace("{from: 2026-01-01}", "{from: 2199-01-01}")
    put(folder, "procedures/land/branching.2020-01-01.yaml", old.replace("rẽ nhánh", "cũ"))
    put(folder, "procedures/land/branching.2199-01-01.yaml", later.replace("rẽ nhánh", "mới"))
    assert "Thủ tục rẽ nhánh" in run(folder, "show", "land/branching").stdout
    assert "Thủ tục cũ" in run(folder, "show", "land/branching.2020-01-01").stdout


def test_unknown_and_unreadable(folder: Path) -> None:
    missing = run(folder, "show", "land/branchin")
    assert (missing.exit_code, "land/branching?" in missing.stderr) == (2, True)
    put(folder, "procedures/land/branching.yaml", "schema: [\n")
    broken = run(folder, "show", "land/branching")
    assert (broken.exit_code, "branching.yaml:2:1" in broken.stderr) == (2, True)
