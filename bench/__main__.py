"""`python -m bench [NAME…]`: measure the figures named (without names: all) and tell them in one table.

It ends with 1 if a figure is missed.

BENCH_ROUNDS (5) and BENCH_SECONDS (3) shorten or lengthen a run, BENCH_TMP names where its scratch folder is made.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from bench.scratch import Offices
from bench.table import Row, text_table

# In the order in which they disturb one another least: what is measured in this process comes first.
FIGURES = {
    "workdays": "due_dates",
    "moves": "moves",
    "expressions": "expressions",
    "publish": "publish",
    "check": "check",
    "boot": "boot",
    "list_page": "list_page",
}

Measure = Callable[[Offices], Iterable[Row]]


def measured(name: str, offices: Offices) -> list[Row]:
    """One figure; a figure that cannot be measured is missed, and the others are measured all the same."""
    begun = time.perf_counter()
    measure: Measure = import_module(f"bench.{FIGURES[name]}").measure
    try:
        rows = list(measure(offices))
    except Exception as fault:  # noqa: BLE001 - told in the table
        rows = [Row(name, "not measured", f"{type(fault).__name__}: {fault}"[:120], None, "", good=False)]
    print(f"{name}: {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    return rows


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Figures beside those of the peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(FIGURES)}; all if left out")
    names = parser.parse_args().names or list(FIGURES)
    unknown = sorted(set(names) - set(FIGURES))
    if unknown:
        parser.error(f"no figure is called {', '.join(unknown)}; there are {', '.join(FIGURES)}")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=os.environ.get("BENCH_TMP")) as folder:
        offices = Offices(Path(folder))
        rows = [row for name in names for row in measured(name, offices)]
    print(text_table(rows))
    return int(any(row.good is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
