"""Small config folders for tests: the example organisation and calendar, and procedures written in a few lines."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.definition.check import Checked, check_config
from app.definition.problem import Problem

EXAMPLES = Path(__file__).parents[1] / "examples" / "config"
SMALL = """\
schema: 1
key: land/small
title: Thủ tục thử
field: land
agency: land-registry
for: [citizen]
effective: {from: 2026-01-01}
legal_basis: [Nghị định mẫu]
results: [{key: paper, title: Giấy}]
time_limit: 3 working days
form:
  fields:
    area: {label: Diện tích, type: decimal, measure: ha}
    resurvey: {label: Đo đạc lại, type: yes_no}
route:
  - {step: receive, title: Tiếp nhận, by: reception}
  - {step: work, title: Giải quyết, by: officer@agency, within: 1 working day, issues: [paper]}
  - {step: return, title: Trả kết quả, by: reception}
tests:
  - {name: Mẫu, given: {received: 2026-03-02 09:00}}
"""
SMALL_PATH = "procedures/land/small.yaml"


def example_files(*paths: str) -> dict[str, bytes]:
    """Files of the example folder; without paths all of them."""
    wanted = paths or [path.relative_to(EXAMPLES).as_posix() for path in sorted(EXAMPLES.rglob("*.yaml"))]
    return {path: (EXAMPLES / path).read_bytes() for path in wanted}


def small_folder(procedure: str = SMALL, **others: str) -> dict[str, bytes]:
    """The example organisation and calendar with one procedure; ``others``: path with __ for / → text."""
    files = example_files("organisation.yaml", "calendar/2026.yaml")
    files[SMALL_PATH] = procedure.encode()
    for name, text in others.items():
        files[name.replace("__", "/").replace("_DASH_", "-") + ".yaml"] = text.encode()
    return files


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The text with one passage replaced; it must be there."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def checked(procedure: str = SMALL, **others: str) -> Checked:
    """The outcome for the small folder."""
    return check_config(small_folder(procedure, **others))


def expanded(procedure: str = SMALL, **others: str) -> Mapping[str, object]:
    """The expanded document of the small procedure."""
    return checked(procedure, **others).procedures["land/small"].expanded


# What reading, laying in and compiling tell; everything else is told by rules, which have tests of their own.
OURS = re.compile(r"[SYK].*|R03|R09|R11|R01|R02|T06|F12|X0[1-4]|X1[1-3]")


def told(problems: Iterable[Problem], file: str = SMALL_PATH) -> list[tuple[int, int, str]]:
    """Line, column and rule of the problems of one file that are found before the rules."""
    found = (problem for problem in problems if problem.file == file and OURS.fullmatch(problem.rule))
    return [(problem.line, problem.column, problem.rule) for problem in found]
