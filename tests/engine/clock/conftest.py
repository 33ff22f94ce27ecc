"""Calendars of the test vectors, laid out once."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.engine.calendar import Calendar
from app.engine.clock import ClockEvent, ClockReading, ClockSettings, Limit, read_clock

from .moments import on

VECTORS = Path(__file__).parents[2] / "vectors"


@cache
def edition(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((VECTORS / "calendars" / f"{name}.json").read_text(encoding="utf-8"))
    return read


@cache
def calendar_named(name: str) -> Calendar:
    return Calendar.from_edition(edition(name))


@pytest.fixture(scope="session")
def standard() -> Calendar:
    """07:30-11:30 and 13:00-17:00, Monday to Friday."""
    return calendar_named("vn-hours-standard")


@pytest.fixture(scope="session")
def season() -> Calendar:
    """Other hours in summer."""
    return calendar_named("vn-hours-season")


@pytest.fixture(scope="session")
def saturday_counter() -> Calendar:
    """The counter receives on Saturday morning."""
    return calendar_named("vn-saturday-counter")


@pytest.fixture(scope="session")
def before_swap() -> Calendar:
    """The edition of 2024 before 29/04 was swapped with 04/05."""
    return calendar_named("vn-2024-first-edition")


@pytest.fixture
def plain_edition() -> dict[str, Any]:
    """A copy of the standard edition to spoil."""
    copy: dict[str, Any] = json.loads(json.dumps(edition("vn-hours-standard")))
    return copy


@pytest.fixture
def read(standard: Calendar) -> Any:
    def run(limit: Limit, *events: ClockEvent, now: str = "", **settings: Any) -> ClockReading:
        at = on(now) if now else events[-1].at
        return read_clock(limit, events, at, standard, ClockSettings.from_mapping(settings))

    return run
