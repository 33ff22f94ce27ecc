"""An expanded document as a file that says all of it: checked again, it becomes the same document.

What follows from other files or from the file as a whole (places of intake, pinned lists and prints) has no key of the
language and is left out; it follows again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.definition.shape.reader import Kind
from app.definition.shape.record import Deferred, Record, Switch
from app.definition.shape.scalars import Percent
from app.definition.shape.structures import Choice, Either, ListOf, MapOf, Wrapped
from app.definition.shape.tables.allow import Allow
from app.definition.shape.tables.conduct import RULES_OF
from app.definition.shape.tables.procedure import PROCEDURE
from app.definition.yaml_text import Bare


def writable(expanded: Mapping[str, Any]) -> dict[str, Any]:
    """The document with every key that a procedure file may have, in the order of the language."""
    document = {key: value for key, value in expanded.items() if key not in ("prints", "print_set")}
    if "print_set" in expanded:  # ``prints`` of the expanded document are the texts pinned to it
        document["prints"] = expanded["print_set"]
    written: dict[str, Any] = _value(PROCEDURE, document)
    return written


def _value(kind: Kind, value: Any) -> Any:
    if isinstance(kind, Deferred):
        return _value(kind.get(), value)
    if isinstance(kind, Wrapped):
        return _value(kind.inner, value)
    if isinstance(value, Mapping):
        return _mapping(kind, value)
    if isinstance(value, list):
        return _list(kind, value)
    return Bare(value) if isinstance(kind, Percent) and isinstance(value, str) else value


def _list(kind: Kind, value: list[Any]) -> Any:
    listed = kind.list if isinstance(kind, Either) else kind
    if isinstance(listed, Wrapped):
        listed = listed.inner
    return [_value(listed.item, item) for item in value] if isinstance(listed, ListOf) else value


def _mapping(kind: Kind, value: Mapping[str, Any]) -> Any:
    if isinstance(kind, Either):
        return dict(value) if kind.mapping is None else _value(kind.mapping, value)
    if isinstance(kind, Switch):
        return _record(kind.of(value), value)
    if isinstance(kind, Record):
        return _record(kind, value)
    if isinstance(kind, MapOf):
        return {key: _value(kind.value, one) for key, one in value.items()}
    if isinstance(kind, Choice):
        return _choice(kind, value)
    if isinstance(kind, Allow):
        return [{name: _record(RULES_OF[name], rules)} if rules else name for name, rules in value.items()]
    return dict(value)


def _choice(kind: Choice, value: Mapping[str, Any]) -> Any:
    """A value that does not depend on the case stands alone, as a person would write it."""
    if "default" in value and not value.get("cases"):
        return _value(kind.inner, value["default"])
    cases = [{**case, "is": _value(kind.inner, case["is"])} for case in value.get("cases", ())]
    default = {"default": _value(kind.inner, value["default"])} if "default" in value else {}
    return {**default, "cases": cases}


def _record(record: Record, value: Mapping[str, Any]) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for key, one in value.items():
        row = record.by_key.get(key)
        if row is not None and not row.later:
            written[key] = _value(row.kind, one)
        elif key.startswith("x-") or record.extra is not None:
            written[key] = one
    if "option_list" in value and "options" in written:
        written["options"] = f"list.{value['option_list']}"
    return written
