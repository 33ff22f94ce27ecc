"""A config folder to bytes: ordinary files inside the folder only, in a fixed order, never more than fits."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.definition.problem import Problem, Words
from app.definition.source.characters import MOST_BYTES

_TOP = ("calendar", "organisation", "organisation.yaml", "overlays", "procedures", "shared")
MOST_FILES = 20_000
MOST_BYTES_TOGETHER = 100_000_000
_DEEPEST_FOLDER = 10
_EDITORS = (".", "#", "~")  # hidden files, locks and back-ups of editors begin with these

_REASONS = {
    errno.ENOENT: Words("không có tệp này", "there is no such file"),
    errno.EACCES: Words("không có quyền đọc", "no right to read it"),
    errno.EPERM: Words("không có quyền đọc", "no right to read it"),
    errno.ELOOP: Words("liên kết chạy vòng", "a link that leads in a circle"),
    errno.ENAMETOOLONG: Words("tên quá dài", "its name is too long"),
}
_NO_FILE = Words(
    "không phải tệp thường (thư mục, ống dẫn hoặc thiết bị)", "not an ordinary file (a folder, pipe or device)"
)
_NO_FOLDER = Words("không có thư mục này", "there is no such folder")
_OUTSIDE = Words("liên kết ra ngoài thư mục cấu hình", "a link that leads out of the config folder")
_LINKED_FOLDER = Words("liên kết tới thư mục không được đọc theo", "links to folders are not followed")
_TOO_DEEP = Words(f"thư mục lồng quá {_DEEPEST_FOLDER} cấp", f"folders nested deeper than {_DEEPEST_FOLDER}")
_NAME = Words("tên tệp có ký tự lạ", "its name has strange characters")
_ENDING = Words("tên tệp phải kết thúc bằng .yaml", "the file name must end in .yaml")
_COUNT = Words("số tệp", "the number of files")
_SIZE = Words("tổng dung lượng (byte)", "the size of all files (bytes)")
_RENAME = Words(
    "Đổi tên thành .yaml, hoặc chuyển tệp ra khỏi thư mục này.", "Rename it to .yaml, or move it elsewhere."
)


@dataclass(frozen=True, slots=True)
class SourceTree:
    """All files of a config folder: path relative to it → bytes, sorted; and what could not be read."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


def read_tree(root: Path, label: str = "") -> SourceTree:
    """Reads a config folder; `label` stands before the path in problems."""
    if not root.is_dir():
        return SourceTree(MappingProxyType({}), (_unreadable(label or str(root), _NO_FOLDER),))
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    together = 0
    for count, found in enumerate(_listed(root)):
        file = f"{label.rstrip('/')}/{found.path}" if label else found.path
        if count >= MOST_FILES or together > MOST_BYTES_TOGETHER:
            problems.append(_too_much(file, count, together))
            break
        data, faults = (None, (found.problem(file),)) if found.reason else read_file(root / found.path, file)
        problems.extend(faults)
        if data is not None:
            files[found.path] = data
            together += len(data)
    return SourceTree(MappingProxyType(dict(sorted(files.items()))), tuple(sorted(problems)))


def read_file(path: Path, file: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """One ordinary file, at most one byte more than allowed; a pipe or a device is refused without waiting for it."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        return None, (_unreadable(file, _reason(error)),)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None, (_unreadable(file, _NO_FILE),)
        with open(handle, "rb", closefd=False) as opened:
            return opened.read(MOST_BYTES + 1), ()
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    reason: Words | None = None
    advice: Words | None = None

    def problem(self, file: str) -> Problem:
        return _unreadable(file, self.reason or _NO_FILE, self.advice)


def _listed(root: Path) -> Iterator[_Found]:
    """Every definition file, and every entry that looks like one but is not read, in the order of the paths."""
    real_root = os.path.realpath(root)
    for name in _TOP:
        if os.path.lexists(root / name):
            yield from _entries(root, real_root, name, 1)


def _entries(root: Path, real_root: str, path: str, depth: int) -> Iterator[_Found]:
    name = path.rpartition("/")[2]
    if name.startswith(_EDITORS):
        return
    if name.lower().endswith((".yaml", ".yml")):
        yield _file(root, real_root, path)
    elif os.path.isdir(root / path):
        yield from _folder(root, real_root, path, depth)


def _folder(root: Path, real_root: str, path: str, depth: int) -> Iterator[_Found]:
    if os.path.islink(root / path):
        yield _Found(path, _LINKED_FOLDER)
        return
    if depth > _DEEPEST_FOLDER:
        yield _Found(path, _TOO_DEEP)
        return
    try:
        names = sorted(os.listdir(root / path))
    except OSError as error:
        yield _Found(path, _reason(error))
        return
    for name in names:
        yield from _entries(root, real_root, f"{path}/{name}", depth + 1)


def _file(root: Path, real_root: str, path: str) -> _Found:
    if not path.isprintable():
        return _Found(path, _NAME)
    if not path.endswith(".yaml"):
        return _Found(path, _ENDING, _RENAME)
    leads_to = os.path.realpath(root / path)
    return _Found(path) if leads_to.startswith(real_root + os.sep) else _Found(path, _OUTSIDE)


def _reason(error: OSError) -> Words:
    return _REASONS.get(error.errno or 0, Words(str(error.strerror), str(error.strerror)))


def _unreadable(file: str, reason: Words, advice: Words | None = None) -> Problem:
    shown = file.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # file names are bytes to the system
    return Problem(shown, 1, 1, "Y09", {"reason": reason} | ({"advice": advice} if advice else {}))


def _too_much(file: str, count: int, together: int) -> Problem:
    if count >= MOST_FILES:
        return Problem(file, 1, 1, "Y05", {"what": _COUNT, "n": count + 1, "max": MOST_FILES})
    return Problem(file, 1, 1, "Y05", {"what": _SIZE, "n": together, "max": MOST_BYTES_TOGETHER})
