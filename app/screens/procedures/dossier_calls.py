"""The dossiers this one is linked with: the one that called it, and those it has called, with where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import g, url_for

from app.screens.deadlines import Due, deadlines
from app.screens.procedures.case import Case
from app.screens.titles import procedure_title
from app.storage.dossier_links import Relative, relatives


@dataclass(frozen=True, slots=True)
class Relation:
    """One line. ``url`` is empty, and so are code, status and due date, where this person may not see the dossier."""

    title: str
    is_caller: bool
    code: str = ""
    status: str = ""
    due: Due | None = None
    url: str = ""


def relations(case: Case) -> tuple[Relation, ...]:
    """The caller first, then what was called, in that order."""
    links = tuple(_links(case))
    found = relatives({number for _caller, _procedure, number in links if number}, g.person.badges)
    return tuple(_line(procedure, found.get(number), is_caller) for is_caller, procedure, number in links)


def _links(case: Case) -> Iterator[tuple[bool, str, int]]:
    """Whether it is the caller; its procedure; its number, 0 while it has not begun."""
    if case.state.called_by:
        yield True, *_facts(case.state.called_by)
    for call in case.state.calls.values():
        yield False, *_facts(call)


def _facts(link: Mapping[str, Any]) -> tuple[str, int]:
    number = str(link.get("dossier", ""))
    return str(link["procedure"]), int(number) if number.isdecimal() else 0


def _line(procedure: str, found: Relative | None, is_caller: bool) -> Relation:
    title = procedure_title(procedure)
    if found is None:
        return Relation(title, is_caller)
    due = deadlines().due(
        found.due_at, found.clock_state, result_class=found.result_class, finished_at=found.finished_at
    )
    field, _slash, name = found.procedure_key.partition("/")
    url = url_for("ProcedureFacade.show", field=field, name=name, dossier_id=found.id)
    return Relation(title, is_caller, found.code or "", found.status, due, url)
