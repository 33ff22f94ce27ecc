"""Completing a tree by the tables: required keys asked for, defaults filled in, keys brought into their order.

It runs after shared pieces are laid in, so that a field that only overrides one attribute needs no label of its own.
"""

from __future__ import annotations

from typing import Any

from app.definition.messages.rule import Param
from app.definition.shape.collector import Collector
from app.definition.shape.reader import Kind
from app.definition.shape.record import Deferred, Record, Row, Switch
from app.definition.shape.structures import Choice, Either, ListOf, MapOf, Wrapped
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.source import MappingNode
from app.definition.words import Words


class Completer:
    """Completes trees; what it finds wrong is told to the collector."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def complete(self, kind: Kind, value: Any, mark: Mark | None) -> Any:
        """The same value with everything filled in."""
        if isinstance(kind, Deferred):
            return self.complete(kind.get(), value, mark)
        if isinstance(kind, Wrapped):
            return self.complete(kind.inner, value, mark)
        if isinstance(value, Twig):
            return self._list(kind, value)
        if isinstance(value, Branch):
            return self._mapping(kind, value, mark)
        return value

    def _list(self, kind: Kind, value: Twig) -> Twig:
        listed = kind.list if isinstance(kind, Either) else kind
        if isinstance(listed, Wrapped):
            listed = listed.inner
        if not isinstance(listed, ListOf):
            return value
        result = Twig()
        result.lossy = value.lossy
        for item, mark in zip(value, value.marks, strict=True):
            result.add(self.complete(listed.item, item, mark), mark)
        return result

    def _mapping(self, kind: Kind, value: Branch, mark: Mark | None) -> Any:
        if isinstance(kind, Choice):
            return self._choice(kind, value)
        if isinstance(kind, Either):
            return value if kind.mapping is None else self.complete(kind.mapping, value, mark)
        if isinstance(kind, Switch):
            return self._record(kind.of(value), value, mark)
        if isinstance(kind, Record):
            return self._record(kind, value, mark)
        if isinstance(kind, MapOf):
            result = Branch(value)
            for key in value:
                result.put(key, self.complete(kind.value, value[key], value.marks.get(key)), value.marks.get(key))
            return result
        return value

    def _choice(self, kind: Choice, value: Branch) -> Branch:
        result = Branch(value)
        if "default" in value:
            mark = value.marks.get("default")
            result.put("default", self.complete(kind.inner, value["default"], mark), mark)
        cases = Twig()
        written = value["cases"]
        cases.lossy = isinstance(written, Twig) and written.lossy
        for case, case_mark in zip(written, written.marks, strict=True):
            line = Branch(case)
            line.put("is", self.complete(kind.inner, case["is"], case.marks.get("is")), case.marks.get("is"))
            cases.add(line, case_mark)
        result.put("cases", cases, value.marks.get("cases"))
        ordered = Branch()
        ordered.refused = result.refused
        for key in ("default", "cases"):
            if key in result:
                ordered.put(key, result[key], result.marks.get(key))
        return ordered

    def _record(self, record: Record, value: Branch, mark: Mark | None) -> Branch:
        result = Branch()
        refused = result.refused = set(value.refused)
        for row, speaks in record.completing:
            key = row.key
            if key in value:
                written = value[key]
                if row.only or isinstance(written, (Branch, Twig)):
                    self._row(record, row, value, result, mark)
                else:  # a word, flag or number stays as it is written
                    result.put(key, written, value.marks.get(key))
            elif key in refused:
                self._row(record, row, value, result, mark)
            elif speaks:
                self._unwritten(record, row, value, result, mark)
        for key in [key for key in value if key not in record.by_key]:
            result.put(key, value[key], value.marks.get(key))
        return result

    def _unwritten(self, record: Record, row: Row, value: Branch, result: Branch, mark: Mark | None) -> None:
        if not row.is_plain:
            self._row(record, row, value, result, mark)
        elif not row.only or self._type_of(record, value, result) in row.only:
            result[row.key] = row.default  # most keys of most mappings: nothing to ask, nothing to make a tree of

    def _row(self, record: Record, row: Row, value: Branch, result: Branch, mark: Mark | None) -> None:
        idle = bool(row.only) and self._type_of(record, value, result) not in row.only
        if row.key in value:
            place = value.marks.get(row.key)
            if idle and place is not None:
                self._tell_idle(record, row, result, place)
            elif not idle:
                written = value[row.key]
                inner = isinstance(written, (Branch, Twig))
                result.put(row.key, self.complete(row.kind, written, place) if inner else written, place)
        elif row.key in value.refused:
            result.marks.update({row.key: value.marks[row.key]} if row.key in value.marks else {})
        elif _needs(record, row, value):
            self._tell_missing(record, row, value, mark)
            result.refused.add(row.key)
        elif row.default is not None and not idle:
            default = row.default(value) if callable(row.default) else row.default
            if default is not None:
                tree = _as_tree(default)
                inner = isinstance(tree, (Branch, Twig))
                result[row.key] = self.complete(row.kind, tree, None) if inner else tree

    def _type_of(self, record: Record, value: Branch, result: Branch) -> Any:
        return value.get(record.type_key, result.get(record.type_key))

    def _tell_idle(self, record: Record, row: Row, result: Branch, place: Mark) -> None:
        own = result.get(record.type_key)
        if record.type_key in result.refused:
            return
        why = Words(f"{record.type_key} là {own}", f"{record.type_key} is {own}")
        self._collector.tell("K08", place, on_key=True, key=row.key, why=why)

    def _tell_missing(self, record: Record, row: Row, value: Branch, mark: Mark | None) -> None:
        if mark is None:
            return
        extra: dict[str, Param] = {"example": row.example} if row.example else {}
        place = record.place(mark.node) if isinstance(mark.node, MappingNode) else record.words
        self._collector.add("K02", mark, {"key": row.key, "place": place, **extra}, on_key=True)


def _needs(record: Record, row: Row, value: Branch) -> bool:
    if isinstance(row.required, bool):
        return row.required
    key, wanted = row.required
    if key in value.refused:
        return False
    other = record.by_key.get(key)
    return bool(value.get(key, other.default if other else None) == wanted)


def _as_tree(value: Any) -> Any:
    """A default written in Python as a tree without places."""
    if isinstance(value, dict) and not isinstance(value, Branch):
        branch = Branch()
        for key, one in value.items():
            branch.put(key, _as_tree(one), None)
        return branch
    if isinstance(value, (list, tuple)) and not isinstance(value, Twig):
        twig = Twig()
        for one in value:
            twig.add(_as_tree(one), None)
        return twig
    return value
