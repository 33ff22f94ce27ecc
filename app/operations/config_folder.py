"""Reading a config folder for publishing: all of it, or what some procedures need and nothing else."""

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from app.definition.check import Checked, check_config
from app.definition.pauses import without_pauses
from app.definition.problem import Problem
from app.definition.source import read_file, read_tree

PROCEDURES = "procedures"
SHARED = ("calendar", "organisation", "organisation.yaml", "shared")


def check_folder(folder: Path, keys: Collection[str]) -> Checked:
    """The folder, checked. With ``keys`` the other procedures are not read, however many there are."""
    with without_pauses():
        return _checked(folder, keys)


def _checked(folder: Path, keys: Collection[str]) -> Checked:
    if not keys:
        tree = read_tree(folder)
        return check_config(tree.files).with_problems(tree.problems)
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in (*_shared(folder), *_of_keys(folder, keys)):
        name = path.relative_to(folder).as_posix()
        data, faults = read_file(path, name)
        problems += faults
        if data is not None:
            files[name] = data
    wanted = frozenset(path for path in files if path.startswith(f"{PROCEDURES}/"))
    return check_config(files, wanted, alone=True).with_problems(problems)


def _shared(folder: Path) -> Iterator[Path]:
    """Organisation, calendar and shared pieces; nothing that a link leads out of the folder for."""
    inside = os.path.realpath(folder) + os.sep
    for name in SHARED:
        top = folder / name
        for path in sorted(top.rglob("*.yaml")) if top.is_dir() else [top] if top.is_file() else []:
            hidden = any(part.startswith((".", "#", "~")) for part in path.relative_to(folder).parts)
            if not hidden and os.path.realpath(path).startswith(inside):
                yield path


def _of_keys(folder: Path, keys: Collection[str]) -> Iterator[Path]:
    """The file of each key, and its dated further versions."""
    for key in sorted(keys):
        field, _, name = key.partition("/")
        place = folder / PROCEDURES / field
        if not key.replace("/", "").replace("-", "").replace("_", "").isalnum() or not place.is_dir():
            continue
        yield from sorted(
            path for path in place.iterdir() if path.name.split(".")[0] == name and path.suffix == ".yaml"
        )
