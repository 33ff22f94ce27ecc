"""Searches for tests that walk what no test walks: cases laid out from the conditions, walks tried breadth-first.

Every act is played as a test plays it, so that what is found here passes when it is written down. Bounded by the number
of moves tried, never by time: the same file always gives the same answer.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from app.definition.finding import KeyPath
from app.engine.coverage import Map
from app.engine.coverage_acts import acts_now
from app.engine.coverage_cases import Given, cases_for, value_for
from app.engine.coverage_walk import walked
from app.engine.numbering import MemoryNumbers
from app.engine.scenario import open_stage
from app.engine.scenario_acts import CannotRun, act
from app.engine.scenario_stage import Stage
from app.engine.world import World

MOST_MOVES = 3000  # per procedure
MOST_MOVES_OF_A_CASE = 400
MOST_GIVEN = 40  # answers that a case may turn out to need
MOST_VISITS = 2  # of one step: a loop is walked once


class Walk(NamedTuple):
    """One test found: what is given, the acts, and the transitions that it walks."""

    given: Given
    acts: tuple[Mapping[str, Any], ...]
    covers: frozenset[KeyPath]


def search(layout: Map, wanted: frozenset[KeyPath], received: str, world: World) -> tuple[Walk, ...]:
    """Few walks that together go through as much of what is wanted as could be reached."""
    return _Search(layout, wanted, received, world).run()


@dataclass
class _Search:
    """What is still wanted and how much may still be tried."""

    layout: Map
    wanted: frozenset[KeyPath]
    received: str
    world: World
    left: int = MOST_MOVES
    found: list[Walk] = field(default_factory=list)

    def run(self) -> tuple[Walk, ...]:
        """Try case after case until everything is reached or enough is tried."""
        seen: list[Given] = []
        for given in cases_for(self.layout, self.wanted, self.received):
            if self._is_done() or self.left <= 0:
                break
            if given not in seen:
                seen.append(given)
                self._explore(given)
        return _fewest(self.found, self.wanted)

    def _is_done(self) -> bool:
        return self.wanted <= frozenset(path for walk in self.found for path in walk.covers)

    def _explore(self, given: Given) -> None:
        """All walks of one case. An answer that turns out to be needed is added, and the case begun anew."""
        for _ in range(MOST_GIVEN):
            before = len(self.found)
            try:
                self._walks(given)
                return
            except CannotRun as needs:
                del self.found[before:]
                key = str(needs.params.get("field", ""))
                if needs.kind != "must_give" or key in given.get("form", {}):
                    return
                form = {**given.get("form", {}), key: value_for(self.layout.procedure, key)}
                given = {**given, "form": form}

    def _walks(self, given: Given) -> None:
        procedure = self.layout.procedure
        world = replace(self.world, numbers=MemoryNumbers(self.world.organisation))
        start = open_stage(procedure, world, {"given": given})
        waiting: deque[tuple[Stage, tuple[Mapping[str, Any], ...]]] = deque([(start, ())])
        seen = {_signature(start)}
        for _ in range(min(self.left, MOST_MOVES_OF_A_CASE)):
            if not waiting:
                return
            stage, acts = waiting.popleft()
            for entry in acts_now(stage, self._open_conduct(given)):
                self.left -= 1
                after = _played(stage, entry)
                if after is None or _signature(after) in seen:
                    continue
                seen.add(_signature(after))
                walk = (*acts, entry)
                self._note(given, walk, after)
                if after.state.ended_at is None and not _too_often(after):
                    waiting.append((after, walk))

    def _note(self, given: Given, acts: tuple[Mapping[str, Any], ...], stage: Stage) -> None:
        covers = walked(self.layout, stage.events, self.world) & self.wanted
        if covers:
            self.found.append(Walk(given, acts, covers))

    def _open_conduct(self, given: Given) -> frozenset[tuple[str, str]]:
        """Conduct still wanted, as (step, name): trying others would only multiply the walks."""
        reached = {path for walk in self.found for path in walk.covers}
        return frozenset(
            (one.step, one.conduct)
            for one in self.layout.transitions
            if one.conduct and one.path in self.wanted and one.path not in reached
        )


def _played(stage: Stage, entry: Mapping[str, Any]) -> Stage | None:
    """The stage after one more act; None when it is refused."""
    after = replace(stage, events=list(stage.events))
    after.begin_act()
    return after if act(after, entry, ()) is None else None


def _signature(stage: Stage) -> tuple[Any, ...]:
    """What decides how it may go on: where it stands, what was done how often, what has been asked for."""
    state = stage.state
    done: dict[str, int] = {}
    for visit in state.past:
        done[visit.step] = min(done.get(visit.step, 0) + 1, MOST_VISITS)
    here = tuple(sorted((visit.step, visit.kind, visit.sent is not None) for visit in state.visits))
    asked = (len(state.requests), state.extensions, state.included, state.status, state.ended_at is not None)
    chosen = frozenset((visit.step, visit.chosen) for visit in state.past if visit.chosen)
    return here, frozenset(done.items()), asked, chosen


def _too_often(stage: Stage) -> bool:
    steps = [visit.step for visit in (*stage.state.past, *stage.state.visits) if visit.kind == "step"]
    return any(steps.count(step) > MOST_VISITS for step in set(steps))


def _fewest(found: Iterable[Walk], wanted: frozenset[KeyPath]) -> tuple[Walk, ...]:
    """Greedily: the walk with most that is new, of those the shortest, until nothing is new."""
    walks, chosen = list(found), []
    missing = set(wanted)
    while walks:
        best = max(walks, key=lambda walk: (len(walk.covers & missing), -len(walk.acts)))
        new = best.covers & missing
        if not new:
            break
        chosen.append(best._replace(covers=frozenset(new)))
        missing -= new
    return tuple(chosen)
