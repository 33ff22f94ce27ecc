"""Which card stands how far down: longest ways first, ways back left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Graph = Mapping[str, Sequence[str]]
Edge = tuple[str, str]


def returns_of(graph: Graph) -> frozenset[Edge]:
    """The edges that lead back to a step on the way to it: without them there is no circle."""
    found: set[Edge] = set()
    done: set[str] = set()
    for start in graph:
        if start not in done:
            _search(start, graph, done, found)
    return frozenset(found)


def _search(start: str, graph: Graph, done: set[str], found: set[Edge]) -> None:
    """Depth first, without recursion: a route may be long."""
    on_the_way = {start}
    waiting = [(start, iter(graph[start]))]
    while waiting:
        key, targets = waiting[-1]
        following = next(targets, None)
        if following is None:
            waiting.pop()
            on_the_way.discard(key)
            done.add(key)
        elif following in on_the_way:
            found.add((key, following))
        elif following in graph and following not in done:
            on_the_way.add(following)
            waiting.append((following, iter(graph[following])))


def layers_of(graph: Graph, returns: frozenset[Edge]) -> dict[str, int]:
    """Each step lies below every step that leads to it; the first ones in layer 0."""
    ahead = {key: [to for to in targets if to in graph and (key, to) not in returns] for key, targets in graph.items()}
    waits = dict.fromkeys(graph, 0)
    for targets in ahead.values():
        for to in targets:
            waits[to] += 1
    layer = dict.fromkeys(graph, 0)
    ready = [key for key, count in waits.items() if count == 0]
    for key in ready:
        for to in ahead[key]:
            layer[to] = max(layer[to], layer[key] + 1)
            waits[to] -= 1
            if waits[to] == 0:
                ready.append(to)
    return layer
