"""Transitions that no test walks, in words: step → where it goes, conduct offered, cases of values."""

from collections.abc import Mapping
from typing import Any

from app.definition.expression.prose import to_vietnamese
from app.definition.key_paths import spelled
from app.definition.shape.record import Record
from app.definition.shape.tables import conduct
from app.engine.coverage import CASE, CONDUCT, Transition

END = "end"


def said(one: Transition, expanded: Mapping[str, Any]) -> str:
    """`appraise → measure, khi có Đo đạc lại thửa đất`."""
    table = f" [{to_vietnamese(one.table)}]" if one.table is not None else ""
    return f"{_what(one, expanded)}{table}"


def _what(one: Transition, expanded: Mapping[str, Any]) -> str:
    if one.kind == CONDUCT:
        return f"{one.step}: {conduct_words(one.conduct)} ({one.conduct})"
    when = f", {to_vietnamese(one.when)}" if one.when is not None else ""
    if one.kind == CASE:
        at = -1 if one.path[-1] == "default" else -2
        return f"{spelled(one.path[:at], expanded)}{when or ', giá trị mặc định (default)'}"
    way = one.way
    targets = " + ".join(dict.fromkeys(target.step for target in way.targets)) if way is not None else END
    button = f", nút “{way.title or way.choose}” ({way.choose})" if way is not None and way.choose else ""
    return f"{one.step} → {targets}{button}{when}"


def conduct_words(name: str) -> str:
    """`yêu cầu bổ sung`."""
    row = conduct.CONDUCT.by_key.get(name)
    return row.kind.words.vi if row is not None and isinstance(row.kind, Record) else name
