"""Rules about organisation.yaml itself (O01 O03 O11, and R04 R05 for what it names of its own)."""

from collections.abc import Iterator, Mapping
from datetime import date

from app.definition.model.organisation import Organisation
from app.definition.rules.graph import shortest
from app.definition.rules.references import MOST_NAMES, listed, unknown
from app.definition.rules.subject import Finding, KeyPath, Library
from app.definition.source import near
from app.definition.words import Words
from app.vietnamese.dates import format_date

_HERE = "organisation"
_LEVEL, _TYPE, _UNIT = Words("cấp", "Level"), Words("loại đơn vị", "Unit type"), Words("đơn vị", "Unit")


def parents(library: Library) -> Iterator[Finding]:
    """O01: a unit above that does not exist, or a circle of units above each other."""
    units = library.organisation.units
    above = {key: (unit.parent,) if unit.parent in units else () for key, unit in units.items()}
    told: set[str] = set()
    for key, unit in units.items():
        path: KeyPath = ("units", key, "parent")
        if unit.parent and unit.parent not in units:
            yield Finding(path, "O01", {"unit": key, "near": near(unit.parent, units)}, document=_HERE)
        elif key not in told and (circle := shortest(above, above[key], key)):
            told.update(circle)
            yield Finding(path, "O01", {"unit": key}, document=_HERE)


def successors(library: Library) -> Iterator[Finding]:
    """O03: a unit that ended although work may still stand with it, and nobody takes over."""
    units = library.organisation.units
    for key, unit in units.items():
        if unit.until is not None and not unit.successor:
            path: KeyPath = ("units", key, "to")
            yield Finding(path, "O03", {"unit": key, "fault": _ended(unit.until)}, document=_HERE)
        if unit.successor and unit.successor not in units:
            path = ("units", key, "successor")
            yield _elsewhere(unknown("R05", path, unit.successor, units, what=_UNIT, key=unit.successor))


def _ended(day: date) -> Words:
    return Words(
        f"đã kết thúc ngày {format_date(day)}, chưa có đơn vị kế thừa",
        f"ended on {day.isoformat()} and has no successor",
    )


def own_names(library: Library) -> Iterator[Finding]:
    """R04 R05: roles, levels and types that units name, and levels that titles of roles name."""
    organisation = library.organisation
    for key, unit in organisation.units.items():
        path: KeyPath = ("units", key)
        for at, role in enumerate(unit.roles):
            if role not in organisation.roles:
                yield _elsewhere(unknown("R04", (*path, "roles", at), role, organisation.roles, role=role))
        if unit.level and unit.level not in organisation.levels:
            yield _elsewhere(_missing((*path, "level"), unit.level, organisation.levels, _LEVEL))
        if unit.type and unit.type not in organisation.unit_types:
            yield _elsewhere(_missing((*path, "type"), unit.type, organisation.unit_types, _TYPE))
    yield from _titles(organisation)


def _titles(organisation: Organisation) -> Iterator[Finding]:
    for key, role in organisation.roles.items():
        for level in role.titles:
            if level not in organisation.levels:
                params = {
                    "what": _LEVEL,
                    "key": level,
                    "near": near(level, organisation.levels),
                    "allowed": tuple(organisation.levels)[:MOST_NAMES],
                }
                yield Finding(("roles", key, "titles", level), "R05", params, on_key=True, document=_HERE)


def _missing(path: KeyPath, key: str, known: Mapping[str, object], what: Words) -> Finding:
    return unknown("R05", path, key, known, what=what, key=key)


def _elsewhere(finding: Finding) -> Finding:
    return Finding(finding.path, finding.rule, finding.params, document=_HERE)


def sources_give(library: Library) -> Iterator[Finding]:
    """O11: a source that does not say what it gives."""
    sources = library.organisation_document.get("sources")
    for key, source in sources.items() if isinstance(sources, Mapping) else ():
        if not listed(source.get("gives") if isinstance(source, Mapping) else None):
            yield Finding(("sources", key), "O11", {"source": key}, on_key=True, document=_HERE)
