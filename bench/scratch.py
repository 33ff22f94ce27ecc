"""The offices of one run, made when a figure first needs them and thrown away with their folder."""

import sys
import time
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bench.dossiers import fill_office
from bench.offices import Office, new_office, publish_many

ROWS = 10_000
MANY = 2_000
BEGIN = datetime(2026, 8, 3, 8, 0)  # a Monday of the shipped calendars, after every shipped procedure came into force


class Offices:
    """``few``: the shipped procedures and 10,000 dossiers. ``many``: the same with 2,000 procedures."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.viewer = 0
        self.keys: list[str] = []

    @cached_property
    def few(self) -> Office:
        """Five procedures."""
        begun = time.perf_counter()
        office = new_office(self.folder / "few", BEGIN)
        with office.opened():
            self.viewer = fill_office(ROWS, BEGIN).user_id
        _say(f"{ROWS:,} dossiers made", begun)
        return office

    @cached_property
    def many(self) -> Office:
        """Two thousand procedures."""
        office = self.few.copied(self.folder / "many")
        begun = time.perf_counter()
        self.keys = publish_many(office, MANY, BEGIN)
        _say(f"{MANY:,} procedures published", begun)
        return office


def _say(what: str, begun: float) -> None:
    print(f"  {what} ({time.perf_counter() - begun:.0f} s)", file=sys.stderr, flush=True)
