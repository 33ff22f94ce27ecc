"""Moves a second beside SpiffWorkflow's steps: `bench.engine` measures, this tells its figures."""

import logging
import warnings
from collections.abc import Iterator

from app.engine.clock import ClockSettings
from bench.engine import WANTED_RATIO, ours, rates, spiff
from bench.scratch import Offices
from bench.table import Row, median

PEER = "SpiffWorkflow BPMN"


def measure(_offices: Offices) -> Iterator[Row]:
    """The rows of this figure: step budgets in whole days and to the minute."""
    peer = spiff()
    if peer is None:
        raise RuntimeError(f"{PEER} is not installed: pip install -r requirements-bench.txt")
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    engines = {
        "to the closing of the day": ours(ClockSettings(step_days="days")),
        "to the minute": ours(ClockSettings(step_days="hours")),
    }
    found = rates({**engines, PEER: peer})
    logging.disable(logging.NOTSET)
    theirs = found.pop(PEER)
    for name, mine in found.items():
        ratio = median(one / other for one, other in zip(mine, theirs, strict=True))
        yield Row(
            f"whole move with rights and due time, budgets {name}, steps/s",
            f"{median(mine):,.0f}",
            f"{PEER}: {median(theirs):,.0f}",
            ratio,
            f"≥ {WANTED_RATIO}×",
            ratio >= WANTED_RATIO,
        )
