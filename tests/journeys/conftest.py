"""A real office for journeys: the launcher with web, worker and beat on a free port, its own data, a real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("TEST_DATABASE_URL", "")
BROKER = os.environ.get("TEST_BROKER_URL", "")
LONGEST_START = 120.0
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--no-first-run"]


def chromium() -> str | None:
    """The Chromium of this machine, if there is one."""
    named = os.environ.get("CHROMIUM")
    return named or next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; without one the journeys are skipped loudly, and in CI they fail."""
    program = chromium()
    if program is None:
        message = (
            "no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM; journeys did not run"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Office:
    """A running office: its address, its config folder (a copy that a test may change) and its environment."""

    url: str
    config: Path
    environment: dict[str, str]
    process: subprocess.Popen[str]
    log: Path

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a flask command beside the running office."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The office, started as a newcomer starts it, with demo data."""
    folder = tmp_path_factory.mktemp("office")
    config = folder / "config"
    shutil.copytree(ROOT / "config", config)
    port = free_port()
    database, drop = own_database(folder)
    environment = {
        **os.environ,
        "DATA_FOLDER": str(folder / "var"),
        "CONFIG_FOLDER": str(config),
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": BROKER,
        "SECRET_KEY": "journeys-" + "k7Qx2" * 8,
        "SEAL_KEYS": "",
        "PORT": str(port),
        "SWEEP_SECONDS": "2",
        "LOGIN_RATE": "1000 per minute",
    }
    log = folder / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "app", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    office = Office(f"http://127.0.0.1:{port}", config, environment, process, log)
    try:
        wait_until_announced(office)
        yield office
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        drop()


def own_database(folder: Path):  # type: ignore[no-untyped-def]
    """The URL of a fresh database, and what drops it."""
    if not SERVER:
        return f"sqlite:///{folder}/office.sqlite", lambda: None
    name = f"mot_cua_journey_{uuid.uuid4().hex[:8]}"
    base = SERVER.rsplit("/", 1)[0]

    def ask(statement: str) -> None:
        with psycopg.connect(f"{base}/postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    ask(f"create database {name}")
    return f"{base}/{name}", lambda: ask(f"drop database if exists {name} with (force)")


def wait_until_announced(office: Office) -> None:
    """Wait for the address and the accounts to be printed."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if "Ctrl-C" in office.log.read_text():
            return
        if office.process.poll() is not None:
            break
        time.sleep(0.2)
    pytest.fail("the office did not start:\n" + office.log.read_text()[-4000:])


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One person's browser: 1366 × 768, Vietnamese."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page that fails the test when the browser reports a mistake of ours."""
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on(
        "console", lambda message: mistakes.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.mistakes = mistakes  # type: ignore[attr-defined]
    return page
