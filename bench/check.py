"""Checking two thousand procedure files: the first time, unchanged, and after one of them changed; beside a peer."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator

from bench.publish import retitle
from bench.scratch import MANY, Offices
from bench.server import ROOT
from bench.table import Row, median

COLD, UNCHANGED, ONE = 3.0, 0.1, 0.1
LOOKS = 3  # of an unchanged folder; a cold check is long enough to be measured once
PEER = "PyYAML's C loader + pydantic"


def measure(offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    config, memory = offices.many.config, offices.folder / "checks"
    shutil.rmtree(memory, ignore_errors=True)
    peers = [_seconds("peer", str(config))]  # before and after, so that a disturbance does not favour one side
    cold = _seconds("ours", str(config), str(memory))
    peers.append(_seconds("peer", str(config)))
    same = median(_seconds("ours", str(config), str(memory)) for _ in range(LOOKS))
    retitle(config / f"procedures/{offices.keys[0]}.yaml", 0)
    one = _seconds("ours", str(config), str(memory))
    peer = sum(peers) / len(peers)
    name, beside = f"checking {MANY:,} procedure files", f"{PEER}: {peer:.1f} s"
    yield Row(f"{name} for the first time", f"{cold:.1f} s", beside, cold / peer, f"≤ {COLD:g}×", cold <= COLD * peer)
    yield Row("… unchanged", f"{same:.2f} s", beside, same / peer, f"≤ {UNCHANGED:g}×", same <= UNCHANGED * peer)
    yield Row(
        "… after one of them changed",
        f"{one:.2f} s",
        f"cold: {cold:.1f} s",
        one / cold,
        f"≤ {ONE:g}×",
        one <= ONE * cold,
    )


def _seconds(*arguments: str) -> float:
    """One reading in a process of its own, without the time in which Python reads our code and theirs."""
    command = [sys.executable, "-m", "bench.check_probe", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    files, seconds = json.loads(done.stdout.splitlines()[-1])
    if files != MANY:
        raise RuntimeError(f"{arguments[0]} read {files} files")
    return float(seconds)
