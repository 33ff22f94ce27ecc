"""A procedure as written → its expanded document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.definition.expand.documents import laid_in_documents, tell_doubles
from app.definition.expand.form import finish_form, laid_in_form, options_of
from app.definition.expand.route import woven_route
from app.definition.expand.scenarios import finish_tests
from app.definition.expand.screens import finish_screens
from app.definition.expand.shared import LIST, Shared, tell_unknown
from app.definition.expand.steps import Service, filled_by, finish_steps, tables
from app.definition.shape.collector import Collector
from app.definition.shape.complete import Completer
from app.definition.shape.record import Record
from app.definition.shape.tables.procedure import PROCEDURE, SCREENS
from app.definition.shape.tables.route import STEP
from app.definition.shape.tables.scenarios import SCENARIO
from app.definition.shape.tables.times import RECURS
from app.definition.shape.tables.vocabulary import STANDARD_PRINTS
from app.definition.shape.tree import Branch, Mark, Twig, mark_of

SHORT_TITLE = 60
_LOOKUP = re.compile(r'\blookup\(\s*"([a-z][a-z0-9_-]*)"')


def expanded_procedure(
    written: Branch, mark: Mark, shared: Shared, organisation: Mapping[str, Any], collector: Collector
) -> Branch:
    """The document with everything in it. It is built even from a faulty file; what was refused stays named in it."""
    laid = _laid_in(written, shared, collector)
    document: Branch = Completer(collector).complete(PROCEDURE, laid, mark)
    _finish_heads(document, organisation)
    _finish_route_and_form(document, shared, collector)
    finish_screens(document)
    finish_tests(document)
    _pin_prints(document, shared)
    _pin_lists(document, shared, collector)
    _order_what_was_filled_in(document)
    return in_order(PROCEDURE, document)


def _laid_in(written: Branch, shared: Shared, collector: Collector) -> Branch:
    laid = Branch(written)
    day = str(written.get("effective", {}).get("from", ""))
    if isinstance(written.get("form"), Branch):
        laid.put("form", laid_in_form(written["form"], day, shared, collector), written.marks.get("form"))
    else:
        laid.put("form", laid_in_form(Branch(), day, shared, collector), written.marks.get("form"))
    if isinstance(written.get("documents"), Twig):
        papers = laid_in_documents(written["documents"], shared, collector)
        tell_doubles(papers, collector)
        laid.put("documents", papers, written.marks.get("documents"))
    if isinstance(written.get("route"), Branch):
        laid.put("route", woven_route(written["route"], shared, collector), written.marks.get("route"))
    return laid


def _finish_heads(document: Branch, organisation: Mapping[str, Any]) -> None:
    if "title" in document and "short_title" not in document and "short_title" not in document.refused:
        document.put("short_title", shortened(document["title"]), None)
    agency = document.get("agency")
    if isinstance(agency, Branch) and "authority" not in document and "authority" not in document.refused:
        document.put("authority", agency, None)
    if "intake_at" not in document and "intake_at" not in document.refused:
        document.put("intake_at", _intake_places(agency, organisation), None)
    recurs = document.get("recurs")
    if isinstance(recurs, Branch) and "open_by" not in recurs and "open_by" not in recurs.refused:
        recurs.put("open_by", "applicant" if document.get("kind", "service") == "service" else "system", None)


def shortened(title: str, limit: int = SHORT_TITLE) -> str:
    """The first words of a title that fit."""
    if len(title) <= limit:
        return title
    cut = title[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{cut or title[: limit - 1]}…"


def _intake_places(agency: Any, organisation: Mapping[str, Any]) -> Branch:
    places, chosen = Twig(), Branch()
    if "one-stop" in organisation.get("unit_types", {}):
        places.add("type.one-stop", None)
    if isinstance(agency, Branch):
        for unit in dict.fromkeys([agency.get("default"), *(case.get("is") for case in agency.get("cases", ()))]):
            if unit:
                places.add(unit, None)
    chosen.put("default", places, None)
    chosen.put("cases", Twig(), None)
    return chosen


def _finish_route_and_form(document: Branch, shared: Shared, collector: Collector) -> None:
    form: Branch = document["form"]
    if "sections" not in form:
        form.put("sections", Twig(), None)
    sections = {section["key"]: list(section.get("fields", ())) for section in form["sections"] if "key" in section}
    route = document.get("route")
    results = document.get("results", ())
    hands_over = not results or any(result.get("given_as", True) for result in results)
    service = Service(document.get("kind", "service") == "service", hands_over)
    if isinstance(route, Branch):
        for steps in tables(route):
            finish_steps(steps, sections, form["fields"], service)
            steps[:] = [in_order(STEP, step) for step in steps]
        office = {name.partition(".")[0] for name in filled_by(route)}
    else:
        office = set()
    finish_form(form, office, shared, collector)


def _order_what_was_filled_in(document: Branch) -> None:
    """Whether a value is written or filled in, the document is the same: its keys stand in the order of the tables."""
    screens, tests, recurs = document.get("screens"), document.get("tests"), document.get("recurs")
    if isinstance(recurs, Branch):
        document.put("recurs", in_order(RECURS, recurs), document.marks.get("recurs"))
    if isinstance(screens, Branch):
        document.put("screens", in_order(SCREENS, screens), document.marks.get("screens"))
    if isinstance(tests, Twig):
        tests[:] = [in_order(SCENARIO, test) for test in tests]


def in_order(record: Record, branch: Branch) -> Branch:
    """The same mapping with its keys in the order of the table."""
    result = Branch()
    result.refused, result.marks = branch.refused, branch.marks
    for key in [row.key for row in record.rows if row.key in branch]:
        dict.__setitem__(result, key, branch[key])
    # Notes of the author (x-…) come last.
    for key in sorted((key for key in branch if key not in record.by_key), key=lambda key: key.startswith("x-")):
        dict.__setitem__(result, key, branch[key])
    return result


def _pin_prints(document: Branch, shared: Shared) -> None:
    """The prints that may be made, in the document itself: a dossier prints what was in force when it was received."""
    chosen = document.get("prints")
    if isinstance(chosen, Branch):
        document.put("print_set", chosen, document.marks.get("prints"))
    pinned = Branch()
    for key in dict.fromkeys((*_prints_named(document), *STANDARD_PRINTS)):
        if key in shared.prints:
            shared.used.add(("prints", key))
            pinned.put(key, shared.prints[key], shared.prints.marks.get(key))
    document.put("prints", pinned, None)


def _prints_named(document: Branch) -> Iterator[str]:
    chosen: Mapping[str, Any] = document.get("print_set") or {}
    yield from chosen.get("add", ())
    yield from (key for key in (document["form"].get("print"),) if key)
    yield from chosen.get("replace", {}).values()
    rules = [document.get("conduct", {})]
    for steps in tables(document.get("route", {})):
        for step in steps:
            yield from step.get("print", ())
            rules.append(step.get("allow", {}))
    for conduct in rules:
        for own in conduct.values():
            if isinstance(own, Mapping):
                yield from own.get("print", ())


def _pin_lists(document: Branch, shared: Shared, collector: Collector) -> None:
    pinned = Branch()
    texts: list[tuple[str, Mark | None]] = []
    if _has_lookup(document):
        _lookups(document, None, texts)
    for text, mark in texts:
        for key in _LOOKUP.findall(text):
            listed = shared.options(key)
            if listed is None:
                tell_unknown(collector, mark, LIST, key, shared.lists)
                continue
            body = Branch()
            for name in ("title", "columns"):
                body.put(name, listed.get(name), listed.marks.get(name))
            body.put("options", options_of(listed), listed.marks.get("options"))
            pinned.put(key, body, None)
    document.put("lists", pinned, None)


def _has_lookup(document: Branch) -> bool:
    """Whether any text has a lookup in it: few procedures have one, and the others need no places."""
    waiting: list[Branch | Twig] = [document]
    while waiting:
        value = waiting.pop()
        for one in value.values() if isinstance(value, Branch) else value:
            if isinstance(one, str):
                if "lookup(" in one:
                    return True
            elif isinstance(one, (Branch, Twig)):
                waiting.append(one)
    return False


def _lookups(value: Any, mark: Mark | None, found: list[tuple[str, Mark | None]]) -> None:
    """Every text with a lookup in it, with its place."""
    is_mapping = isinstance(value, Branch)
    for key, one in value.items() if is_mapping else enumerate(value):
        if isinstance(one, str):
            if "lookup(" in one:
                found.append((one, mark_of(value, key) or mark))
        elif isinstance(one, (Branch, Twig)):
            _lookups(one, mark_of(value, key) or mark, found)
