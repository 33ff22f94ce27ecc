"""Key paths as people write them: ``route.appraise.within``. Members of lists go by their own name, else by number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.definition.finding import KeyPath

# The keys by which a member of a list is told from its neighbours, the first that it has.
NAMING = ("step", "key", "group", "choose", "name", "use", "do")
# What need not be said, because it is meant anyway: the default of a choice, the fields of a form, papers in groups.
_MEANT = ("default", "fields", "items")
FIRST = 1  # people count from one


class Unresolved(NamedTuple):
    """A path that leads nowhere: the part that is not there, below what, and the names that are."""

    part: str
    below: str
    known: tuple[str, ...]


def resolve(document: Any, text: str) -> KeyPath | Unresolved:
    """The key path of a document that a person means."""
    path: KeyPath = ()
    value = document
    parts = [part for part in text.replace("[", ".").replace("]", "").split(".") if part]
    for at, part in enumerate(parts):
        found = _below(value, part)
        if found is None:
            return Unresolved(part, ".".join(parts[:at]), tuple(dict.fromkeys(names_in(value))))
        path = (*path, *found)
        for key in found:
            value = value[key]
    return path


def _below(value: Any, part: str) -> KeyPath | None:
    """The way from a value to the member called so; what is meant anyway may lie between."""
    own = _own(value, part)
    if own is not None:
        return (own,)
    for key, inner in _meant(value):
        found = _below(inner, part)
        if found is not None:
            return (*key, *found)
    return None


def _own(value: Any, part: str) -> str | int | None:
    if isinstance(value, Mapping):
        return part if part in value else None
    if not _is_list(value):
        return None
    for at, item in enumerate(value):
        if name_of(item) == part:
            return at
    number = int(part) - FIRST if part.isascii() and part.isdigit() else -1
    return number if 0 <= number < len(value) else None


def _meant(value: Any) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, Mapping):
        yield from (((key,), value[key]) for key in _MEANT if isinstance(value.get(key), Mapping | list))
    elif _is_list(value):
        yield from (((at,), item) for at, item in enumerate(value) if isinstance(item, Mapping) and "items" in item)


def names_in(value: Any) -> Iterator[str]:
    """Every name that may follow here."""
    if isinstance(value, Mapping):
        yield from value
    elif _is_list(value):
        yield from (name_of(item) or str(at + FIRST) for at, item in enumerate(value))
    for _key, inner in _meant(value):
        yield from names_in(inner)


def name_of(item: Any) -> str:
    """The own name of a member of a list; "" if it has none."""
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[key]) for key in NAMING if isinstance(item.get(key), str)), "")


def spelled(path: KeyPath, document: Any) -> str:
    """The path as a person would write it: ``resolve`` leads back to the same place."""
    parts: list[str] = []
    value = document
    for at, key in enumerate(path):
        if isinstance(key, int):
            parts.append(_member(value, key))
        elif not (key == "default" and _is_list(_inside(value, key)) and at < len(path) - 1):
            parts.append(str(key))
        value = _inside(value, key)
    return ".".join(parts)


def _member(value: Any, at: int) -> str:
    """Its name where that is enough to find it, else its number."""
    name = name_of(value[at]) if _is_list(value) and at < len(value) else ""
    first = next((one for one, item in enumerate(value) if name_of(item) == name), at) if name else -1
    return name if first == at and "." not in name else str(at + FIRST)


def _inside(value: Any, key: str | int) -> Any:
    try:
        return value[key]
    except (KeyError, IndexError, TypeError):
        return None


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
