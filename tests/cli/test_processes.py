"""The launcher: what dies is started again, what is asked to end ends, and no request sees the launcher's context."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = """
import contextvars, os, sys, time
from pathlib import Path
sys.path.insert(0, {beside!r})
import processes
from processes import Kept, keep_alive
place = Path({folder!r})
inherited = contextvars.ContextVar("inherited", default="clean")
inherited.set("dirty")

def child():
    (place / f"child-{{os.getpid()}}").write_text(inherited.get())
    time.sleep(600)

def stubborn():
    import signal
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    (place / f"stubborn-{{os.getpid()}}").write_text("here")
    time.sleep(600)

processes.PATIENCE = 1.0
keep_alive(
    [Kept("child", child), Kept("stubborn", stubborn)],
    ready=lambda: True,
    announce=lambda: print("ready", flush=True),
)
"""
# Beside the module, not through the package, which imports the whole house: these programs start in no time.
BESIDE = Path(__file__).resolve().parents[2] / "app" / "cli"


def started(folder: Path) -> subprocess.Popen[str]:
    program = PROGRAM.format(beside=str(BESIDE), folder=str(folder))
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(folder: Path, pattern: str, count: int) -> list[Path]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns)
        if len(found) >= count and all(path.read_text() for path in found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"{pattern}: {count} expected, {list(folder.iterdir())}")


def is_alive(pid: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_process_that_dies_is_started_again_and_all_end_together(tmp_path: Path) -> None:
    launcher = started(tmp_path)
    first = wait_for(tmp_path, "child-*", 1)[0]
    stubborn = int(wait_for(tmp_path, "stubborn-*", 1)[0].name.split("-")[1])
    os.kill(int(first.name.split("-")[1]), signal.SIGKILL)
    second = wait_for(tmp_path, "child-*", 2)[1]
    launcher.send_signal(signal.SIGINT)
    _out, errors = launcher.communicate(timeout=30)
    assert "child ended with code -9" in errors
    assert not is_alive(int(second.name.split("-")[1]))
    assert not is_alive(stubborn)


def test_a_process_begins_without_the_context_of_the_launcher(tmp_path: Path) -> None:
    launcher = started(tmp_path)
    try:
        assert wait_for(tmp_path, "child-*", 1)[0].read_text() == "clean"
    finally:
        launcher.send_signal(signal.SIGTERM)
        launcher.communicate(timeout=30)


def test_asked_at_any_moment_it_ends(tmp_path: Path) -> None:
    """The signal falls into forks, locks and imports alike."""
    for number in range(8):
        folder = tmp_path / str(number)
        folder.mkdir()
        launcher = started(folder)
        wait_for(folder, "child-*", 1)
        time.sleep(number * 0.003)
        launcher.send_signal(signal.SIGTERM)
        launcher.communicate(timeout=30)
        assert launcher.returncode == 0
        for found in folder.glob("*-*"):
            assert not is_alive(int(found.name.split("-")[1]))
