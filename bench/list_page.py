"""Requests a second of a generated list page beside a hand-written view of the peer; its SQL statements."""

import http.cookiejar
import os
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench import peer
from bench.dossiers import PROCEDURE
from bench.load import drive
from bench.probe import ask_probe
from bench.scratch import MANY, ROWS, Offices
from bench.server import Server, serving
from bench.table import Row, median

SECONDS = float(os.environ.get("BENCH_SECONDS", "3"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
WANTED, MOST_STATEMENTS = 2.0, 12
SAME = (0.85, 1.18)  # "the same", within what two rounds of one server differ by on a busy machine
DEFAULT = f"/p/{PROCEDURE}/"
PATH = f"{DEFAULT}?scope=all"  # the peer shows all its rows too


class Page(NamedTuple):
    """A page to be driven: whose server, where, as whom."""

    server: Server
    path: str
    cookie: str


class Round(NamedTuple):
    """One round: requests a second, processor milliseconds of the worker a request, the slowest hundredth, bytes."""

    rate: float
    cpu: float
    p99: float
    size: int


def measure(offices: Offices) -> Iterator[Row]:
    """The rows of this figure."""
    logs = offices.folder
    with (
        serving("app:create_app()", offices.few.environment, logs / "few.log") as few,
        serving("app:create_app()", offices.many.environment, logs / "many.log") as many,
        serving("bench.peer:create_app()", _peer_environment(offices), logs / "peer.log") as other,
    ):
        pages = {
            "few": Page(few, PATH, offices.few.cookie(offices.viewer)),
            "open": Page(few, DEFAULT, offices.few.cookie(offices.viewer)),
            "many": Page(many, PATH, offices.many.cookie(offices.viewer)),
            "peer": Page(other, peer.LIST, _sign_in(other)),
        }
        found = _rounds(pages)
    yield from _rows(found)
    yield from _statements(offices)


def _rounds(pages: dict[str, Page]) -> dict[str, list[Round]]:
    """All servers in turn, round after round, so that a disturbance meets all of them."""
    for page in pages.values():
        drive(page.server.base + page.path, page.cookie, 1)
    found: dict[str, list[Round]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, page in pages.items():
            found[name].append(_round(page))
    return found


def _round(page: Page) -> Round:
    before = page.server.cpu()
    load = drive(page.server.base + page.path, page.cookie, SECONDS)
    spent = page.server.cpu() - before
    return Round(load.rate, 1000 * spent / (load.rate * SECONDS), load.p99, load.size)


def _rows(found: dict[str, list[Round]]) -> Iterator[Row]:
    few, begun, many, other = (found[name] for name in ("few", "open", "many", "peer"))
    faster = _ratio(few, other)
    yield Row(
        f"list page of {ROWS:,} dossiers, requests/s",
        _told(few),
        f"Flask-AppBuilder ModelView: {_told(other)}",
        faster,
        f"≥ {WANTED:g}×",
        faster >= WANTED,
    )
    cpu = median(one.cpu for one in other) / median(one.cpu for one in few)
    yield Row("… processor time of the worker a request, ms", _cpu(few), _cpu(other), cpu)
    first = _ratio(begun, other)
    yield Row("… as it is opened: what is still to be done", _told(begun), "the peer has no such list", first)
    same = _ratio(many, few)
    yield Row(
        f"list page with {MANY:,} published procedures, requests/s",
        _told(many),
        f"with 5: {_told(few)}",
        same,
        "the same",
        SAME[0] <= same <= SAME[1] or same > 1,
    )


def _ratio(ours: list[Round], other: list[Round]) -> float:
    return median(mine.rate / theirs.rate for mine, theirs in zip(ours, other, strict=True))


def _told(rounds: list[Round]) -> str:
    rate, p99 = (median(getattr(one, name) for one in rounds) for name in ("rate", "p99"))
    return f"{rate:,.1f} (p99 {p99:,.0f} ms, {rounds[0].size / 1024:,.0f} KB)"


def _cpu(rounds: list[Round]) -> str:
    return f"{median(one.cpu for one in rounds):.2f}"


def _statements(offices: Offices) -> Iterator[Row]:
    for name, office in (("5", offices.few), (f"{MANY:,}", offices.many)):
        found = ask_probe(office, offices.viewer, PATH)
        yield Row(
            f"list page with {name} procedures, SQL statements",
            f"{found.statements} (with the look at the epoch)",
            "",
            None,
            f"≤ {MOST_STATEMENTS}",
            found.statements <= MOST_STATEMENTS,
        )


# ---- the peer


def _peer_environment(offices: Offices) -> dict[str, str]:
    """The peer's database: its own tables, then the rows of our list."""
    database = offices.folder / "peer.sqlite"
    environment = {peer.DATABASE: str(database)}
    if not database.exists():
        made = [sys.executable, "-c", "from bench.peer import create_app; create_app()"]
        subprocess.run(made, check=True, env={**os.environ, **environment}, cwd=Path(__file__).parents[1])
        count = peer.fill_peer(database, offices.few.folder / "office.sqlite", PROCEDURE)
        if count != ROWS:
            raise RuntimeError(f"the peer holds {count} rows, not {ROWS}")
    return environment


def _sign_in(server: Server) -> str:
    """The cookie of the peer's user."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    form = urllib.parse.urlencode({"username": peer.USER, "password": peer.PASSWORD}).encode()
    opener.open(f"{server.base}/login/", form, timeout=30).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)
