"""From a key path of an expanded document to the place in the file where it was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.definition.finding import Finding, KeyPath
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig, mark_of
from app.definition.source import ScalarNode

_KEPT_LEVELS = 2  # enough for what is compared between procedures: codes, titles, dates


def place_of(tree: Any, path: KeyPath, top: Mark | None) -> tuple[Mark | None, bool]:
    """The mark of the value at a path, or of its nearest ancestor that is written; and whether it is exact."""
    mark, exact, value = top, not path, tree
    for depth, key in enumerate(path):
        found = mark_of(value, key)
        if found is not None:
            mark, exact = found, depth == len(path) - 1
        else:
            exact = False
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
    return mark, exact


def broken_paths(tree: Any, path: KeyPath = ()) -> frozenset[KeyPath]:
    """Where the shape check refused a value: below such a path there is nothing to find."""
    found: set[KeyPath] = set()
    if _has_broken(tree):
        _collect(tree, list(path), found)
    return frozenset(found)


def _has_broken(tree: Any) -> bool:
    """Whether anything was refused at all: most trees are sound, and nobody needs to name their paths."""
    waiting = [tree]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Branch):
            if value.refused:
                return True
            waiting += [one for one in value.values() if isinstance(one, (Branch, Twig))]
        elif isinstance(value, Twig):
            if value.lossy:
                return True
            waiting += [one for one in value if isinstance(one, (Branch, Twig))]
    return False


def _collect(value: Any, path: list[str | int], found: set[KeyPath]) -> None:
    """``path`` is lengthened on the way down and shortened on the way up: most of a tree has nothing refused in it."""
    is_mapping = isinstance(value, Branch)
    if is_mapping and value.refused:
        found.update((*path, key) for key in value.refused)
    elif isinstance(value, Twig) and value.lossy:
        found.add(tuple(path))
    for key, one in value.items() if is_mapping else enumerate(value):
        if isinstance(one, (Branch, Twig)):
            path.append(key)
            _collect(one, path, found)
            path.pop()


def slim(tree: Branch, along: Iterable[KeyPath] = (), depth: int = _KEPT_LEVELS) -> Branch:
    """The places of the upper levels and those along some paths, without the nodes they came from.

    A large folder must fit into memory.
    """
    result = Branch()
    result.refused = tree.refused
    for key, value in tree.items():
        mark = tree.marks.get(key)
        result.put(key, _slim_value(value, _below(along, key), depth - 1), slim_mark(mark) if mark else None)
    return result


def _slim_value(value: Any, along: tuple[KeyPath, ...], depth: int) -> Any:
    if isinstance(value, Branch):
        return slim(value, along, depth) if depth > 0 or along else None
    if not isinstance(value, Twig):
        return None
    result = Twig()
    for at, (item, mark) in enumerate(zip(value, value.marks, strict=True)):
        result.add(_slim_value(item, _below(along, at), 0), slim_mark(mark) if mark else None)
    return result


def _below(paths: Iterable[KeyPath], key: str | int) -> tuple[KeyPath, ...]:
    """What is left of those paths that lead through a key."""
    return tuple(path[1:] for path in paths if len(path) > 1 and path[0] == key)


def slim_mark(mark: Mark) -> Mark:
    """The same place with nothing below it."""
    node = mark.node
    return mark if isinstance(node, ScalarNode) else Mark(mark.file, ScalarNode("", False, node.span), mark.key)


def tell_finding(
    finding: Finding, tree: Branch, top: Mark | None, broken: frozenset[KeyPath], collector: Collector
) -> None:
    """Turn a finding into a problem, unless it stands where something was refused already."""
    if any(finding.path[: depth + 1] in broken for depth in range(len(finding.path))):
        return
    mark, exact = place_of(tree, finding.path, top)
    collector.add(
        finding.rule,
        mark,
        finding.params,
        on_key=finding.on_key or not exact,
        offset=finding.offset if exact else 0,
        severity=finding.severity,
    )
