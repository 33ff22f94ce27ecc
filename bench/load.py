"""A small load generator: a few connections ask one page again and again for some seconds, loopback only.

Runs as a process of its own (`python -m bench.load URL COOKIE SECONDS CONNECTIONS`), so that its work is not counted
as the server's, and answers with one line of JSON. The same generator drives ours and the peer.
"""

import json
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 2


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: requests a second, and the slowest hundredth in milliseconds."""

    rate: float
    p99: float
    size: int


class WrongAnswer(RuntimeError):
    """A page that is not the whole page with status 200 would make the figure worthless."""


def drive(url: str, cookie: str, seconds: float, connections: int = CONNECTIONS) -> Load:
    """Ask for the page from another process."""
    command = [sys.executable, "-m", "bench.load", url, cookie, str(seconds), str(connections)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise WrongAnswer(done.stderr.strip().splitlines()[-1])
    return Load(**json.loads(done.stdout))


def ask(address: tuple[str, int], request: bytes) -> int:
    """One request on a connection of its own, as a sync worker wants it; the size of the answer."""
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(1 << 18):
            parts.append(part)
    answer = b"".join(parts)
    if not answer.startswith(b"HTTP/1.1 200 ") or b"</html>" not in answer[-200:]:
        raise WrongAnswer(f"answer: {answer[:300]!r}")
    return len(answer)


def keep_asking(address: tuple[str, int], request: bytes, end: float) -> tuple[list[float], int]:
    """One connection after the other until the end; how long each took, and the size of the last answer."""
    taken, size = [], 0
    while (begun := time.perf_counter()) < end:
        size = ask(address, request)
        taken.append(time.perf_counter() - begun)
    return taken, size


def main(url: str, cookie: str, seconds: float, connections: int) -> Load:
    """Drive and count."""
    parts = urlsplit(url)
    if parts.hostname != "127.0.0.1" or parts.port is None:
        raise WrongAnswer("only a server on 127.0.0.1 is driven")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    head = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    address, request = (parts.hostname, parts.port), head.encode()
    begun = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        each = list(pool.map(lambda _: keep_asking(address, request, begun + seconds), range(connections)))
    taken = sorted(one for times, _ in each for one in times)
    spent = time.perf_counter() - begun
    return Load(round(len(taken) / spent, 2), round(1000 * taken[int(len(taken) * 0.99)], 1), each[0][1])


if __name__ == "__main__":
    found = main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps({"rate": found.rate, "p99": found.p99, "size": found.size}))
