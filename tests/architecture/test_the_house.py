"""The house holds: file sizes, one direction, no work on import, every setting and module explained."""

import ast
import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for folder in ("app", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_file_is_longer_than_a_reader_can_hold(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("path", [path for path in SOURCES if "app" in path.parts], ids=name_of)
def test_no_function_is_longer_than_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION] == []


@pytest.mark.parametrize("path", [path for path in SOURCES if "app" in path.parts], ids=name_of)
def test_the_first_line_of_a_module_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring is not None
    assert len(docstring.splitlines()[0]) > 20


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "base_utils"}
    assert [name_of(path) for path in SOURCES if path.stem in drawers or drawers & set(path.parts)] == []


def test_the_folder_config_is_no_package() -> None:
    # config.py beside config/ works only as long as the folder has no __init__.py
    assert not (ROOT / "config" / "__init__.py").exists()


def test_importing_every_module_touches_no_database_no_file_and_no_network(tmp_path: Path) -> None:
    modules = [
        name_of(path)[:-3].replace("/", ".").removesuffix(".__init__") for path in SOURCES if "app" in path.parts
    ]
    program = "\n".join(
        [
            "import sys, importlib, pathlib",
            "touched = []",
            "def hook(event, arguments):",
            "    if event == 'open' and isinstance(arguments[1], str) and set('wax+') & set(arguments[1]):",
            "        touched.append((event, str(arguments[0])))",
            "    if event in ('socket.connect', 'sqlite3.connect', 'subprocess.Popen', 'os.mkdir', 'os.remove'):",
            "        touched.append((event, str(arguments[:1])))",
            "sys.dont_write_bytecode = True",
            "sys.addaudithook(hook)",
            f"for module in {modules!r}:",
            "    importlib.import_module(module)",
            "outside = [one for one in touched if '/.venv/' not in one[1] and one[1] != '/dev/null']",
            "print(outside)",
            "sys.exit(bool(outside))",
        ]
    )
    environment = {**os.environ, "DATA_FOLDER": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_setting_is_explained_and_every_explained_setting_is_read() -> None:
    read = set(re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "config.py").read_text(encoding="utf-8")))
    example = configparser.ConfigParser(interpolation=None)
    example.optionxform = str  # type: ignore[assignment,method-assign]
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    example.read_string("[settings]\n" + text)
    assert set(example["settings"]) == read
    assert len(read) <= 40
    for name in read:
        assert re.search(rf"# [^\n]+\n(?:[A-Z_]+=[^\n]*\n)*{name}=", text), f"{name} has no explanation above it"


def test_config_is_settings_without_logic() -> None:
    tree = ast.parse((ROOT / "config.py").read_text(encoding="utf-8"))
    logic = (ast.FunctionDef, ast.ClassDef, ast.If, ast.For, ast.While, ast.Try, ast.With)
    assert [node for node in ast.walk(tree) if isinstance(node, logic)] == []


def test_every_file_of_requirements_is_pinned() -> None:
    for file in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if line and not line.startswith(("#", "-r ")) and "==" not in line]
        assert loose == [], file
