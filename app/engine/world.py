"""What a move needs from outside and what it answers: values only, no clock, no database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from app.definition.model.organisation import Organisation
from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.events import Event
from app.engine.state import State


class NumberSource(Protocol):
    """Gives the next number of a register. Storage counts in the transaction of the move, tests in a dict."""

    def take(
        self, register: str, *, unit: str, at: datetime, series: str = "", values: Mapping[str, str] | None = None
    ) -> str:
        """The number as it is written, e.g. ``01/GP-UBND``; ``values`` are placeholders that only the dossier knows."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """Calendar and settings of the clock, the organisation, the source of numbers, further functions of expressions."""

    calendar: Calendar
    settings: ClockSettings
    organisation: Organisation
    numbers: NumberSource
    facts: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


class Actor(NamedTuple):
    """Who acts, and as which positions (``role@unit``, ``applicant``, ``system``)."""

    user: str
    positions: frozenset[str]


SYSTEM = Actor("system", frozenset(("system",)))


class Refusal(NamedTuple):
    """The engine says no: a stable code and what the sentence at the door needs."""

    code: str
    params: Mapping[str, Any] = {}


class Effect(NamedTuple):
    """Something asked for beyond the state: a print, a notice, a refund."""

    kind: str
    data: Mapping[str, Any]


class Outcome(NamedTuple):
    """The answer of one move."""

    state: State
    events: tuple[Event, ...]
    effects: tuple[Effect, ...]
