"""From a key path of an expanded document to the place in the file where it was written."""

from __future__ import annotations

from typing import Any

from app.definition.finding import Finding, KeyPath
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig, mark_of


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
    _collect(tree, path, found)
    return frozenset(found)


def _collect(value: Any, path: KeyPath, found: set[KeyPath]) -> None:
    if isinstance(value, Branch):
        found.update((*path, key) for key in value.refused)
        for key, one in value.items():
            if isinstance(one, (Branch, Twig)):
                _collect(one, (*path, key), found)
    elif isinstance(value, Twig):
        if value.lossy:
            found.add(path)
        for at, one in enumerate(value):
            if isinstance(one, (Branch, Twig)):
                _collect(one, (*path, at), found)


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
