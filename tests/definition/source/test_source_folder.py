import os
from pathlib import Path

import pytest

from app.definition.source import folder as folder_module
from app.definition.source import read_file, read_tree


def write(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(f"# {path}\n")


def found(root: Path, label: str = "") -> tuple[list[str], list[tuple[str, str]]]:
    tree = read_tree(root, label)
    assert all((problem.line, problem.column) == (1, 1) for problem in tree.problems)
    return list(tree.files), [(problem.file, problem.rule) for problem in tree.problems]


def test_the_parts_of_a_config_folder_are_read_in_order(tmp_path):
    paths = [
        "calendar/2025.yaml",
        "organisation.yaml",
        "organisation/units.yaml",
        "overlays/a.yaml",
        "procedures/land/b.yaml",
        "shared/forms/x.yaml",
        "shared/registers.yaml",
    ]
    write(tmp_path, *reversed(paths))
    write(tmp_path, "README.yaml", "other/a.yaml", "procedures/land/README.md", "procedures/schema.json")
    assert found(tmp_path) == (paths, [])
    assert read_tree(tmp_path).files["organisation.yaml"] == b"# organisation.yaml\n"


def test_what_editors_leave_behind_is_passed_over(tmp_path):
    write(
        tmp_path,
        "shared/a.yaml",
        "shared/a.yaml~",
        "shared/.a.yaml.swp",
        "shared/#a.yaml#",
        "shared/a.yaml.bak",
        "shared/~$a.yaml",
        "shared/.git/b.yaml",
    )
    (tmp_path / "shared/.#a.yaml").symlink_to("nobody@nowhere")
    assert found(tmp_path) == (["shared/a.yaml"], [])


def test_another_ending_is_named_and_never_passed_over_in_silence(tmp_path):
    write(tmp_path, "procedures/land/a.yml", "procedures/land/b.YAML")
    assert found(tmp_path) == ([], [("procedures/land/a.yml", "Y09"), ("procedures/land/b.YAML", "Y09")])
    assert "Đổi tên thành .yaml" in read_tree(tmp_path).problems[0].hint()


def test_links_inside_the_folder_are_followed_and_links_out_of_it_are_not(tmp_path):
    write(tmp_path, "secret.yaml", "config/shared/a.yaml", "elsewhere/c.yaml", "config-twin/d.yaml")
    root = tmp_path / "config"
    (root / "shared/inside.yaml").symlink_to("a.yaml")
    (root / "shared/outside.yaml").symlink_to(tmp_path / "secret.yaml")
    (root / "shared/twin.yaml").symlink_to(tmp_path / "config-twin/d.yaml")
    (root / "shared/folder").symlink_to(tmp_path / "elsewhere")
    (root / "shared/loop").symlink_to(root / "shared")
    (root / "overlays").symlink_to(tmp_path / "elsewhere")
    assert found(root) == (
        ["shared/a.yaml", "shared/inside.yaml"],
        [
            ("overlays", "Y09"),
            ("shared/folder", "Y09"),
            ("shared/loop", "Y09"),
            ("shared/outside.yaml", "Y09"),
            ("shared/twin.yaml", "Y09"),
        ],
    )


def test_the_folder_itself_may_be_a_link(tmp_path):
    write(tmp_path, "real/shared/a.yaml")
    (tmp_path / "config").symlink_to("real")
    assert found(tmp_path / "config") == (["shared/a.yaml"], [])


def test_what_cannot_be_read_is_a_problem_of_that_file_and_the_others_load(tmp_path):
    write(tmp_path, "shared/good.yaml")
    os.mkfifo(tmp_path / "shared/pipe.yaml")
    (tmp_path / "shared/folder.yaml").mkdir()
    (tmp_path / "shared/circle.yaml").symlink_to("circle.yaml")
    (tmp_path / "shared/gone.yaml").symlink_to("nowhere.yaml")
    files, problems = found(tmp_path, "config/")
    assert files == ["shared/good.yaml"]
    assert problems == [(f"config/shared/{name}.yaml", "Y09") for name in ("circle", "folder", "gone", "pipe")]
    said = [problem.message() for problem in read_tree(tmp_path).problems]
    assert said[0] == "Không đọc được tệp: liên kết chạy vòng"
    assert said[2] == "Không đọc được tệp: không có tệp này"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_or_folder_closed_to_us_is_a_problem(tmp_path):
    write(tmp_path, "shared/closed.yaml", "overlays/a.yaml")
    (tmp_path / "shared/closed.yaml").chmod(0)
    (tmp_path / "overlays").chmod(0)
    try:
        assert found(tmp_path) == ([], [("overlays", "Y09"), ("shared/closed.yaml", "Y09")])
    finally:
        (tmp_path / "overlays").chmod(0o700)


def test_a_folder_that_vanished_meanwhile_is_a_problem(tmp_path):
    (found_one,) = folder_module._folder(tmp_path, str(tmp_path), "shared", 1)
    assert found_one.problem("shared").message("en") == "File cannot be read: there is no such file"


def test_a_name_that_is_no_text_is_a_problem_that_can_be_printed(tmp_path):
    (tmp_path / "shared").mkdir()
    with open(os.fsencode(tmp_path / "shared") + b"/\xff.yaml", "w"):
        pass
    write(tmp_path, "shared/a\nb.yaml")
    files, problems = found(tmp_path)
    assert files == []
    assert [rule for _, rule in problems] == ["Y09", "Y09"]
    assert all(name.encode() for name, _ in problems)


def test_a_folder_that_is_not_there_is_a_problem(tmp_path):
    assert found(tmp_path / "config") == ([], [(str(tmp_path / "config"), "Y09")])
    assert found(tmp_path / "config", "config") == ([], [("config", "Y09")])


def test_folders_in_folders_end_somewhere(tmp_path):
    write(tmp_path, "shared/" + "a/" * 9 + "deep.yaml", "shared/" + "b/" * 10 + "deeper.yaml")
    files, problems = found(tmp_path)
    assert files == ["shared/" + "a/" * 9 + "deep.yaml"]
    assert problems == [("shared" + "/b" * 10, "Y09")]


def test_too_many_files_are_not_read(tmp_path, monkeypatch):
    write(tmp_path, *(f"shared/{number}.yaml" for number in range(5)))
    monkeypatch.setattr(folder_module, "MOST_FILES", 3)
    assert found(tmp_path) == ([f"shared/{number}.yaml" for number in range(3)], [("shared/3.yaml", "Y05")])


def test_files_that_are_too_large_together_are_not_read(tmp_path, monkeypatch):
    write(tmp_path, *(f"shared/{number}.yaml" for number in range(5)))
    monkeypatch.setattr(folder_module, "MOST_BYTES_TOGETHER", 20)
    assert found(tmp_path) == (["shared/0.yaml", "shared/1.yaml"], [("shared/2.yaml", "Y05")])


def test_one_file_is_read_up_to_a_byte_more_than_allowed(tmp_path):
    (tmp_path / "big.yaml").write_bytes(b"#" * 2_000_000)
    data, problems = read_file(tmp_path / "big.yaml", "big.yaml")
    assert (len(data or b""), problems) == (1_000_001, ())


def test_a_device_is_refused_at_once():
    data, problems = read_file(Path("/dev/zero"), "zero")
    assert data is None
    assert [problem.rule for problem in problems] == ["Y09"]


def test_a_file_below_a_file_gets_the_words_of_the_system(tmp_path):
    write(tmp_path, "a.yaml")
    data, problems = read_file(tmp_path / "a.yaml/b.yaml", "b.yaml")
    assert data is None
    assert problems[0].message("en") == "File cannot be read: Not a directory"
