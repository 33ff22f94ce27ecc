"""Runs files of test vectors against the clock and lists what disagrees."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from app.engine.calendar import Calendar, CalendarUnknown, ClockError
from app.engine.clock.reading import ClockReading, read_clock, read_visits
from app.engine.clock.vector_shape import Vector, VectorFault, vector_of
from app.engine.edition import EditionFault

MISSING = "(missing)"


class Disagreement(NamedTuple):
    """What a vector expects under a key, and what the clock says."""

    id: str
    key: str
    expected: Any
    got: Any


class CalendarFolder:
    """The folder `calendars/` beside a file of vectors; each calendar is laid out once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Calendar] = {}

    def calendar(self, name: object, place: str) -> Calendar:
        """The calendar of the file `<name>.json`."""
        if not isinstance(name, str) or name != Path(name).name or not (self.folder / f"{name}.json").is_file():
            raise VectorFault(place, f"there is no calendar {name!r} in {self.folder}")
        if name not in self._known:
            try:
                self._known[name] = Calendar.from_edition(read_json(self.folder / f"{name}.json"))
            except (EditionFault, VectorFault) as fault:
                raise VectorFault(f"{self.folder.name}/{name}.json: {fault.place}", fault.message) from None
        return self._known[name]


def read_vectors(path: Path) -> list[Vector]:
    """Every vector of a file; raises `VectorFault` naming the place."""
    documents = read_json(path)
    if not isinstance(documents, list):
        raise VectorFault("file", "must hold a list of vectors")
    calendars = CalendarFolder(path.parent / "calendars")
    return [vector_of(document, f"vector {number}", calendars) for number, document in enumerate(documents)]


def read_json(path: Path) -> Any:
    """The content of a JSON file, numbers as they are written; raises `VectorFault`."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_constant=_no_constant)
    except OSError as error:
        raise VectorFault("file", f"cannot be read: {error.strerror}") from None
    except json.JSONDecodeError as error:
        raise VectorFault(f"line {error.lineno}, column {error.colno}", f"is not JSON: {error.msg}") from None
    except (UnicodeDecodeError, RecursionError):
        raise VectorFault("file", "is not JSON in UTF-8") from None


def check_vector(vector: Vector) -> Iterator[Disagreement]:
    """Each key on which the clock disagrees; keys that the vector does not name are not compared."""
    got = answer(vector)
    for key, expected in _flat(vector.expect):
        found = got.get(key, got.get("error", MISSING))
        if found != expected:
            yield Disagreement(vector.id, key, expected, found)


def answer(vector: Vector) -> dict[str, Any]:
    """What the clock says to a vector, plain; those of a visit under `visits.<name>.<key>`."""
    wanted = {key for key, _ in _flat(vector.expect)}
    try:
        if vector.limit is not None:
            reading = read_clock(vector.limit, vector.events, vector.now, vector.calendar, vector.settings)
            return plain(reading, wanted)
        visits = read_visits(vector.visits, vector.events, vector.now, vector.calendar, vector.settings)
        answers: dict[str, Any] = {"join_due": _plain(visits.join_due)}
        for name, visit in visits.visits.items():
            prefix = f"visits.{name}."
            keys = {key.removeprefix(prefix) for key in wanted if key.startswith(prefix)}
            answers.update({prefix + key: value for key, value in plain(visit, keys).items()})
        return answers
    except CalendarUnknown as error:
        return {"error": error.code, "year": error.year}
    except ClockError as error:
        return {"error": error.code}


def plain(reading: ClockReading, keys: Collection[str]) -> dict[str, Any]:
    """The facts of a reading under the names of the vectors, as JSON writes them; only those asked for."""
    names = {"class": "result_class"}
    found = {key: getattr(reading, names.get(key, key), MISSING) for key in keys if key != "explain"}
    if "explain" in keys:
        found["explain"] = tuple(entry.as_plain() for entry in reading.explain())
    return {key: _plain(value) for key, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {key: _plain(part) for key, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _flat(expect: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in expect.items():
        if key != "visits":
            yield key, value
    for name, wanted in expect.get("visits", {}).items():
        for key, value in wanted.items():
            yield f"visits.{name}.{key}", value


def _no_constant(name: str) -> NoReturn:
    raise VectorFault("file", f"{name} is not a number of JSON")
