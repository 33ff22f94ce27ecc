"""Values that remember where they were written: a mapping and a list that carry the place of every key and item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.definition.source import Node, ScalarNode


class Mark(NamedTuple):
    """Where a value was written: its file, its node and the key it stands under."""

    file: str
    node: Node
    key: ScalarNode | None = None


class Branch(dict[str, Any]):
    """A mapping with the place of each value. ``refused`` names the keys whose value could not be used."""

    __slots__ = ("marks", "refused")

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.marks: dict[str, Mark] = dict(values.marks) if isinstance(values, Branch) else {}
        self.refused: set[str] = set(values.refused) if isinstance(values, Branch) else set()

    def put(self, key: str, value: Any, mark: Mark | None) -> None:
        """Set a value together with its place; without a place it is a default."""
        self[key] = value
        if mark is None:
            self.marks.pop(key, None)
        else:
            self.marks[key] = mark

    def drop(self, key: str) -> Any:
        """Take a key out, with its place."""
        self.marks.pop(key, None)
        return self.pop(key, None)

    def merged(self, over: Branch) -> Branch:
        """This mapping with the keys of another laid over it: mappings are merged, everything else is replaced."""
        result = Branch(self)
        result.refused |= over.refused
        for key, value in over.items():
            below = result.get(key)
            both = isinstance(below, Branch) and isinstance(value, Branch)
            result.put(key, below.merged(value) if both and below is not None else value, over.marks.get(key))
        return result


class Twig(list[Any]):
    """A list with the place of each item. ``lossy``: some item could not be used and is not in it."""

    __slots__ = ("lossy", "marks")

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark | None] = []
        self.lossy = False

    def add(self, value: Any, mark: Mark | None) -> None:
        """Append an item together with its place."""
        self.append(value)
        self.marks.append(mark)

    def take(self, other: Twig) -> None:
        """Append every item of another list."""
        self.extend(other)
        self.marks.extend(other.marks)
        self.lossy = self.lossy or other.lossy


def mark_of(holder: Any, key: str | int) -> Mark | None:
    """The place of one value inside a mapping or list of ours; None for defaults and plain values."""
    if isinstance(holder, Branch) and isinstance(key, str):
        return holder.marks.get(key)
    if isinstance(holder, Twig) and isinstance(key, int) and 0 <= key < len(holder.marks):
        return holder.marks[key]
    return None


def plain(value: Any) -> Any:
    """The same value without places, as ordinary dict and list."""
    if isinstance(value, dict):
        return {key: plain(one) if isinstance(one, (dict, list)) else one for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) if isinstance(one, (dict, list)) else one for one in value]
    return value
