"""The procedures a person means: keys of the config folder, or paths of files; an unknown one is told with its cure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from flask import current_app

from app.cli.config_paths import NoConfig, Target, targets_of
from app.definition.check import Checked, CheckedProcedure
from app.vietnamese.spelling import nearest

UNUSABLE = 2
MOST_NAMED = 12
PROCEDURES = "procedures"


def config_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--config FOLDER``."""
    return click.option(
        "--config", "config", type=click.Path(path_type=Path), help="The config folder; the shipped one if left out."
    )(command)


def config_folder(named: Path | None) -> Path:
    """The folder named, or the shipped one."""
    folder = named or Path(current_app.config["CONFIG_FOLDER"])
    if not folder.is_dir():
        stop(f"{folder}: không có thư mục này; chỉ bằng --config hoặc CONFIG_FOLDER")
    return folder


def stop(message: str) -> NoReturn:
    """Say what cannot be used, and end."""
    click.echo(message, err=True)
    raise SystemExit(UNUSABLE)


def chosen_targets(names: Sequence[str], folder: Path) -> list[Target]:
    """What the names mean. Without names: every procedure of the folder."""
    if not names:
        return [Target(folder, None)]
    files = files_by_key(folder)
    inside: set[str] = set()
    paths: list[Path] = []
    for name in names:
        if name in files:
            inside.update(files[name])
        elif Path(name).exists():
            paths.append(Path(name))
        else:
            stop(unknown(name, files, folder))
    targets = [Target(folder, frozenset(inside))] if inside else []
    try:
        return targets + (targets_of(paths, folder) if paths else [])
    except NoConfig as fault:
        stop(str(fault))


def chosen_procedure(name: str, folder: Path, on: date) -> tuple[Target, Checked, CheckedProcedure]:
    """One procedure, by key (then its version in force on that day, else the newest) or by the path of its file."""
    target = chosen_targets([name], folder)[0]
    checked = target.check(alone=True)
    found = [one for one in checked.procedures.values() if target.only is None or one.path in target.only]
    if not found:
        unread = [problem for problem in checked.problems if target.only is None or not found]
        where = f"{unread[0].file}:{unread[0].line}:{unread[0].column}: {unread[0].message()}" if unread else name
        stop(f"{where}\nTệp chưa đọc được; xem mọi lỗi bằng: flask procedures check")
    in_force = [one for one in found if one.procedure.since <= on <= (one.procedure.until or date.max)]
    return target, checked, max(in_force or found, key=lambda one: one.procedure.since)


def files_by_key(folder: Path) -> dict[str, tuple[str, ...]]:
    """Key → the files of its versions, as paths in the folder; each version also goes by its own stem."""
    found: dict[str, list[str]] = {}
    for path in _files(folder):
        stem = path.removeprefix(f"{PROCEDURES}/").removesuffix(".yaml")
        head, _slash, name = stem.rpartition("/")
        key = f"{head}/{name.partition('.')[0]}"
        found.setdefault(key, []).append(path)
        if key != stem:
            found.setdefault(stem, []).append(path)
    return {key: tuple(paths) for key, paths in found.items()}


def _files(folder: Path) -> Iterator[str]:
    for path in sorted((folder / PROCEDURES).rglob("*.yaml")):
        inside = path.relative_to(folder)
        if not any(part.startswith((".", "#", "~")) for part in inside.parts):
            yield inside.as_posix()


def procedure_paths(target: Target) -> tuple[str, ...]:
    """The procedure files meant, as paths in the folder."""
    if target.only is None:
        return tuple(_files(target.root))
    return tuple(sorted(path for path in target.only if path.startswith(f"{PROCEDURES}/")))


def unknown(name: str, known: Any, folder: Path) -> str:
    """There is no such procedure: what may have been meant, what there is."""
    close = nearest(name, known)
    by_name = [key for key in known if key.rpartition("/")[2] == name.rpartition("/")[2]]
    meant = list(dict.fromkeys((*by_name, *close)))[:MOST_NAMED]
    cure = f"Ý bạn là {', '.join(meant)}?" if meant else "Xem các khóa bằng: flask procedures list"
    return f"Không có thủ tục {name!r} trong {folder}. {cure}"
