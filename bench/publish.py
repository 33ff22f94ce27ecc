"""What publishing one changed procedure costs beside its own tests, with two thousand procedures published."""

import gc
import os
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from app.engine.scenario import run_scenarios
from app.operations.config_folder import check_folder
from app.operations.publish import Published, publish_config
from app.storage.catalogue_store import holder
from app.storage.people import system_person
from bench.offices import Office
from bench.scratch import BEGIN, MANY, Offices
from bench.table import Row, median

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
MOST_MS = 100.0
TITLE = "title: "


class Round(NamedTuple):
    """Milliseconds of one publishing: all of it, its tests alone, its check alone."""

    total: float
    tests: float
    check: float

    @property
    def beyond(self) -> float:
        """What is not the tests."""
        return self.total - self.tests


def measure(offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    office = offices.many
    kinds = {key.rpartition("-")[0]: key for key in reversed(offices.keys)}
    with office.opened():
        for key in kinds.values():
            _prove_unchanged(office, key)
        found = {kind: [_publish(office, key, number) for number in range(ROUNDS)] for kind, key in kinds.items()}
    yield from _rows(found)


def _rows(found: Mapping[str, list[Round]]) -> Iterator[Row]:
    every = [one for rounds in found.values() for one in rounds]
    beyond = median(one.beyond for one in every)
    parts = f"its tests {median(one.tests for one in every):.0f} ms, all {median(one.total for one in every):.0f} ms"
    name = f"publishing one changed procedure beside {MANY:,}, beyond its tests"
    yield Row(name, f"{beyond:.0f} ms", parts, None, f"< {MOST_MS:g} ms", beyond < MOST_MS)
    yield Row("… of which reading and checking", f"{median(one.check for one in every):.0f} ms")
    slowest = max(found, key=lambda kind: median(one.beyond for one in found[kind]))
    most = median(one.beyond for one in found[slowest])
    yield Row(f"… the slowest kind, {slowest}", f"{most:.0f} ms", "", None, f"< {MOST_MS:g} ms", most < MOST_MS)


def _prove_unchanged(office: Office, key: str) -> None:
    """What was published in bulk is what publishing the file would give."""
    found = publish_config(office.config, (key,), system_person(), BEGIN)
    if not isinstance(found, Published) or found.unchanged != (key,):
        raise RuntimeError(f"{key}: {found}")


def _publish(office: Office, key: str, number: int) -> Round:
    retitle(office.config / f"procedures/{key}.yaml", number)
    gc.collect()
    begun = time.perf_counter()
    found = publish_config(office.config, (key,), system_person(), BEGIN + timedelta(days=1))
    total = time.perf_counter() - begun
    if not isinstance(found, Published) or [one for one, _ in found.versions] != [key]:
        raise RuntimeError(f"{key} was not published: {found}")
    begun = time.perf_counter()
    checked = check_folder(office.config, (key,))
    check = time.perf_counter() - begun
    world = holder.world(holder.refresh(), on=BEGIN.date())
    begun = time.perf_counter()
    results = [result for one in checked.procedures.values() for result in run_scenarios(one.procedure, world)]
    tests = time.perf_counter() - begun
    if failures := [failure for result in results for failure in result.failures]:
        raise RuntimeError(f"{key}: {failures}")
    return Round(1000 * total, 1000 * tests, 1000 * check)


def retitle(file: Path, number: int) -> None:
    """The change: another title."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(place for place, line in enumerate(lines) if line.startswith(TITLE))
    lines[place] = f'{TITLE}"Tên mới, lần {number}"\n'
    file.write_text("".join(lines), encoding="utf-8")
