"""A launcher that keeps several processes alive: what dies is started again, and all end together."""

import contextvars
import ctypes
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess

FIRST_WAIT = 0.5
LONGEST_WAIT = 30.0
STEADY_AFTER = 30.0
PATIENCE = 15.0
PARENT_DIED = 1  # PR_SET_PDEATHSIG
ENDING = (signal.SIGINT, signal.SIGTERM)

# Forking shares everything that is imported already: the office is open in two seconds instead of eight.
_fork = multiprocessing.get_context("fork")


@dataclass(slots=True)
class Kept:
    """One process that is kept alive: its name, what it runs, and how long to wait before the next start."""

    name: str
    run: Callable[[], object]
    process: BaseProcess | None = None
    wait: float = FIRST_WAIT
    started: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        """Start it."""
        self.process = _fork.Process(target=_alone, args=(self.run, os.getpid()), name=self.name)
        # Held back until the child has let go of the launcher's handlers: asked in between, it would not hear it.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        self.process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        self.started = time.monotonic()

    def watch(self, say: Callable[[str], None]) -> None:
        """Start it again when it has died and its wait is over; the wait doubles while it keeps dying at once."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        if self.process.is_alive():
            return
        code = self.process.exitcode
        self.wait = FIRST_WAIT if now - self.started > STEADY_AFTER else min(self.wait * 2, LONGEST_WAIT)
        self.process, self.due = None, now + self.wait
        say(f"{self.name} ended with code {code}; starting it again in {self.wait:g} s")

    def end(self) -> None:
        """Ask it to end."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End it and what it started, now."""
        if self.process is not None and self.process.is_alive():
            os.killpg(int(self.process.pid or 0), signal.SIGKILL)
            self.process.join()


def keep_alive(kept: Sequence[Kept], *, ready: Callable[[], bool], announce: Callable[[], None]) -> None:
    """Run until interrupted; ``announce`` once when ``ready`` says so."""
    asked: list[int] = []
    for number in ENDING:
        # Only noted: an exception out of a handler is swallowed where Python runs its own code (locks around a fork).
        signal.signal(number, lambda number, _frame: asked.append(number))
    announced = False
    while not asked:
        for one in kept:
            one.watch(_say)
        if not announced and ready():
            announce()
            announced = True
        time.sleep(0.2 if announced else 0.05)
    end_all(kept)


def end_all(kept: Sequence[Kept]) -> None:
    """Ask all to end, then end those that did not within their patience."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)
    for one in kept:
        one.end()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(one.process and one.process.is_alive() for one in kept):
        time.sleep(0.05)
    for one in kept:
        one.kill()


def _alone(run: Callable[[], object], launcher: int) -> None:
    """Inside the new process: a group of its own, so that Ctrl-C reaches it through the launcher only."""
    os.setsid()
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    _end_with(launcher)
    # Not in the context of the command: the application context of the launcher would be every request's own.
    contextvars.Context().run(run)


def _end_with(launcher: int) -> None:
    """On Linux: a launcher that is killed leaves nobody behind."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(PARENT_DIED, signal.SIGTERM)
    if os.getppid() != launcher:
        os._exit(1)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
