"""The journal of one test read as the transitions it walked."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from app.definition.finding import KeyPath
from app.definition.model.money import Fee
from app.definition.rules.conditions_read import PlacedChoice
from app.definition.rules.tables import PlacedStep
from app.engine.coverage import Map, case_path, conduct_path, way_path
from app.engine.environment import Environment
from app.engine.events import Event
from app.engine.fold import apply
from app.engine.state import State
from app.engine.world import World

# The events by which a conduct shows in the journal; one that needs approval counts when it is asked for.
_SHOWS = {
    "supplement_requested": "supplement",
    "refused": "refuse",
    "extended": "extend",
    "stopped": "stop",
    "transferred": "transfer",
}
_ACCEPTING, _ENTERING, _LEAVING, _AT_THE_END = "accepting", "entering", "leaving", ""


def walked(layout: Map, events: Iterable[Event], world: World) -> frozenset[KeyPath]:
    """The paths of every transition that this journal goes through."""
    walk = _Walk(layout, world)
    for event in events:
        walk.go_on(event)
    return frozenset((*walk.found, *walk.picked(_AT_THE_END)))


class _Walk:
    """The state of the dossier before and after each event, and what was found on the way."""

    def __init__(self, layout: Map, world: World) -> None:
        self._map, self._world = layout, world
        self._before = self._after = State()
        self._left = ""  # the step left last: a request leaves its step before it is noted
        self._event: Event | None = None
        self.found: set[KeyPath] = set()

    def go_on(self, event: Event) -> None:
        """Take one event."""
        self._event = event
        self._before, self._after = self._after, apply(self._after, event)
        reader = _READERS.get(event.type)
        if reader is not None:
            self.found.update(reader(self, event.data))
        conduct = _SHOWS.get(event.type)
        if conduct is not None:
            self.found.update(self._offering(conduct))

    def accepted(self, data: Mapping[str, Any]) -> Iterator[KeyPath]:
        """What is fixed at acceptance."""
        yield from self.picked(_ACCEPTING)

    def entered(self, data: Mapping[str, Any]) -> Iterator[KeyPath]:
        """A step is entered; a question beside the route is a conduct of the step that asks it."""
        kind = data.get("kind", "step")
        placed = self._step(data["step"])
        if kind == "step":
            yield from self.picked(_ENTERING, data["step"])
        elif kind == "opinion" and placed is not None and placed.step.consult is None:
            yield from _if_offered(placed, "consult")

    def left(self, data: Mapping[str, Any]) -> Iterator[KeyPath]:
        """A step is left: by which of its ways."""
        visit = self._before.visit(data["visit"])
        placed = self._step(visit.step) if visit is not None and visit.kind == "step" else None
        if visit is None or placed is None:
            return
        self._left = visit.step
        if _goes_on(data, placed):
            at = self._way(placed, data)
            yield from () if at is None else (way_path(placed, at),)
            yield from self.picked(_LEAVING, visit.step)

    def approval(self, data: Mapping[str, Any]) -> Iterator[KeyPath]:
        """A conduct that somebody has to agree to."""
        yield from self._offering(str(data["conduct"]))

    def picked(self, moment: str, step: str = "") -> Iterator[KeyPath]:
        """The cases that hold now, of the choices that are asked at this moment."""
        env = self._env()
        for placed in self._map.choices:
            if placed.moment == moment and placed.step == step and self._is_asked(placed, env):
                yield case_path(placed, _case_at(placed, env))

    def _is_asked(self, placed: PlacedChoice, env: Environment) -> bool:
        """A fee that is not due asks for no amount; a step of another table is not there."""
        if placed.step and placed.table is not None:
            mine = self._step(placed.step)
            return mine is not None and mine.path == placed.path[: len(mine.path)]
        fee = self._fee_of(placed)
        return fee is None or fee.when is None or fee.when.evaluate(env) is True

    def _fee_of(self, placed: PlacedChoice) -> Fee | None:
        at = placed.path[1] if placed.path[0] == "fees" else None
        return self._map.procedure.fees[at] if isinstance(at, int) else None

    def _offering(self, conduct: str) -> Iterator[KeyPath]:
        """The steps at which it may have been done: those open, and the one it has just left."""
        here = dict.fromkeys((*(v.step for v in self._before.visits if v.kind == "step"), self._left))
        for key in here:
            placed = self._step(key)
            if placed is not None:
                yield from _if_offered(placed, conduct)

    def _way(self, placed: PlacedStep, data: Mapping[str, Any]) -> int | None:
        """The line by which the step was left: the button pressed, else the first line that holds."""
        env = self._env()
        pressed = data.get("chosen")
        for at, way in enumerate(placed.step.ways):
            meant = way.choose == pressed if pressed is not None else not way.choose or _all_buttons(placed)
            if meant and (way.when is None or way.when.evaluate(env) is True):
                return at
        return None

    def _step(self, key: str) -> PlacedStep | None:
        route = self._after.route
        found = self._map.steps.get((route, key))
        # Before acceptance no table is chosen yet; without a default one the first of the cases holds.
        return found if found is not None or route >= 0 else self._map.steps.get((0, key))

    def _env(self) -> Environment:
        at = self._event.at if self._event is not None else self._after.last_at
        return Environment(self._map.procedure, self._after, self._world, at)


def _goes_on(data: Mapping[str, Any], placed: PlacedStep) -> bool:
    """Whether the step was left by its ``next``: done, or late where that counts as done."""
    outcome = data.get("outcome", "done")
    return outcome == "done" or (outcome == "late" and placed.step.on_late == "next")


def _all_buttons(placed: PlacedStep) -> bool:
    return all(way.choose for way in placed.step.ways)


def _if_offered(placed: PlacedStep, conduct: str) -> tuple[KeyPath, ...]:
    return (conduct_path(placed, conduct),) if conduct in placed.step.allow else ()


def _case_at(placed: PlacedChoice, env: Environment) -> int | None:
    """The number of the case that holds; None for the default."""
    case = placed.choice.case_for(env)
    return next((at for at, one in enumerate(placed.choice.cases) if one is case), None)


_READERS: Mapping[str, Callable[[_Walk, Mapping[str, Any]], Iterator[KeyPath]]] = {
    "accepted": _Walk.accepted,
    "step_entered": _Walk.entered,
    "step_left": _Walk.left,
    "approval_asked": _Walk.approval,
}
