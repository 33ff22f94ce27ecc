"""One move while it is being made: the state so far, what has happened, what is asked for beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.environment import Environment
from app.engine.events import Event
from app.engine.fold import apply_to
from app.engine.plan import Plan, RoutePlan, plan_of
from app.engine.state import State
from app.engine.world import SYSTEM, Actor, Effect, Outcome, World

_new = tuple.__new__


class Turn:
    """Events are applied as they are noted, so the state is at every moment the fold of the journal.

    The state is copied once, at the first event; until the move is over nobody else sees the copy.
    """

    __slots__ = (
        "_env",
        "_fields",
        "actor",
        "effects",
        "events",
        "fresh",
        "hops",
        "moved",
        "now",
        "plan",
        "procedure",
        "route",
        "state",
        "tokens",
        "world",
    )

    def __init__(self, procedure: Procedure, state: State, actor: Actor, now: datetime, world: World) -> None:
        self.procedure = procedure
        self.plan: Plan = plan_of(procedure)
        self.state = state
        self.actor = actor
        self.now = now
        self.world = world
        self.events: list[Event] = []
        self.effects: list[Effect] = []
        self.moved = False
        self.route: RoutePlan = self.plan.route(state.route)  # the step table of this dossier
        self.tokens: list[str] = []  # branches of a line still to be opened
        self.fresh: list[int] = []  # visits opened in this move that may end by themselves
        self.hops = 0
        self._fields: dict[str, Any] | None = None
        self._env: Environment | None = None

    @property
    def env(self) -> Environment:
        """The names of the dossier as it stands now."""
        if self._env is None:
            self._env = Environment(self.procedure, self.state, self.world, self.now)
        return self._env

    def env_with(self, answers: Mapping[str, Any]) -> Environment:
        """The same with answers that are not saved yet."""
        return Environment(self.procedure, self.state, self.world, self.now, answers)

    def emit(self, kind: str, data: Mapping[str, Any], by_system: bool = False) -> None:
        """Note an event and go on from the state after it."""
        fields = self._fields
        if fields is None:
            self.state = self.state.copy()
            fields = self._fields = self.state.__dict__
        # tuple.__new__ makes the same value in a third of the time; this line runs twice a move
        event = _new(Event, (kind, self.now, SYSTEM.user if by_system else self.actor.user, data))
        self.events.append(event)
        apply_to(fields, event)
        self._env = None

    def go_on_from(self, state: State, events: list[Event]) -> None:
        """Take over a state that nobody has seen yet, with the events that led to it."""
        self.state, self.events, self._fields = state, events, state.__dict__

    def choose_route(self) -> None:
        """The step table has been fixed."""
        self.route = self.plan.route(self.state.route)

    def ask(self, kind: str, **data: Any) -> None:
        """Ask for something beside the state."""
        self.effects.append(Effect(kind, data))

    def order_print(self, key: str, **data: Any) -> None:
        """A paper to be produced from the state as it stands now, and kept."""
        self.emit("print_ordered", {"print": key, **data})
        self.ask("print_ordered", print=key, **data)

    def notice(self, event: str, **data: Any) -> None:
        """A message to people, if the procedure's notices want one."""
        data["event"] = event
        self.effects.append(Effect("notice", data))

    def outcome(self) -> Outcome:
        """The answer of the move. The turn is over: the state is seen by others from now on."""
        self._fields = None
        return Outcome(self.state, tuple(self.events), tuple(self.effects))
