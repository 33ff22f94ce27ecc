"""Rules about a new version beside the one in force (V02 V03): they need the database, so publishing asks them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.definition.finding import Finding, KeyPath
from app.definition.words import Words

# The parts whose change people with dossiers in progress ask about, and what they are called.
_PARTS: Mapping[str, Words] = {
    "time_limit": Words("thời hạn", "time limit"),
    "route": Words("quy trình", "route"),
    "form": Words("biểu mẫu", "form"),
    "documents": Words("thành phần hồ sơ", "documents"),
    "fees": Words("phí, lệ phí", "fees"),
    "results": Words("kết quả", "results"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """The expanded documents of a procedure before and after; ``open_dossiers`` stay under the old one."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    open_dossiers: int


def types_changed(change: Change) -> Iterator[Finding]:
    """V02: a field that keeps its key and gets another type: lists and searches would mix both."""
    before = _types(change.before)
    for key, (path, kind) in _types(change.after).items():
        old = before.get(key)
        if old is not None and old[1] != kind:
            yield Finding(path, "V02", {"field": key, "a": old[1], "b": kind})


def _types(expanded: Mapping[str, Any]) -> dict[str, tuple[KeyPath, str]]:
    """Type and place of every field, columns under `table.column`."""
    found: dict[str, tuple[KeyPath, str]] = {}
    for key, field in expanded.get("form", {}).get("fields", {}).items():
        path: KeyPath = ("form", "fields", key)
        found[key] = ((*path, "type"), _type(field))
        for name, column in (field.get("columns") or {}).items():
            found[f"{key}.{name}"] = ((*path, "columns", name, "type"), _type(column))
    return found


def _type(field: Mapping[str, Any]) -> str:
    kind, measure = str(field.get("type", "text")), str(field.get("measure", ""))
    return f"{kind} ({measure})" if measure and kind in ("money", "area") else kind


def old_parts_kept(change: Change) -> Iterator[Finding]:
    """V03: dossiers in progress stay under the version they were received under."""
    for part, words in _PARTS.items():
        if change.open_dossiers and change.before.get(part) != change.after.get(part):
            yield Finding((part,), "V03", {"n": change.open_dossiers, "what": words}, on_key=True)


VERSION_RULES: tuple[Callable[[Change], Iterator[Finding]], ...] = (types_changed, old_parts_kept)
