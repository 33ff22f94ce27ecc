"""What is kept of a checked procedure file: it need not be read again while nothing it stands on changes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import yaml

from app.definition.outline import Outline
from app.definition.problem import Param, Problem, Severity, Words

_APP = Path(__file__).resolve().parents[1]
_CHECKER = ("definition", "vietnamese")  # the folders whose code decides what is wrong


class Remembered(NamedTuple):
    """The outline of a procedure (None: it could not be read) and what is wrong with its file by itself."""

    outline: Outline | None
    problems: tuple[Problem, ...]


class Memory(Protocol):
    """Keeps outcomes by name. It may forget any of them at any time; what it gives is what was noted."""

    def recall(self, name: str) -> Remembered | None:
        """What was noted under the name, if it is still there."""
        ...

    def note(self, name: str, outcome: Remembered) -> None:
        """Keep an outcome."""
        ...


def name_of(ground: str, path: str, label: str, data: bytes) -> str:
    """A name that is another one as soon as the file, anything it stands on, or the checker itself is another."""
    head = "\0".join((checker_version(), ground, path, label))
    return hashlib.sha256(head.encode("utf-8", "surrogatepass") + b"\0" + data).hexdigest()


@cache
def checker_version() -> str:
    """A hash over the code of the checker and the versions of what it runs on."""
    told = hashlib.sha256(f"{sys.version}\0{yaml.__version__}\0{yaml.__with_libyaml__}".encode())
    for folder in _CHECKER:
        for path in sorted((_APP / folder).rglob("*.py")):
            told.update(f"\0{path.relative_to(_APP).as_posix()}\0".encode())
            told.update(path.read_bytes())
    return told.hexdigest()


# ---- as values of JSON, and back

_Coded = str | int | list[Any]


def to_json(outcome: Remembered) -> list[Any]:
    """Plain values; raises TypeError for what has no spelling here and so cannot be kept."""
    return [_outline_to_json(outcome.outline), [_problem_to_json(one) for one in outcome.problems]]


def from_json(value: Any) -> Remembered:
    """The outcome; raises KeyError, TypeError or ValueError when these values cannot come from `to_json`."""
    outline, problems = value
    return Remembered(
        None if outline is None else _outline_from_json(outline), tuple(_problem_from_json(one) for one in problems)
    )


def _outline_to_json(outline: Outline | None) -> list[Any] | None:
    if outline is None:
        return None
    return [
        outline.stem,
        outline.key,
        outline.title,
        outline.codes,
        outline.since.isoformat(),
        outline.until and outline.until.isoformat(),
        sorted(outline.pieces),
        sorted(outline.registers),
        outline.listed,
        outline.named,
        outline.awaited,
    ]


def _outline_from_json(value: list[Any]) -> Outline:
    stem, key, title, codes, since, until, pieces, registers, listed, named, awaited = value
    return Outline(
        stem,
        key,
        title,
        tuple((tuple(path), code) for path, code in codes),
        date.fromisoformat(since),
        None if until is None else date.fromisoformat(until),
        frozenset((kind, name) for kind, name in pieces),
        frozenset(registers),
        tuple((field, name) for field, name in listed),
        tuple((tuple(path), key) for path, key in named),
        tuple((tuple(path), key) for path, key in awaited),
    )


def _problem_to_json(problem: Problem) -> list[Any]:
    params = {name: _param_to_json(param) for name, param in problem.params.items()}
    level = None if problem.level is None else problem.level.value
    return [problem.file, problem.line, problem.column, problem.rule, params, level]


def _problem_from_json(value: list[Any]) -> Problem:
    file, line, column, rule, params, level = value
    read = {name: _param_from_json(param) for name, param in params.items()}
    return Problem(file, line, column, rule, read, None if level is None else Severity(level))


_READ: dict[str, Callable[..., Param]] = {
    "words": Words,
    "tuple": lambda *parts: parts,
    "decimal": Decimal,
    "fraction": Fraction,
    "date": date.fromisoformat,
}


def _param_to_json(param: Param) -> _Coded:
    if isinstance(param, Words):
        return ["words", param.vi, param.en]
    if isinstance(param, tuple) and all(isinstance(one, str) for one in param):
        return ["tuple", *param]
    if isinstance(param, str | int):
        return param
    for kind, name in ((Decimal, "decimal"), (Fraction, "fraction"), (date, "date")):
        if type(param) is kind:
            return [name, str(param)]
    raise TypeError(f"{type(param).__name__} is no parameter of a problem")


def _param_from_json(value: _Coded) -> Param:
    if isinstance(value, list):
        name, *parts = value
        return _READ[name](*parts)
    return value
