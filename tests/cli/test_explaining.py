"""`flask procedures explain`: the line that decides, what it overrode, what may have been meant."""

import json
from pathlib import Path

import pytest

from app.definition.check import check_config
from app.definition.key_paths import Unresolved, resolve, spelled
from tests.cli.office import make_folder, put, run
from tests.definition.configs import SMALL, changed, example_files

ROUTE = """\
schema: 1
key: usual
title: Quy trình thường
route:
  - {step: receive, title: Tiếp nhận, by: reception}
  - {step: work, title: Giải quyết, by: officer@agency, within: 1 working day, warn: [2 hours], issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
"""
STEPS = SMALL[SMALL.index("route:") : SMALL.index("tests:")]
WOVEN = changed(
    STEPS,
    """\
route:
  use: usual
  change:
    work: {within: 2 working days, warn: [1 hour]}
""",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = make_folder(tmp_path, small=WOVEN)
    put(folder, "shared/routes/usual.yaml", ROUTE)
    return folder


def place(text: str, passage: str, file: str) -> str:
    """file:line:column of a passage."""
    before = text[: text.index(passage)]
    return f"config/{file}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def layers(folder: Path, path: str) -> list[dict[str, object]]:
    result = run(folder, "explain", "land/small", path, "--format", "json")
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)["layers"]
    return found


def test_a_changed_value_its_shared_one_and_the_default(folder: Path) -> None:
    file, shared, default = layers(folder, "route.work.warn")
    assert (file["source"], file["value"]) == ("tệp thủ tục", ["1 hour"])
    assert file["place"] == place(WOVEN, "[1 hour]", "procedures/land/small.yaml")
    assert (shared["source"], shared["value"]) == ("phần dùng chung", ["2 hours"])
    assert shared["place"] == place(ROUTE, "[2 hours]", "shared/routes/usual.yaml")
    assert (default["source"], default["value"], default["written"]) == ("mặc định của ngôn ngữ", [], False)


def test_a_value_without_default_ends_with_the_shared_one(folder: Path) -> None:
    assert [layer["value"] for layer in layers(folder, "route.work.within")] == ["2 working days", "1 working day"]


def test_what_nobody_wrote_is_a_default_with_the_nearest_written_place(folder: Path) -> None:
    (default,) = layers(folder, "route.return.on_late")
    assert (default["value"], default["written"]) == ("overdue", False)
    assert str(default["place"]).startswith("config/shared/routes/usual.yaml:7:")


def test_as_text(folder: Path) -> None:
    out = run(folder, "explain", "land/small", "route.work.within").stdout
    assert out.startswith("land/small: route.work.within\n  Thời gian của bước.\n  tệp thủ tục, config/procedures/")
    assert "thay cho:\n  phần dùng chung, config/shared/routes/usual.yaml:6:65\n  giá trị: 1 working day\n" in out


def test_members_of_a_mapping_come_from_where_each_is_written(folder: Path) -> None:
    out = run(folder, "explain", "land/small", "route.work").stdout
    assert f"    title: {place(ROUTE, 'Giải quyết', 'shared/routes/usual.yaml')}\n" in out
    assert f"    within: {place(WOVEN, '2 working days', 'procedures/land/small.yaml')}\n" in out
    assert "    status: mặc định của ngôn ngữ\n" in out


def test_a_key_that_is_not_written(folder: Path) -> None:
    result = run(folder, "explain", "land/small", "route.work.pauses")
    assert (result.exit_code, "không ghi trong tệp nào" in result.stdout) == (0, True)


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("route.wrok.within", "route.work"),
        ("route.work.witin", "route.work.within"),
        ("time_limt", "time_limit"),
        ("form.aria", "form.area"),
    ],
)
def test_an_unknown_path_is_told_with_the_nearest(folder: Path, path: str, meant: str) -> None:
    result = run(folder, "explain", "land/small", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"Ý bạn là {meant}" in result.stderr


def test_an_unknown_procedure(folder: Path) -> None:
    result = run(folder, "explain", "land/smal", "title")
    assert (result.exit_code, "land/small?" in result.stderr) == (2, True)


CHECKED = check_config(example_files())


@pytest.mark.parametrize("key", sorted(CHECKED.procedures))
def test_every_path_is_spelled_so_that_it_leads_back(key: str) -> None:
    document = CHECKED.procedures[key].expanded
    for path in paths(document):
        found = resolve(document, spelled(path, document))
        assert not isinstance(found, Unresolved)
        assert value(document, found) == value(document, path)


def paths(document: object, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [above] if above else []
    if isinstance(document, dict):
        for key, one in document.items():
            if "." not in key:
                found += paths(one, (*above, key))
    elif isinstance(document, list):
        for at, one in enumerate(document):
            found += paths(one, (*above, at))
    return found


def value(document: object, path: tuple[str | int, ...]) -> object:
    for key in path:
        document = document[key]  # type: ignore[index]
    return document
