"""Turns a template and data into a PDF; the data travels as JSON and is never part of the template's code.

Each paper is set by a short-lived process: Typst with its fonts takes 17 MB, which a process that serves pages would
keep for ever after its first paper, and a template that runs wild ends with it.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_PROGRAM = _HERE / "typesetting_process.py"
TEMPLATES = _HERE / "templates"
FONTS = _HERE / "fonts"
PATIENCE = 60.0  # seconds; a paper takes a fifth of one


class TypesettingError(Exception):
    """A template could not be set: a bug in the template or a broken installation, never a person's mistake."""

    def __init__(self, template: str, reason: str) -> None:
        super().__init__(f"template {template} could not be typeset: {reason}")
        self.template = template
        self.reason = reason


def typeset(template: str, data: Mapping[str, object], *, folder: Path = TEMPLATES) -> bytes:
    """The PDF of `<folder>/<template>.typ` with `data`; the same data gives the same bytes."""
    order = {
        "template": template,
        "folder": str(folder),
        "fonts": str(FONTS),
        "data": json.dumps(data, ensure_ascii=False, sort_keys=True),
    }
    try:
        # Isolated and without our environment: the keys of this office are none of its business.
        done = subprocess.run(  # noqa: S603 - this program of ours, with this interpreter
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise TypesettingError(template, str(failure)) from failure
    if done.returncode:
        raise TypesettingError(template, done.stderr.decode(errors="replace").strip())
    return done.stdout
