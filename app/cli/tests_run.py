"""Running the tests of many procedures: checked and played in a few processes, answered as plain values."""

import gc
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.cli.config_paths import Target, shown_path
from app.cli.coverage_words import said
from app.cli.procedure_choice import procedure_paths
from app.cli.suggested_tests import suggested_tests
from app.definition.check import Checked, CheckedProcedure
from app.definition.problem import Problem, Severity, format_json, format_text
from app.engine.coverage import Map
from app.engine.coverage_walk import walked
from app.engine.scenario import run_scenarios
from app.engine.story import Line, story_of
from app.engine.world import World
from app.operations.scenario_run import problems_of, world_of

# Starting a process costs about as much as checking and playing this many procedures.
WORTH_A_PROCESS = 16


@dataclass(frozen=True, slots=True)
class Mistake:
    """A problem as text and as data: what one process can hand to another."""

    text: str
    data: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that went otherwise, at its place, with what was expected and what came out."""

    mistake: Mistake
    expected: str
    got: str


@dataclass(frozen=True, slots=True)
class TestReport:
    """One test: passed when nothing is told. ``story``: what happened, kept for tests that failed."""

    name: str
    told: tuple[Told, ...] = ()
    story: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The tests of one procedure file. ``problems``: mistakes that keep its tests from being played at all."""

    key: str
    file: str
    tests: tuple[TestReport, ...] = ()
    transitions: int = 0
    percent: int = 100
    missed: tuple[str, ...] = ()
    problems: tuple[Mistake, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything could be played and came out as expected."""
        return not self.problems and not any(test.told for test in self.tests)


@dataclass(frozen=True, slots=True)
class Job:
    """A part of the work, for one process."""

    target: Target
    on: date
    suggest: bool


def reports_of(targets: Sequence[Target], on: date, *, suggest: bool, processes: int | None = None) -> list[Report]:
    """The reports of every procedure meant, in the order of their files."""
    jobs = [Job(part, on, suggest) for target in targets for part in _parts(target, processes)]
    if len(jobs) <= len(targets):
        found = [report for job in jobs for report in run_job(job)]
    else:
        with multiprocessing.get_context("fork").Pool(min(len(jobs), os.cpu_count() or 1)) as pool:
            found = [report for reports in pool.map(run_job, jobs, chunksize=1) for report in reports]
    return sorted(found, key=lambda report: report.file)


def _parts(target: Target, processes: int | None) -> Iterator[Target]:
    """The files of a target dealt out evenly: a few large ones beside each other would keep one process waiting."""
    paths = sorted(procedure_paths(target))
    count = min(processes or os.cpu_count() or 1, max(1, len(paths) // WORTH_A_PROCESS))
    if count == 1 or target.guests:
        yield target
        return
    yield from (replace(target, only=frozenset(paths[at::count])) for at in range(count))


def run_job(job: Job) -> list[Report]:
    """Check and play the procedures of one part."""
    gc.disable()
    try:
        checked = job.target.check(alone=True)
        world = world_of(checked, job.on)
        return list(_reports(job, checked, world))
    finally:
        gc.enable()


def _reports(job: Job, checked: Checked, world: World | None) -> Iterator[Report]:
    meant = [one for one in checked.procedures.values() if job.target.only is None or one.path in job.target.only]
    files = _Files(job.target)
    for one in meant:
        blocking = _blocking((*one.problems, *checked.common_problems))
        if blocking or world is None:
            yield Report(one.key, one.file, problems=blocking or _blocking(checked.problems))
        else:
            yield _played(one, world, files if job.suggest else None)
    yield from _unread(job.target, checked, {one.path for one in meant})


def _unread(target: Target, checked: Checked, read: set[str]) -> Iterator[Report]:
    """Files of which nothing could be read."""
    guests = {path: shown_path(file) for path, file in target.guests}
    for path in sorted(set(procedure_paths(target)) - read):
        file = guests.get(path, f"{target.shown}/{path}")
        problems = tuple(problem for problem in checked.problems if problem.file == file)
        if problems:
            yield Report("", file, problems=_blocking(problems))


class _Files:
    """The files of a folder, read when they are first asked for."""

    def __init__(self, target: Target) -> None:
        self._target = target

    @cached_property
    def all(self) -> Mapping[str, bytes]:
        """Path in the folder → what stands in it."""
        return self._target.read()[0]


def _blocking(problems: Sequence[Problem]) -> tuple[Mistake, ...]:
    return tuple(_mistake(one) for one in sorted({one for one in problems if one.severity is not Severity.WARNING}))


def _mistake(problem: Problem) -> Mistake:
    return Mistake(format_text([problem]), format_json([problem])[0])


def _played(one: CheckedProcedure, world: World, files: _Files | None) -> Report:
    """``files``: suggest further tests, checked in this folder."""
    results = run_scenarios(one.procedure, world)
    layout = Map(one.procedure, one.expanded, world.organisation)
    paths = frozenset(path for result in results for path in walked(layout, result.events, world))
    coverage = layout.coverage(paths)
    tests = []
    for result in results:
        problems = list(problems_of(one, [result]))
        told = tuple(
            Told(_mistake(problem), failure.expected, failure.got)
            for problem, failure in zip(problems, result.failures, strict=True)
        )
        tests.append(TestReport(result.name, told, tuple(story_of(result.events)) if told else ()))
    return Report(
        one.key,
        one.file,
        tuple(tests),
        len(layout.transitions),
        coverage.percent,
        tuple(said(transition, one.expanded) for transition in coverage.missed),
        suggestions=suggested_tests(one, layout, paths, world, lambda: files.all) if files is not None else (),
    )
