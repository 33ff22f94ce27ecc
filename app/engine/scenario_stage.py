"""The stage on which a scenario is played: one dossier, one fake clock, everything that has happened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.engine.environment import Environment
from app.engine.events import Event
from app.engine.plan import RoutePlan, plan_of
from app.engine.state import State
from app.engine.sweeping import next_sweep, sweep
from app.engine.turn import Turn
from app.engine.world import SYSTEM, Actor, Outcome, World

_DECIMAL = re.compile(r"-?\d+\.\d+")
_NUMERIC = frozenset(("integer", "decimal", "money", "percent", "area"))


def moment_of(value: object) -> datetime | None:
    """A moment as tests write it: ``2025-08-27 09:00`` or a date."""
    if isinstance(value, datetime):
        return value
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


@dataclass
class Stage:
    """Mutable on purpose: a test is a story, told act by act."""

    procedure: Procedure
    world: World
    state: State
    now: datetime
    given: Mapping[str, Any]
    events: list[Event] = field(default_factory=list)
    act_from: int = 0
    people: dict[str, str] = field(default_factory=dict)

    @property
    def first_step(self) -> str:
        """The step of the intake."""
        return self.route.first.key

    @property
    def route(self) -> RoutePlan:
        """The step table of the dossier."""
        return plan_of(self.procedure).route(self.state.route)

    @property
    def env(self) -> Environment:
        """What expressions see now."""
        return Environment(self.procedure, self.state, self.world, self.now)

    @property
    def form(self) -> Mapping[str, Any]:
        """The answers that the test gives for any step."""
        form = self.given.get("form", {})
        return form if isinstance(form, Mapping) else {}

    def turn(self, actor: Actor = SYSTEM) -> Turn:
        """A turn to ask questions with; nothing of it is kept."""
        return Turn(self.procedure, self.state, actor, self.now, self.world)

    def open_steps(self) -> list[str]:
        """Where the dossier stands."""
        return [visit.step for visit in self.state.visits if visit.kind == "step"]

    def begin_act(self) -> None:
        """From here on events belong to the next act."""
        self.act_from = len(self.events)

    @property
    def act_events(self) -> list[Event]:
        """What happened in the act just played."""
        return self.events[self.act_from :]

    def keep(self, outcome: Outcome) -> None:
        """Go on from what a move gave."""
        self.state = outcome.state
        self.events.extend(outcome.events)

    def wait_until(self, moment: datetime) -> None:
        """Let time pass; what happens by itself happens at its own minute, as with a sweep that never sleeps."""
        while True:
            following = next_sweep(self.state)
            if following is None or following > moment:
                break
            at = max(following, self.now, self.state.last_at)
            outcome = sweep(self.procedure, self.state, at, self.world)
            if outcome is None:
                break
            self.keep(outcome)
        self.now = max(moment, self.now)

    def raw(self, key: str, value: Any) -> Any:
        """A literal of the file as input: a decimal number written in YAML is a number, not the Vietnamese 1.234."""
        return literal(self.procedure.form.fields.get(key), value)


def literal(item: Field | None, value: Any) -> Any:
    """A literal of the file as input for a field."""
    if item is None:
        return value
    if item.type == "table" and isinstance(value, list | tuple):
        return [_row(item, row) if isinstance(row, Mapping) else row for row in value]
    if item.type in _NUMERIC and isinstance(value, str) and _DECIMAL.fullmatch(value):
        return Decimal(value)
    return value


def _row(item: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: literal(item.column(name), cell) for name, cell in row.items()}


MINUTE = timedelta(minutes=1)
