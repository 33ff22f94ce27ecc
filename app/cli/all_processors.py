"""Judging many procedure files on all processors of the machine: each file stands by itself, on a ground they share."""

import multiprocessing
import os
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from app.definition.ground import Ground
from app.definition.judging import Task, in_turn, outcome_of
from app.definition.remembered import Remembered, from_json, to_json

FEWEST = 50  # fewer are judged before another process has begun


def on_all_processors(ground: Ground, tasks: Sequence[Task]) -> list[Remembered]:
    """The outcomes in the order of the tasks. What another process could not tell, this one finds out itself."""
    shares = min(_processors(), len(tasks) // FEWEST)
    if shares < 2:
        return in_turn(ground, tasks)
    helpers = [_Helper(ground, tasks[share::shares]) for share in range(1, shares)]
    outcomes: list[Remembered | None] = [None] * len(tasks)
    outcomes[0::shares] = in_turn(ground, tasks[0::shares])
    for share, helper in enumerate(helpers, start=1):
        outcomes[share::shares] = helper.outcomes()
    return [found or outcome_of(ground, task) for found, task in zip(outcomes, tasks, strict=True)]


def _processors() -> int:
    """Those we may use; one where the process cannot be split safely."""
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


class _Helper:
    """A process split off from this one: it has the ground and its tasks already, and sends back plain values."""

    def __init__(self, ground: Ground, tasks: Sequence[Task]) -> None:
        self._count = len(tasks)
        self._answer, question = multiprocessing.Pipe(duplex=False)
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_tell, args=(ground, tasks, question), daemon=True)
        self._process.start()
        question.close()  # so that a helper that ends without a word is noticed

    def outcomes(self) -> list[Remembered | None]:
        """What it found; None for each file that it could not tell about."""
        try:
            told = self._answer.recv()
        except (EOFError, OSError):
            told = [None] * self._count
        self._process.join()
        return [None if one is None else from_json(one) for one in told]


def _tell(ground: Ground, tasks: Sequence[Task], answer: Connection) -> None:
    answer.send([_plain(outcome) for outcome in in_turn(ground, tasks)])
    answer.close()


def _plain(outcome: Remembered) -> list[Any] | None:
    try:
        return to_json(outcome)
    except TypeError:
        return None
