"""The occasion of a print: which dossier, why, by whom and when; and the words that only the office knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from app.definition.duration import Duration, parse_duration
from app.definition.model.organisation import Unit
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.engine.environment import Environment
from app.engine.plan import plan_of
from app.engine.state import State
from app.engine.world import World
from app.operations.prints.values import Titles
from app.storage.people import Person, names_of

SYSTEM = "system"


@dataclass(frozen=True)
class Occasion:
    """Everything a print is made from. ``facts``: what the order itself said (``reason``, ``step``, ``number``, …)."""

    facts: Mapping[str, Any]
    state: State
    procedure: Procedure
    world: World
    by: Person
    now: datetime

    @cached_property
    def env(self) -> Environment:
        """What expressions of the procedure see."""
        return Environment(self.procedure, self.state, self.world, self.now)

    @property
    def reception(self) -> Unit | None:
        """The unit that received the dossier."""
        return self.world.organisation.units.get(self.state.unit or self.state.agency)

    @property
    def maker(self) -> str:
        """The full name of whoever makes the paper; "" when nobody does."""
        return "" if self.by.username == SYSTEM else self.by.full_name

    @property
    def step(self) -> Step | None:
        """The step that orders the print, if one does."""
        found = plan_of(self.procedure).route(self.state.route).steps.get(str(self.facts.get("step", "")))
        return None if found is None else found.step

    def unit_title(self, key: str) -> str:
        """What a unit is called."""
        found = self.world.organisation.units.get(key)
        return key if found is None else found.title

    def person_name(self, username: str) -> str:
        """What a person is called."""
        return self._names.get(username) or names_of((username,)).get(username, username)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        actors = {visit.actor for visit in self.state.past if visit.actor}
        return {**names_of(actors), self.by.username: self.by.full_name}

    @property
    def titles(self) -> Titles:
        """Units and people named inside answers."""
        return Titles(self.unit_title, self.person_name)

    @property
    def limit(self) -> str:
        """The promised limit as people read it."""
        promised = self.state.limit
        times = [*(str(phase["time"]) for phase in promised.get("phases", ())), *map(str, promised.get("add", ()))]
        read = [parse_duration(text) for text in times]
        return ", cộng ".join(one.to_vietnamese() for one in read if isinstance(one, Duration))
