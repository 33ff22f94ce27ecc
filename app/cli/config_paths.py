"""From the paths a person names to what is checked: a config folder, and which files of it are meant."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.cli.all_processors import on_all_processors
from app.definition.check import Checked, Told, check_config, problems_of
from app.definition.config_tree.places import classify
from app.definition.problem import Problem
from app.definition.source import read_file, read_tree
from app.storage.check_memory import DiskMemory

_PART = rb"[a-z][a-z0-9_-]{0,59}"
_KEY = re.compile(rb"^key:[ \t]*[\"']?(" + _PART + rb"/" + _PART + rb")[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_GUESTS = "procedures/guest"  # where a file from outside stands whose key cannot be read


class NoConfig(ValueError):
    """A path at which there is nothing to check."""


@dataclass(frozen=True, slots=True)
class Target:
    """A config folder and the paths in it that are meant (None: all); ``guests`` are files from elsewhere, by path."""

    root: Path
    only: frozenset[str] | None
    guests: tuple[tuple[str, Path], ...] = ()

    @property
    def shown(self) -> str:
        """The folder as people see it."""
        return shown_path(self.root)

    def check(self, *, alone: bool = False) -> Checked:
        """Read and check it."""
        files, labels, unread = self.read()
        return check_config(files, self.only, labels=labels, alone=alone).with_problems(unread)

    def told(self, memory_folder: Path) -> Told:
        """Its problems alone; files that were checked before and still stand as they did are not read again."""
        files, labels, unread = self.read()
        memory = DiskMemory(memory_folder, f"{os.path.realpath(self.root)}\0{self.shown}")
        told = problems_of(files, self.only, labels, memory, on_all_processors)
        memory.keep()
        return told.with_problems(unread)

    def read(self) -> tuple[dict[str, bytes], dict[str, str], list[Problem]]:
        """The files of the folder with the guests in their places, the names shown for them, what could not be read."""
        tree = read_tree(self.root, self.shown)
        files = dict(tree.files)
        labels = {path: f"{self.shown}/{path}" for path in files}
        unread: list[Problem] = [
            problem for problem in tree.problems if self.only is None or problem.file in self._wanted_labels()
        ]
        for path, file in self.guests:
            data, problems = read_file(file, shown_path(file))
            unread += problems
            labels[path] = shown_path(file)
            if data is not None:
                files[path] = data
        return files, labels, unread

    def _wanted_labels(self) -> set[str]:
        return {f"{self.shown}/{path}" for path in self.only or ()}


def targets_of(paths: Sequence[Path], shipped: Path) -> list[Target]:
    """What the paths mean. Without paths: the shipped folder, whole."""
    if not paths:
        if not shipped.is_dir():
            raise NoConfig(f"{shipped}: there is no such folder; set CONFIG_FOLDER")
        return [Target(shipped, None)]
    named: dict[Path, set[str] | None] = {}
    guests: dict[str, Path] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise NoConfig(f"{path}: there is no such file or folder")
        _add(path, named, guests)
    targets = [Target(root, None if only is None else frozenset(only)) for root, only in named.items()]
    if guests:
        targets.append(Target(shipped, frozenset(guests), tuple(guests.items())))
    return targets


def _add(path: Path, named: dict[Path, set[str] | None], guests: dict[str, Path]) -> None:
    root = _root_of(path)
    if root is None and path.is_dir():
        raise NoConfig(f"{path}: no config folder (one has organisation.yaml and procedures/)")
    if root is None:
        guests[_guest_path(path)] = path
        return
    inside = path.absolute().relative_to(root.absolute()).as_posix()
    if inside == ".":
        named[root] = None
    elif named.setdefault(root, set()) is not None:
        chosen = named[root]
        assert chosen is not None  # noqa: S101 - asked one line above
        chosen.update(_files_below(path, root) if path.is_dir() else [inside])


def _files_below(folder: Path, root: Path) -> list[str]:
    return [file.absolute().relative_to(root.absolute()).as_posix() for file in sorted(folder.rglob("*.y*ml"))]


def _root_of(path: Path) -> Path | None:
    """The config folder that the path is or stands in."""
    if path.is_dir() and _is_config(path):
        return path
    here = path.absolute()
    for folder in here.parents:
        if _is_config(folder) and (path.is_dir() or classify(here.relative_to(folder).as_posix()) is not None):
            return folder
    return None


def _is_config(folder: Path) -> bool:
    return any((folder / name).exists() for name in ("organisation.yaml", "organisation", "procedures"))


def _guest_path(file: Path) -> str:
    """Where the file would stand in the shipped folder: by its own key, so that it replaces its older self."""
    data, _ = read_file(file, str(file))
    found = _KEY.search(data or b"")
    return f"procedures/{found[1].decode()}.yaml" if found else f"{_GUESTS}/{file.stem}.yaml"


def shown_path(path: Path) -> str:
    """Relative to where the person stands, where it is below."""
    here, absolute = Path.cwd(), path.absolute()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()
