"""Notes, while other tests run, which function of the house reads which attribute of the compiled model.

`pytest -p tests.language.reading_of_the_model tests/engine tests/screens …` adds what it sees to `consumers.txt`, of
which `test_no_dead_keys.py` asks that every key of the language is read somewhere. Reads by the model itself, by the
compiler and by the rules that judge a file are not noted: they do nothing with a key.
"""

from __future__ import annotations

import inspect
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WITNESSES = Path(__file__).with_name("consumers.txt")
MODELS = tuple(
    f"app.definition.model.{name}"
    for name in (
        "choice",
        "documents",
        "form",
        "money",
        "organisation",
        "print_text",
        "procedure",
        "route",
        "time",
        "who",
    )
)
NOT_A_CONSUMER = ("app/definition/",)
_seen: set[tuple[str, str]] = set()


class _Noted:
    """The slot of an attribute, noting who looks at it."""

    def __init__(self, name: str, slot: Any) -> None:
        self._name, self._slot = name, slot

    def __get__(self, holder: object, owner: type) -> Any:
        if holder is None:
            return self
        reader = reader_of(sys._getframe(1))
        if reader:
            _seen.add((self._name, reader))
        return self._slot.__get__(holder, owner)

    def __set__(self, holder: object, value: Any) -> None:
        self._slot.__set__(holder, value)


def reader_of(frame: FrameType | None) -> str:
    """`app/screens/x.py:function` or a template that reads; empty where the reader consumes nothing."""
    while frame is not None and "jinja2" in frame.f_code.co_filename:
        frame = frame.f_back
    if frame is None:
        return ""
    path = Path(frame.f_code.co_filename)
    if not path.is_relative_to(ROOT / "app"):
        return ""
    place = path.relative_to(ROOT).as_posix()
    if place.startswith(NOT_A_CONSUMER):
        return ""
    return place if path.suffix == ".html" else f"{place}:{frame.f_code.co_qualname}"


def model_classes() -> tuple[type, ...]:
    """Every value that a file of the language is compiled into."""
    found = (value for name in MODELS for _, value in inspect.getmembers(import_module(name), inspect.isclass))
    return tuple({value: None for value in found if is_dataclass(value) and value.__module__ in MODELS})


def pytest_configure() -> None:
    """Every attribute of the model is watched."""
    for one in model_classes():
        for field in fields(one):
            setattr(one, field.name, _Noted(f"{one.__name__}.{field.name}", one.__dict__[field.name]))


def pytest_unconfigure() -> None:
    """One witness an attribute is kept: the first by name, so that running it again changes little."""
    known = witnesses()
    for name, reader in sorted(_seen):
        known.setdefault(name, reader)
    WITNESSES.write_text("".join(f"{name} {known[name]}\n" for name in sorted(known)), encoding="utf-8")


def witnesses() -> dict[str, str]:
    """Attribute of the model → the function or template that reads it."""
    lines = WITNESSES.read_text(encoding="utf-8").splitlines() if WITNESSES.exists() else []
    return dict(line.split(" ", 1) for line in lines)
