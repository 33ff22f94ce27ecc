"""A step table as a graph: what can be reached, from where the end can, circles, longest ways. Pure, bounded.

A step that is passed over follows its own ``next``, so skipping adds no edge.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

from app.definition.model.route import Route, Step

END = "end"
Edges = Mapping[str, tuple[str, ...]]


class Graph:
    """Nodes are step keys and "end"; an edge leads to every step that a way on, or being late, may open."""

    def __init__(self, route: Route, edges: Edges | None = None) -> None:
        """``edges``: those of one case only, for a graph without the ways that it closes."""
        self.route = route
        self.first = route.steps[0].key if route.steps else END
        every = {step.key: tuple(_targets(step, route)) for step in route.steps} if edges is None else edges
        self.edges: Edges = every
        self._before: dict[str, frozenset[str]] = {}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """Everything that can be reached from the first step."""
        return reach(self.edges, (self.first,))

    def before(self, key: str) -> frozenset[str]:
        """The steps that can come before a step; itself too when it lies on a circle."""
        if key not in self._before:
            self._before[key] = reach(self.reversed, self.reversed.get(key, ()))
        return self._before[key]

    @cached_property
    def reversed(self) -> dict[str, tuple[str, ...]]:
        """The edges backwards."""
        result: dict[str, list[str]] = {key: [] for key in (*self.edges, END)}
        for source, targets in self.edges.items():
            for target in targets:
                result[target].append(source)
        return {key: tuple(dict.fromkeys(sources)) for key, sources in result.items()}

    @cached_property
    def finishing(self) -> frozenset[str]:
        """Everything from which the end can be reached."""
        return reach(self.reversed, (END,))

    def can_precede(self, earlier: str, later: str) -> bool:
        """Whether a visit of one step may come before a visit of the other."""
        return earlier in self.before(later)

    def avoids(self, passed: Iterable[str], goal: Iterable[str] = (END,)) -> bool:
        """Whether some way from the first step to a goal goes round all of these steps."""
        closed = frozenset(passed)
        if self.first in closed:
            return False
        open_edges = {key: tuple(one for one in targets if one not in closed) for key, targets in self.edges.items()}
        return not reach(open_edges, (self.first,)).isdisjoint(goal)

    def circle_within(self, keys: frozenset[str]) -> tuple[str, ...]:
        """A circle that runs through these steps only, its first step repeated at the end; () when there is none."""
        inner = {key: tuple(one for one in self.edges[key] if one in keys) for key in self.edges if key in keys}
        for key in inner:
            path = shortest(inner, inner[key], key)
            if path:
                return (key, *path)
        return ()

    def longest(self, weight: Callable[[str], int], stops: frozenset[str]) -> tuple[str, ...]:
        """The heaviest way from the first step to the end or to a stop.

        Ways back to an earlier step are left out: the second round is not part of an ordinary course.
        """
        best: dict[str, tuple[int, str]] = {}
        for key, targets in _children_first(self.first, self.edges, stops):
            heaviest = max(((best[one][0], one) for one in targets if one in best), default=(0, ""))
            best[key] = (heaviest[0] + weight(key), heaviest[1])
        path, key = [], self.first
        while key in best:
            path.append(key)
            key = best[key][1]
        return tuple(path)


def _targets(step: Step, route: Route) -> Iterator[str]:
    seen: set[str] = set()
    named = [target.step for way in step.ways for target in way.targets]
    for key in (*named, step.on_late_to):
        if key and key not in seen and (key == END or key in route.by_key):
            seen.add(key)
            yield key


def reach(edges: Edges, starts: Iterable[str]) -> frozenset[str]:
    """The starts and everything behind them."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        for target in edges.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return frozenset(found)


def shortest(edges: Edges, starts: Iterable[str], goal: str) -> tuple[str, ...]:
    """The shortest way from one of the starts to the goal, both included; () when there is none."""
    came: dict[str, str] = dict.fromkeys(starts, "")
    waiting = deque(came)
    while waiting:
        key = waiting.popleft()
        if key == goal:
            path = [key]
            while came[path[0]]:
                path.insert(0, came[path[0]])
            return tuple(path)
        for target in edges.get(key, ()):
            if target not in came:
                came[target] = key
                waiting.append(target)
    return ()


def _children_first(first: str, edges: Edges, stops: frozenset[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every step after all that lie behind it, with its targets without the ways back."""
    above: dict[str, list[str]] = {}
    done: set[str] = set()
    waiting: list[tuple[str, Iterator[str]]] = []

    def enter(key: str) -> None:
        above[key] = []
        waiting.append((key, iter(() if key == END or key in stops else edges.get(key, ()))))

    enter(first)
    while waiting:
        key, targets = waiting[-1]
        target = next(targets, None)
        if target is None:
            waiting.pop()
            done.add(key)
            yield key, tuple(above[key])
        elif target in done or target not in above:
            above[key].append(target)
            if target not in above:
                enter(target)
