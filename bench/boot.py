"""How long the application takes to start with five and with two thousand procedures, and what a web process holds."""

import http.client
import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from bench.dossiers import PROCEDURE
from bench.probe import Probed, ask_probe
from bench.scratch import MANY, Offices
from bench.server import Server, serving
from bench.table import Row, median

STARTS = int(os.environ.get("BENCH_ROUNDS", "5"))
MOST_RATIO, MOST_OPENING, MOST_MB = 3.0, 0.3, 150.0
VISITED = 300  # lists of so many procedures are opened before the memory is read: more than a process keeps compiled
PATH = f"/p/{PROCEDURE}/"


def measure(offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    few, many = [], []
    for _ in range(STARTS):  # in turn, so that a disturbance meets both
        few.append(ask_probe(offices.few, offices.viewer, PATH))
        many.append(ask_probe(offices.many, offices.viewer, PATH))
    yield _row("create_app() and first snapshot", few, many, lambda one: one.ready)
    yield _row("… and the first page answered", few, many, lambda one: one.ready + one.first)
    yield _row("… counted from the start of the process", few, many, lambda one: one.imports + one.ready + one.first)
    yield _catalogue([one.catalogue for one in many])
    for name, found in (("5", few), (f"{MANY:,}", many)):
        yield _memory(f"process with {name} procedures after a few pages", median(one.resident for one in found))
    yield _memory(f"web process that has shown {VISITED} of {MANY:,} lists", _visited(offices))


def _row(name: str, few: list[Probed], many: list[Probed], part: Callable[[Probed], float]) -> Row:
    with_few, with_many = (median(map(part, found)) for found in (few, many))
    ratio = with_many / with_few
    told = f"{MANY:,} procedures: {with_many:.3f} s"
    return Row(name, told, f"5: {with_few:.3f} s", ratio, f"≤ {MOST_RATIO:g}×", ratio <= MOST_RATIO)


def _catalogue(found: list[float]) -> Row:
    seconds = median(found)
    name = f"a catalogue of {MANY:,} procedures opened from the database"
    return Row(name, f"{seconds:.3f} s", "", None, f"≤ {MOST_OPENING:g} s", seconds <= MOST_OPENING)


def _memory(name: str, resident: float) -> Row:
    return Row(f"memory, {name}", f"{resident:.0f} MB", "", None, f"< {MOST_MB:g} MB", resident < MOST_MB)


def _visited(offices: Offices) -> float:
    """Peak memory of a gunicorn worker that has been at work."""
    with serving("app:create_app()", offices.many.environment, offices.folder / "memory.log") as server:
        cookie = offices.many.cookie(offices.viewer)
        shown = 0
        for key in offices.keys:
            shown += _shows(server, f"/p/{key}/", cookie)
            if shown == VISITED:
                return server.resident()
    raise RuntimeError(f"only {shown} lists could be opened")


def _shows(server: Server, path: str, cookie: str) -> bool:
    """Whether the page was shown; a procedure that is not this person's work answers 404."""
    connection = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status == 200
