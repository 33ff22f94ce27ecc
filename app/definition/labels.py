"""The texts of a definition that people see, under ids that are key paths, and the same definition in another language.

The Vietnamese in the YAML is the source; the id of a text is where it stands (`land/x:form.fields.area.label`), never
the sentence. Members of lists are named by their own key (`route[appraise].title`) and so keep their id when they move;
members without a key (a requirement, a case) are named by a fingerprint of what tells them apart.
"""

from __future__ import annotations

import gettext
import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

DOMAIN = "procedures"

# Keys whose text (or list of texts) is meant for people.
# fmt: off
_TEXTS = frozenset({
    "title", "short_title", "short", "parent_title", "label", "help", "say", "why", "reason", "reasons", "guide",
    "question", "confirm", "text", "handover", "measure", "body", "place", "legal_basis", "requirements", "purpose",
    "scope", "references", "definitions", "prepared_by", "reviewed_by", "approved_by",
})
# fmt: on
# Maps whose keys are names given by the author, so that a field called "title" is not taken for a title.
_NAMED = frozenset({"fields", "units", "roles", "sources", "registers", "notices", "prints", "documents"})
# Maps of names to texts (or to mappings, for options and columns with attributes).
_NAMED_TEXTS = frozenset({"options", "columns", "labels", "opinions", "steps", "levels", "unit_types", "titles"})
# Subtrees for the machine: expressions under names of fields, and tests.
_SILENT = frozenset({"tests", "migrate", "set", "give", "take", "must_equal", "cells"})
_OWN_NAMES = ("key", "step", "choose", "group", "use", "event", "date")
_TELLING = ("when", "that", "text", "title", "say", "by", "to")

_Visit = Callable[[str, str], str]


def label_paths(expanded: Mapping[str, Any], name: str | None = None) -> Iterator[tuple[str, str]]:
    """(id, Vietnamese text) of every text people see; `name` stands before the colon (default: the file's `key`)."""
    found: dict[str, str] = {}

    def collect(path: str, text: str) -> str:
        found[path] = text
        return text

    _mapping(expanded, _start(expanded, name), collect)
    yield from found.items()


def translated(expanded: Mapping[str, Any], catalogue: Mapping[str, str], name: str | None = None) -> dict[str, Any]:
    """A copy with the texts the catalogue knows; a text without translation stays Vietnamese."""
    return _mapping(expanded, _start(expanded, name), lambda path, text: catalogue.get(path) or text)


def load_catalogue(folder: Path | str, locale: str) -> Mapping[str, str]:
    """The compiled translations of the definition texts; empty when there are none for this locale."""
    file = Path(folder) / locale / "LC_MESSAGES" / f"{DOMAIN}.mo"
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        messages = gettext.GNUTranslations(stream)
    # The class offers no way to list its messages; its table is what a plain mapping needs.
    table: Mapping[object, str] = vars(messages)["_catalog"]
    return {key: text for key, text in table.items() if isinstance(key, str) and key and text}


def _start(expanded: Mapping[str, Any], name: str | None) -> str:
    return f"{name or expanded['key']}:"


def _mapping(value: Mapping[str, Any], path: str, visit: _Visit) -> dict[str, Any]:
    return {key: _entry(key, child, _below(path, key), visit) for key, child in value.items()}


def _below(path: str, key: str) -> str:
    return f"{path}{key}" if path.endswith(":") else f"{path}.{key}"


def _entry(key: str, value: Any, path: str, visit: _Visit) -> Any:
    if key in _SILENT or key.startswith("x-"):
        return value
    if key in _TEXTS:
        return _texts(value, path, visit)
    if isinstance(value, Mapping) and (key in _NAMED or key in _NAMED_TEXTS):
        return {name: _named(child, f"{path}.{name}", visit, key in _NAMED_TEXTS) for name, child in value.items()}
    return _other(value, path, visit)


def _named(value: Any, path: str, visit: _Visit, texts: bool) -> Any:
    if isinstance(value, str):
        return visit(path, value) if texts and value else value
    return _other(value, path, visit)


def _texts(value: Any, path: str, visit: _Visit) -> Any:
    """Below a key that holds texts: a text, a list of them, or mappings that have their own keys."""
    if isinstance(value, str):
        return visit(path, value) if value else value
    if isinstance(value, list):
        return [_texts(item, place, visit) for item, place in zip(value, _places(value, path), strict=True)]
    return _other(value, path, visit)


def _other(value: Any, path: str, visit: _Visit) -> Any:
    if isinstance(value, Mapping):
        return _mapping(value, path, visit)
    if isinstance(value, list):
        return [_other(item, place, visit) for item, place in zip(value, _places(value, path), strict=True)]
    return value


def _places(items: list[Any], path: str) -> list[str]:
    """The paths of the members of a list; a second one of the same name gets `#2`."""
    seen: dict[str, int] = {}
    places = []
    for item in items:
        name = _name(item)
        seen[name] = seen.get(name, 0) + 1
        places.append(f"{path}[{name}]" if seen[name] == 1 else f"{path}[{name}#{seen[name]}]")
    return places


def _name(item: Any) -> str:
    if not isinstance(item, Mapping):
        return _fingerprint(item)
    for key in _OWN_NAMES:
        if isinstance(item.get(key), str):
            return str(item[key])
    return _fingerprint(next((item[key] for key in _TELLING if item.get(key) is not None), item))


def _fingerprint(value: Any) -> str:
    return "~" + hashlib.sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]
