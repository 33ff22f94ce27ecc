"""Where a value of a procedure comes from: default of the language → shared piece → procedure file, the last one wins.

What a value overrode is found by taking it away: the procedure is expanded again without it, and what stands there then
lies below. So nothing has to be carried along when thousands of files are checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from app.definition.config_tree.documents import ConfigDocument
from app.definition.expand.procedure import expanded_procedure
from app.definition.expand.shared import Shared
from app.definition.finding import KeyPath
from app.definition.ground import Ground
from app.definition.key_paths import Unresolved, resolve
from app.definition.positions import place_of
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig, mark_of

MOST_LAYERS = 12  # a shared route may use another, and so on; circles are refused when checked


class Layer(NamedTuple):
    """One source of a value. ``mark`` is None for a default; ``around`` is then the nearest thing that is written."""

    value: Any
    mark: Mark | None
    around: Mark | None = None


class Origin(NamedTuple):
    """The place of a value in the expanded document and its sources, the one that holds first."""

    path: KeyPath
    layers: tuple[Layer, ...]
    document: Branch


def origin_of(text: str, document: ConfigDocument, ground: Ground) -> Origin | Unresolved:
    """The sources of the value at a path as people write it; the document must be readable."""
    sources = _Sources(document.tree or Branch(), document.mark, ground)
    tree = sources.expanded()
    path = resolve(tree, text)
    if isinstance(path, Unresolved):
        return path
    return Origin(path, tuple(_layers(text, sources)), tree)


def _layers(text: str, sources: _Sources) -> Iterator[Layer]:
    for _ in range(MOST_LAYERS):
        tree = sources.expanded()
        path = resolve(tree, text)
        if isinstance(path, Unresolved):
            return
        mark, exact = place_of(tree, path, sources.mark)
        value = value_at(tree, path)
        if not exact or mark is None:
            yield Layer(value, None, mark)
            return
        yield Layer(value, mark)
        if not sources.take_away(mark):
            return


def value_at(tree: Any, path: KeyPath) -> Any:
    """What stands at a path that was resolved."""
    for key in path:
        tree = tree[key]
    return tree


class _Sources:
    """What the procedure is made of; values are taken away from copies."""

    def __init__(self, tree: Branch, mark: Mark | None, ground: Ground) -> None:
        self.mark = mark
        self._tree = tree
        self._shared = replace(ground.joined.shared, used=set())
        self._organisation = ground.organisation_document

    def expanded(self) -> Branch:
        """The procedure as it is now."""
        mark = self.mark or next(iter(self._tree.marks.values()))
        return expanded_procedure(self._tree, mark, self._shared, self._organisation, Collector())

    def take_away(self, mark: Mark) -> bool:
        """Remove what is written at a place, wherever it is; False where it is written nowhere."""
        tree = without(self._tree, mark)
        if tree is not self._tree:
            self._tree = tree
            return True
        shared = _shared_without(self._shared, mark)
        changed = shared is not None
        self._shared = shared or self._shared
        return changed


def _shared_without(shared: Shared, mark: Mark) -> Shared | None:
    """The shared pieces without what is written at a place; None where it is in none of them."""
    pieces = vars(shared)
    for name in ("documents", "registers", "prints", "routes", "lists", "forms"):
        after = _piece_without(pieces[name], mark)
        if after is not pieces[name]:
            result = replace(shared)
            setattr(result, name, after)
            return result
    return None


def _piece_without(piece: Any, mark: Mark) -> Any:
    """Forms are lists of their versions, routes and lists mappings of trees, the others trees themselves."""
    if isinstance(piece, Branch):
        return without(piece, mark)
    if isinstance(piece, dict):
        left: dict[str, Any] = {key: _piece_without(one, mark) for key, one in piece.items()}
        return left if any(left[key] is not piece[key] for key in piece) else piece
    versions = [without(one, mark) for one in piece]
    return versions if any(one is not other for one, other in zip(versions, piece, strict=True)) else piece


def without(value: Any, mark: Mark) -> Any:
    """The same tree without what is written at this very place; the tree itself where it is not in it."""
    if isinstance(value, Branch):
        for key, inner in value.items():
            left = _left(value, key, inner, mark)
            if left is not inner:
                result = Branch(value)
                if left is None:
                    result.drop(key)
                else:
                    result.put(key, left, value.marks.get(key))
                return result
    elif isinstance(value, Twig):
        for at, inner in enumerate(value):
            left = _left(value, at, inner, mark)
            if left is not inner:
                return _twig_with(value, at, left)
    return value


def _left(holder: Any, key: str | int, inner: Any, mark: Mark) -> Any:
    """What is left of a member: None when the member itself stands at the place."""
    own = mark_of(holder, key)
    return None if own is not None and own.node is mark.node else without(inner, mark)


def _twig_with(twig: Twig, at: int, left: Any) -> Twig:
    result = Twig()
    result.lossy = twig.lossy
    for number, (item, mark) in enumerate(zip(twig, twig.marks, strict=True)):
        if number != at:
            result.add(item, mark)
        elif left is not None:
            result.add(left, mark)
    return result
