"""One start of the application in a fresh process: how long until it is there, until it has answered, what it holds.

`ask_probe` runs it (`python -m bench.probe PATH COOKIE BEGUN`); the process answers with one line of JSON.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bench.offices import Office

REPEATED = 20
WATCHED = 1.1  # seconds after which a request looks at the epoch again


class Probed(NamedTuple):
    """Seconds, statements of one page, and the most memory held, in MB."""

    imports: float  # from the start of the process until the code is read
    ready: float  # create_app() and the first snapshot of the catalogue
    catalogue: float  # of that, the first snapshot: the connection opened, all published versions read
    first: float  # the first page
    usual: float  # a page later on
    statements: int
    resident: float

    @property
    def start(self) -> float:
        """From create_app() until the first page was answered."""
        return self.ready + self.first


def ask_probe(office: "Office", user_id: int, path: str) -> Probed:
    """Start the application of this office once and ask for a page."""
    from bench.server import ROOT

    environment = {**os.environ, **office.environment}
    command = [sys.executable, "-m", "bench.probe", path, office.cookie(user_id), str(time.time())]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Probed(*json.loads(done.stdout.splitlines()[-1]))


def main(path: str, cookie: str, begun: float) -> Probed:
    """Start, ask, count."""
    from app import create_app
    from app.storage.catalogue_store import holder
    from app.storage.database import db
    from bench.server import resident_of

    imports, at = time.time() - begun, time.perf_counter()
    app = create_app()
    made = time.perf_counter()
    with app.app_context():
        holder.current()
        db.session.remove()
    ready, catalogue, at = time.perf_counter() - at, time.perf_counter() - made, time.perf_counter()
    client = app.test_client(use_cookies=False)

    def ask() -> None:
        answer = client.get(path, headers={"Cookie": cookie, "Host": "127.0.0.1"})
        if answer.status_code != 200 or b"</html>" not in answer.data:
            raise RuntimeError(f"{path}: {answer.status}, {answer.headers}")

    ask()
    first, at = time.perf_counter() - at, time.perf_counter()
    for _ in range(REPEATED):
        ask()
    usual = (time.perf_counter() - at) / REPEATED
    with app.app_context():
        engine = db.engine
    return Probed(imports, ready, catalogue, first, usual, _statements(engine, ask), resident_of())


def _statements(engine: object, ask: Callable[[], None]) -> int:
    """Statements of one page that also looks at the epoch; BEGIN is none."""
    from sqlalchemy import event

    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: seen.append(statement))
    time.sleep(WATCHED)
    ask()
    return sum(1 for statement in seen if not statement.startswith("BEGIN"))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], float(sys.argv[3]))))
