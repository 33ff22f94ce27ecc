"""Takes keys out of expanded documents, or puts other values there, and says what of the compiled model differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any, NamedTuple

from app.definition.check import Checked
from app.definition.compile import compile_procedure
from app.definition.compile_organisation import compile_organisation
from app.definition.finding import KeyPath
from app.definition.shape.reader import Kind
from app.definition.shape.record import Deferred, Record, Switch
from app.definition.shape.structures import Choice, Either, ListOf, MapOf, WordOr, Wrapped
from app.definition.shape.tables.allow import Allow
from app.definition.shape.tables.conduct import RULES_OF
from app.definition.shape.tables.organisation import ORGANISATION, PRINT, REGISTER
from app.definition.shape.tables.procedure import PROCEDURE
from tests.language.reading_of_the_model import model_classes

# What expanding adds to the documents: pieces of other files, laid in under these keys.
_LAID_IN: dict[str, dict[str, Kind]] = {
    "procedure": {"prints": MapOf(PRINT)},
    "organisation": {"registers": MapOf(REGISTER)},
}
_MODEL = frozenset(model_classes())
MOST_TRIED = 8
# One of them is another value than any that stands somewhere, of whatever kind is wanted there.
_VALUES: tuple[Any, ...] = (
    True, False, "probe", 7, "2 days", "2026-01-05", ["probe"], {"probe": "probe"}, "officer@agency",
    ["officer@agency"],
    {"default": "2 days", "cases": []}, {"default": 7, "cases": []}, {"default": "stop", "cases": []}, "1 == 1",
    [{"that": "1 == 1", "say": "probe"}], [{"title": "probe", "when": "1 == 1"}], {"probe": "1 == 1"}, {"to": "probe"},
)  # fmt: skip


class Place(NamedTuple):
    """One mapping of the language as it stands in one document."""

    document: Any
    path: KeyPath
    checked: Checked
    whole: str  # procedure | organisation


def places_in(checked: Checked) -> Iterator[tuple[Record, Place]]:
    """Every mapping in the documents of a folder, with its place."""
    for one in checked.procedures.values():
        for record, path in _walk(PROCEDURE, one.expanded, ()):
            yield record, Place(one.expanded, path, checked, "procedure")
    for record, path in _walk(ORGANISATION, checked.organisation_document, ()):
        yield record, Place(checked.organisation_document, path, checked, "organisation")


def _walk(kind: Kind | None, value: Any, path: KeyPath) -> Iterator[tuple[Record, KeyPath]]:
    if isinstance(kind, Deferred):
        yield from _walk(kind.get(), value, path)
    elif isinstance(kind, Wrapped):
        yield from _walk(kind.inner, value, path)
    elif isinstance(kind, WordOr):
        yield from _walk(kind.other, value, path)
    elif isinstance(kind, Either):
        yield from _walk(kind.list if isinstance(value, list) else kind.mapping, value, path)
    elif isinstance(value, list) and isinstance(kind, ListOf):
        for at, item in enumerate(value):
            yield from _walk(kind.item, item, (*path, at))
    elif isinstance(value, dict):
        yield from _walk_mapping(kind, value, path)


def _walk_mapping(kind: Kind | None, value: dict[str, Any], path: KeyPath) -> Iterator[tuple[Record, KeyPath]]:
    if isinstance(kind, Switch):
        kind = kind.of(value)
    if isinstance(kind, Record):
        yield kind, path
    if isinstance(kind, Choice):
        yield from _walk(kind.inner, value.get("default"), (*path, "default"))
        for at, case in enumerate(value.get("cases", ())):
            yield from _walk(kind.inner, case.get("is"), (*path, "cases", at, "is"))
        return
    inner = _inside(kind)
    for key in value:
        yield from _walk(inner(key), value[key], (*path, key))


def _inside(kind: Kind | None) -> Callable[[str], Kind | None]:
    """The kind under each key of a mapping."""
    if isinstance(kind, MapOf):
        return lambda _key: kind.value
    if isinstance(kind, Allow):
        return RULES_OF.get
    rows = {row.key: row.kind for row in kind.rows} if isinstance(kind, Record) else {}
    return {**rows, **(_LAID_IN.get(kind.name, {}) if isinstance(kind, Record) else {})}.get


def held_by(place: Place, key: str) -> frozenset[str]:
    """The attributes of the model that differ once another value stands under the key, or none."""
    mapping = _at(place.document, place.path)
    changes = [{name: one for name, one in mapping.items() if name != key}] if key in mapping else []
    changes += [{**mapping, key: value} for value in _VALUES]
    before = _compiled(place, place.document)
    for changed in changes:
        try:
            after = _compiled(place, _with(place.document, place.path, changed))
        except (KeyError, TypeError, AttributeError, ValueError):
            continue  # that value is none for this key
        held = frozenset(differing(before, after)) - {"Procedure.digest", "Organisation.digest"}
        if held:
            return held
    return frozenset()


def has(place: Place, key: str) -> bool:
    """Whether the key is written there."""
    return key in _at(place.document, place.path)


def _compiled(place: Place, document: Mapping[str, Any]) -> object:
    if place.whole == "organisation":
        return compile_organisation(document)
    assert place.checked.organisation is not None
    return compile_procedure(document, place.checked.organisation)


def _at(document: Any, path: KeyPath) -> Any:
    for step in path:
        document = document[step]
    return document


def _with(document: Any, path: KeyPath, value: Any) -> Any:
    """The document with another value at a place; only what stands on the way to it is copied."""
    if not path:
        return value
    changed = list(document) if isinstance(document, list) else dict(document)
    changed[path[0]] = _with(document[path[0]], path[1:], value)
    return changed


def differing(before: Any, after: Any, holder: str = "") -> Iterator[str]:
    """``Class.attribute`` of everything that is not the same, the innermost that has a name."""
    if type(before) in _MODEL and type(before) is type(after) and before != after:
        for field in fields(before):
            name = f"{type(before).__name__}.{field.name}"
            yield from differing(getattr(before, field.name), getattr(after, field.name), name)
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after) and before != after:
        for one, other in zip(before, after, strict=True):
            yield from differing(one, other, holder)
    elif isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys() and before != after:
        for key in before:
            yield from differing(before[key], after[key], holder)
    elif before != after:
        yield holder
