"""The bytes of files: under their hash in the data folder, written once, never run, never served as they lie."""

import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

from flask import current_app

_CHUNK = 1 << 20


class TooLarge(ValueError):
    """More bytes than allowed; ``most`` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} bytes")
        self.most = most


class Kept(NamedTuple):
    """What was kept."""

    sha256: str
    size: int


def folder() -> Path:
    """Where the bytes lie."""
    return Path(str(current_app.config["DATA_FOLDER"])) / "files"


def path_of(sha256: str) -> Path:
    """The place of a file's bytes."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


class NotAccepted(ValueError):
    """The content was looked at and is not wanted."""


def keep_stream(stream: IO[bytes], most: int, accepts: Callable[[Path], bool] = lambda path: True) -> Kept:
    """Write a stream to its place, reading no more than allowed; what is refused leaves nothing behind.

    ``accepts`` looks at the whole content before it is kept. Raises TooLarge, NotAccepted.
    """
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=folder(), prefix=".arriving-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise TooLarge(most)
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        if not accepts(Path(name)):
            raise NotAccepted
        _settle(Path(name), digest.hexdigest())
    finally:
        Path(name).unlink(missing_ok=True)
    return Kept(digest.hexdigest(), size)


def keep_bytes(content: bytes) -> Kept:
    """Write bytes we made ourselves."""
    return keep_stream(io.BytesIO(content), len(content))


def read_bytes(sha256: str) -> bytes:
    """The bytes of a kept file, checked against their hash: a changed file is an outage, not a download."""
    content = path_of(sha256).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OSError(f"the file {sha256} was changed on disk")
    return content


def _settle(arrived: Path, sha256: str) -> None:
    place = path_of(sha256)
    if place.exists():
        os.utime(place)  # brought again: not to be tidied away before its row is written
        return
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    arrived.chmod(0o440)
    arrived.replace(place)
