"""Shared files joined by key: the organisation, registers, prints, documents, forms, routes and lists of a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.definition.calendar_years import YearFault, edition_from_years
from app.definition.config_tree.documents import ConfigDocument
from app.definition.config_tree.places import FileKind
from app.definition.expand.route import woven_table
from app.definition.expand.shared import Shared
from app.definition.shape.collector import Collector
from app.definition.shape.complete import Completer
from app.definition.shape.tables.documents import DOCUMENTS_FILE
from app.definition.shape.tables.forms import FORM_FILE, LIST_FILE
from app.definition.shape.tables.organisation import CALENDAR_FILE, ORGANISATION, PRINTS_FILE, REGISTERS_FILE
from app.definition.shape.tables.route import ROUTE_FILE
from app.definition.shape.tree import Branch, Mark, Twig, plain
from app.definition.source import near
from app.definition.words import Words


@dataclass
class Joined:
    """The shared part of a config folder."""

    organisation: Branch
    shared: Shared
    calendar: list[Branch]
    edition: dict[str, Any]
    completed_forms: dict[str, Branch] = field(default_factory=dict)
    completed_routes: dict[str, Branch] = field(default_factory=dict)


def join(documents: Iterable[ConfigDocument], collector: Collector) -> Joined:
    """Everything that procedures share, joined and completed."""
    by_kind: dict[FileKind, list[ConfigDocument]] = {kind: [] for kind in FileKind}
    for document in documents:
        by_kind[document.place.kind].append(document)
    completer = Completer(collector)
    shared = Shared()
    organisation = _organisation(by_kind[FileKind.ORGANISATION], completer, collector)
    for name, kind, record in (
        ("registers", FileKind.REGISTERS, REGISTERS_FILE),
        ("prints", FileKind.PRINTS, PRINTS_FILE),
        ("documents", FileKind.DOCUMENTS, DOCUMENTS_FILE),
    ):
        merged, mark = _merged(by_kind[kind], collector)
        if mark is not None:
            completed = completer.complete(record, merged, mark)
            # Shared documents are laid in as written, so that a procedure's own keys still meet the defaults.
            source = merged if name == "documents" else completed
            body = source.get(name)
            setattr(shared, name, body if isinstance(body, Branch) else Branch())
    joined = Joined(organisation, shared, [], {})
    _add_forms(by_kind[FileKind.FORM], joined, completer)
    _add_lists(by_kind[FileKind.LIST], shared, completer, collector)
    _add_routes(by_kind[FileKind.ROUTE], joined, completer, collector)
    _add_calendar(by_kind[FileKind.CALENDAR], joined, completer, collector)
    return joined


def _merged(documents: list[ConfigDocument], collector: Collector) -> tuple[Branch, Mark | None]:
    """One tree of several files. A key defined in two of them is told, and the first one holds."""
    merged, first = Branch(), None
    for document in documents:
        if document.tree is None or document.mark is None:
            continue
        first = first or document.mark
        for key, value in document.tree.items():
            mark = document.tree.marks.get(key)
            if key not in merged:
                merged.put(key, Branch(value) if isinstance(value, Branch) else value, mark)
            elif isinstance(value, Branch) and isinstance(merged[key], Branch) and key != "agency":
                _merge_named(merged[key], value, collector)
            elif key != "schema":
                _tell_double(key, mark, merged.marks.get(key), collector)
        merged.refused |= document.tree.refused
    return merged, first


def _merge_named(into: Branch, other: Branch, collector: Collector) -> None:
    for key, value in other.items():
        if key in into:
            _tell_double(key, other.marks.get(key), into.marks.get(key), collector)
        else:
            into.put(key, value, other.marks.get(key))


def _tell_double(key: str, mark: Mark | None, first: Mark | None, collector: Collector) -> None:
    if first is not None:
        other = f"{first.file}:{first.key.line if first.key else first.node.line}"
        collector.tell("K12", mark, on_key=True, key=key, other=other)


def _organisation(documents: list[ConfigDocument], completer: Completer, collector: Collector) -> Branch:
    merged, mark = _merged(documents, collector)
    if mark is None:
        return Branch()
    completed: Branch = completer.complete(ORGANISATION, merged, mark)
    return completed


def _add_forms(documents: list[ConfigDocument], joined: Joined, completer: Completer) -> None:
    for document in documents:
        if document.tree is None:
            continue
        key = document.place.key
        joined.shared.forms.setdefault(key, []).append(document.tree)
        completed = completer.complete(FORM_FILE, document.tree, document.mark)
        joined.completed_forms.setdefault(document.place.stem, completed)


def _add_lists(documents: list[ConfigDocument], shared: Shared, completer: Completer, collector: Collector) -> None:
    for document in documents:
        if document.tree is None:
            continue
        completed: Branch = completer.complete(LIST_FILE, document.tree, document.mark)
        shared.lists.setdefault(document.place.key, completed)
        columns = completed.get("columns", {})
        for key, option in completed.get("options", {}).items():
            for name in option:
                if name not in _OPTION_KEYS and name not in columns and not name.startswith("x-"):
                    place = Words(f'lựa chọn "{key}"', f'option "{key}"')
                    allowed = (*_OPTION_KEYS, *columns)
                    collector.tell(
                        "K01",
                        option.marks.get(name),
                        on_key=True,
                        key=name,
                        place=place,
                        near=near(name, allowed),
                        allowed=allowed,
                    )


_OPTION_KEYS = ("label", "code", "parent", "from", "to")


def _add_routes(documents: list[ConfigDocument], joined: Joined, completer: Completer, collector: Collector) -> None:
    for document in documents:
        if document.tree is not None:
            joined.shared.routes.setdefault(document.place.key, document.tree)
    for document in documents:
        tree = document.tree
        if tree is None:
            continue
        woven = Branch(tree)
        if isinstance(tree.get("route"), (Branch, Twig)):
            steps = woven_table(tree["route"], joined.shared, collector, document.place.key)
            woven.put("route", steps, tree.marks.get("route"))
        joined.completed_routes[document.place.key] = completer.complete(ROUTE_FILE, woven, document.mark)
    # Weaving a shared route for its own sake is no use of it by a procedure.
    joined.shared.used -= {one for one in joined.shared.used if one[0] == "routes"}


def _add_calendar(documents: list[ConfigDocument], joined: Joined, completer: Completer, collector: Collector) -> None:
    for document in documents:
        if document.tree is None:
            continue
        year: Branch = completer.complete(CALENDAR_FILE, document.tree, document.mark)
        joined.calendar.append(year)
    years = [year for year in joined.calendar if isinstance(year.get("year"), int)]
    if years and _years_fit(years, collector):
        try:
            joined.edition = edition_from_years([plain(year) for year in years])
        except YearFault as fault:
            _tell_fault(fault, years, collector)


def _years_fit(years: list[Branch], collector: Collector) -> bool:
    """Each year once, none missing between them, every day off in its own year."""
    fit = True
    seen: dict[int, Branch] = {}
    for year in sorted(years, key=lambda one: int(one["year"])):
        number = int(year["year"])
        if number in seen:
            _tell_double(str(number), year.marks.get("year"), seen[number].marks.get("year"), collector)
            fit = False
        elif seen and number - 1 not in seen:
            collector.tell("T13", year.marks.get("year"), year=number - 1)
            fit = False
        seen[number] = year
        fit = _days_fit(year, number, collector) and fit
    return fit


def _days_fit(year: Branch, number: int, collector: Collector) -> bool:
    fit = True
    for key, names in (("days_off", ("from", "to")), ("makeup_days", ("date",))):
        for entry in year.get(key, ()):
            for name in names:
                if name in entry and not str(entry[name]).startswith(f"{number:04}-"):
                    expected = Words(f"ngày trong năm {number}", f"a day of {number}")
                    found = Words(str(entry[name]), str(entry[name]))
                    collector.tell("K03", entry.marks.get(name), key=name, expected=expected, found=found)
                    fit = False
            if str(entry.get("to", "9")) < str(entry.get("from", "")):
                collector.tell("P04", entry.marks.get("to"))
                fit = False
            fit = fit and not entry.refused
    return fit and not year.refused


def _tell_fault(fault: YearFault, years: list[Branch], collector: Collector) -> None:
    year = next((one for one in years if str(one["year"]) in fault.place), years[0])
    collector.tell("O10", year.marks.get("office_hours", year.marks.get("year")), hours=str(fault))
