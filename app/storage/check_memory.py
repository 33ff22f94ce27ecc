"""Outcomes of checked files kept on disk between two checks of a folder. Losing them costs time and nothing else."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import current_app

from app.definition.remembered import Remembered, from_json, to_json

MOST_FOLDERS = 32  # the folders checked last; what was kept of others goes
_ENDING = ".checks"


def memory_folder() -> Path:
    """Where outcomes are kept."""
    return Path(str(current_app.config["DATA_FOLDER"])) / "checks"


class DiskMemory:
    """The memory of one config folder: one file, read at the start, written as a whole by `keep`.

    The file begins with the hash of the rest: one that was cut off or touched is as good as none.
    """

    def __init__(self, folder: Path, subject: str) -> None:
        self._file = folder / f"{hashlib.sha256(subject.encode('utf-8', 'surrogatepass')).hexdigest()}{_ENDING}"
        self._stored: dict[str, Any] = _read(self._file)
        self._used: dict[str, Any] = {}

    def recall(self, name: str) -> Remembered | None:
        """What was noted under the name; None as well if it cannot be understood."""
        if name not in self._stored:
            return None
        try:
            outcome = from_json(self._stored[name])
        except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
            return None
        self._used[name] = self._stored[name]
        return outcome

    def note(self, name: str, outcome: Remembered) -> None:
        """Keep an outcome; one with a value that has no spelling is found anew each time."""
        with suppress(TypeError):
            self._used[name] = to_json(outcome)

    def keep(self) -> None:
        """Write what this check used, if it differs from what is there. A disk that is full or closed is no mistake."""
        if self._used.keys() == self._stored.keys():
            return
        with suppress(OSError):
            self._file.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
            _write(self._file, json.dumps(self._used, ensure_ascii=True, separators=(",", ":")).encode())
            _forget_oldest(self._file.parent)


def _read(file: Path) -> dict[str, Any]:
    try:
        head, _, body = file.read_bytes().partition(b"\n")
        if head.decode() != hashlib.sha256(body).hexdigest():
            return {}
        stored = json.loads(body)
    except (OSError, ValueError, RecursionError):
        return {}
    return stored if isinstance(stored, dict) else {}


def _write(file: Path, body: bytes) -> None:
    """All or nothing: another check reads the old file or the new one."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.stem)
    try:
        with open(handle, "wb") as opened:
            opened.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(name, file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob(f"*{_ENDING}"), key=lambda file: file.stat().st_mtime)
    for file in files[:-MOST_FOLDERS]:
        file.unlink(missing_ok=True)
