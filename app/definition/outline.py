"""What the folder as a whole needs to know of one procedure: names, codes and days, and what it takes from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from app.definition.finding import KeyPath
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure

Piece = tuple[str, str]  # kind and key of a shared piece


class Outline(NamedTuple):
    """Plain values only: it is compared with thousands of others and kept between two checks."""

    stem: str  # where its file stands below procedures/
    key: str
    title: str
    codes: tuple[tuple[KeyPath, str], ...]  # those of today and former ones, each with its place
    since: date
    until: date | None
    pieces: frozenset[Piece]  # laid in
    registers: frozenset[str]  # from which its steps, results and prints take numbers
    listed: tuple[tuple[str, str], ...]  # fields with the shared list of their options
    named: tuple[tuple[KeyPath, str], ...]  # procedures that its fields pick dossiers of, and that its steps call
    awaited: tuple[tuple[KeyPath, str], ...]  # those of them for whose end a step waits

    @property
    def name(self) -> str:
        """How messages call it."""
        return self.key or self.stem


def outline_of(stem: str, expanded: Mapping[str, Any], procedure: Procedure, pieces: frozenset[Piece]) -> Outline:
    """The outline of a compiled procedure."""
    title = expanded.get("title")
    return Outline(
        stem=stem,
        key=str(expanded.get("key", "")),
        title=title if isinstance(title, str) else "",
        codes=tuple(_codes(expanded)),
        since=procedure.since,
        until=procedure.until,
        pieces=pieces,
        registers=frozenset(_registers(procedure)),
        listed=tuple((key, field.option_list) for key, field in procedure.form.fields.items() if field.option_list),
        named=(*_picked(procedure.form.fields.values()), *_called(expanded)),
        awaited=tuple(_called(expanded, waiting=True)),
    )


def _picked(fields: Iterable[Field], path: KeyPath = ("form", "fields")) -> Iterator[tuple[KeyPath, str]]:
    for field in fields:
        if field.type == "dossier" and field.of:
            yield (*path, field.key, "of"), field.of
        yield from _picked(field.columns, (*path, field.key, "columns"))


def _called(expanded: Mapping[str, Any], *, waiting: bool = False) -> Iterator[tuple[KeyPath, str]]:
    for path, steps in _tables(expanded.get("route")):
        for at, step in enumerate(steps):
            call = step.get("call")
            if not isinstance(call, Mapping) or (waiting and not call.get("wait", True)):
                continue
            procedure, place = call.get("procedure", {}), (*path, at, "call", "procedure")
            if "default" in procedure:
                yield (*place, "default"), procedure["default"]
            for case, line in enumerate(procedure.get("cases", ())):
                yield (*place, "cases", case, "is"), line["is"]


def _tables(route: Any) -> Iterator[tuple[KeyPath, list[Mapping[str, Any]]]]:
    if isinstance(route, Mapping):
        if isinstance(route.get("default"), list):
            yield ("route", "default"), route["default"]
        for at, case in enumerate(route.get("cases", ())):
            if isinstance(case.get("is"), list):
                yield ("route", "cases", at, "is"), case["is"]


def _codes(expanded: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    for name in ("code", "local_code"):
        code = expanded.get(name)
        if isinstance(code, str) and code:
            yield (name,), code
    formerly = expanded.get("formerly")
    for at, code in enumerate(formerly if isinstance(formerly, list) else ()):
        if isinstance(code, str):
            yield ("formerly", at), code


def _registers(procedure: Procedure) -> Iterator[str]:
    yield from (result.register for result in procedure.results)
    yield from (one.register for one in procedure.prints.values())
    for route in procedure.route.values():
        for step in route.steps:
            yield from step.register.values() if step.register is not None else ()
