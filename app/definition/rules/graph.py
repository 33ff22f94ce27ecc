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

    def __init__(self, route: Route) -> None:
        self.route = route
        self.first = route.steps[0].key if route.steps else END
        self.edges: dict[str, tuple[str, ...]] = {step.key: tuple(_targets(step, route)) for step in route.steps}

    @cached_property
    def reachable(self) -> frozenset[str]:
        """Everything that can be reached from the first step."""
        return reach(self.edges, (self.first,))

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """For each step, the steps that can come before it; itself too when it lies on a circle."""
        return {key: reach(self.reversed, self.reversed.get(key, ())) for key in (*self.edges, END)}

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
        return earlier in self.before.get(later, frozenset())

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

    def longest(self, weight: Callable[[str], int], stops: frozenset[str]) -> tuple[int, tuple[str, ...]]:
        """The heaviest way from the first step to the end or to a stop, never entering a step twice on the way.

        Ways back to an earlier step are left out: the second round is not part of an ordinary course.
        """
        found: dict[str, tuple[int, tuple[str, ...]]] = {}
        return _heaviest(self.first, self.edges, weight, stops, found, frozenset())


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


def _heaviest(
    key: str,
    edges: Edges,
    weight: Callable[[str], int],
    stops: frozenset[str],
    found: dict[str, tuple[int, tuple[str, ...]]],
    above: frozenset[str],
) -> tuple[int, tuple[str, ...]]:
    if key == END or key in stops:
        return (0, (key,))
    if key in found:
        return found[key]
    best: tuple[int, tuple[str, ...]] = (0, ())
    for target in edges.get(key, ()):
        if target in above or target == key:
            continue
        best = max(best, _heaviest(target, edges, weight, stops, found, above | {key}), key=lambda one: one[0])
    found[key] = (best[0] + weight(key), (key, *best[1]))
    return found[key]
