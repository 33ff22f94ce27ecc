"""One reading of two thousand procedure files in a fresh process: checked by us, or loaded and validated by the peer.

`python -m bench.check_probe ours CONFIG MEMORY` or `python -m bench.check_probe peer CONFIG`; the process answers with
one line of JSON: [files, seconds]. Neither side looks for circles while it reads (see `app.definition.pauses`).
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[], int]


def ours(config: str, memory: str) -> Read:
    """`flask procedures check`, without starting Flask and without printing."""
    from app.cli.config_paths import Target

    return lambda: Target(Path(config), None).told(Path(memory)).procedures


def peer(config: str) -> Read:
    """PyYAML's loader in C and pydantic models of the same language: types, closed words, unknown keys; no more."""
    import yaml

    from bench.check_models import PROCEDURE

    def read() -> int:
        files = sorted(Path(config, "procedures").rglob("*.yaml"))
        documents = [yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) for file in files]
        return sum(PROCEDURE.validate_python(document) is not None for document in documents)

    return read


def main(side: str, *arguments: str) -> tuple[int, float]:
    """Prepare, then read once with the clock running."""
    read = ours(*arguments) if side == "ours" else peer(*arguments)
    gc.disable()
    begun = time.perf_counter()
    return read(), time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
