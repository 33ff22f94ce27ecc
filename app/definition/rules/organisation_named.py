"""Rules about roles, units, sources, registers and prints that must be declared elsewhere (R04 R05 R07)."""

from collections.abc import Iterator, Mapping

from app.definition.compile_who import parse_party
from app.definition.model.who import Party
from app.definition.rules.field_scope import named_by_fields, who_of_fields
from app.definition.rules.references import keys_of, listed, unknown, who_leaves, who_of_step
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.shape.tables.vocabulary import STANDARD_PRINTS
from app.definition.words import Words

# What may stand after @ besides the key of a unit.
_PLACE_WORDS = ("agency", "authority", "reception", "same", "parent")
_UNIT, _TYPE = Words("đơn vị", "Unit"), Words("loại đơn vị", "Unit type")
_FIELD, _LEVEL = Words("lĩnh vực", "Field of work"), Words("cấp", "Level")
_SOURCE = Words("nguồn tra cứu", "Source")
_REGISTER, _PRINT = Words("sổ", "Register"), Words("mẫu in", "Print")


def roles_named(subject: Subject) -> Iterator[Finding]:
    """R04: a role is named that organisation.yaml does not have."""
    roles = subject.organisation.roles
    for path, party in _parties(subject):
        if party.kind == "role" and party.role not in roles:
            yield unknown("R04", path, party.role, roles, role=party.role)


def units_named(subject: Subject) -> Iterator[Finding]:
    """R05: a field of work, level, unit, unit type or source is named that organisation.yaml does not have."""
    organisation = subject.organisation
    named = (_heads, _places, _kept_away, _transfers, _payees, _sources, named_by_fields)
    for path, what, key, known in (one for names in named for one in names(subject)):
        if key not in known:
            yield unknown("R05", path, key, known, what=what, key=key)
    for at, test in enumerate(subject.procedure.tests):
        given = test.get("given")
        unit = given.get("unit") if isinstance(given, Mapping) else None
        if isinstance(unit, str) and unit not in organisation.units:
            yield unknown("R05", ("tests", at, "given", "unit"), unit, organisation.units, what=_UNIT, key=unit)


_Named = tuple[KeyPath, Words, str, Mapping[str, object]]


def _heads(subject: Subject) -> Iterator[_Named]:
    expanded, organisation = subject.expanded, subject.organisation
    yield from _owners(subject)
    if isinstance(expanded.get("field"), str):
        yield ("field",), _FIELD, expanded["field"], organisation.fields
    for at, level in enumerate(listed(expanded.get("levels"))):
        yield ("levels", at), _LEVEL, level, organisation.levels
    for at, unit in enumerate(listed(expanded.get("partners"))):
        yield ("partners", at), _UNIT, unit, organisation.units


def _owners(subject: Subject) -> Iterator[_Named]:
    expanded, units = subject.expanded, subject.organisation.units
    for key in ("agency", "authority"):
        choice = expanded.get(key)
        if not isinstance(choice, Mapping) or (key == "authority" and choice == expanded.get("agency")):
            continue
        if isinstance(choice.get("default"), str):
            yield (key, "default"), _UNIT, choice["default"], units
        for at, case in enumerate(listed(choice.get("cases"))):
            if isinstance(case.get("is"), str):
                yield (key, "cases", at, "is"), _UNIT, case["is"], units


def _places(subject: Subject) -> Iterator[_Named]:
    organisation = subject.organisation
    for path, party in _parties(subject):
        place = party.place
        if place is not None and place.kind == "unit":
            yield path, _UNIT, place.key, {**dict.fromkeys(_PLACE_WORDS), **organisation.units}
        elif place is not None and place.kind == "type":
            yield path, _TYPE, place.key, organisation.unit_types


def _kept_away(subject: Subject) -> Iterator[_Named]:
    """The units that a step is kept away from."""
    organisation = subject.organisation
    for table in subject.tables:
        for placed in table.steps:
            place = placed.step.not_from
            if place is not None and place.kind == "unit":
                yield (*placed.path, "not_from"), _UNIT, place.key, organisation.units
            elif place is not None and place.kind == "type":
                yield (*placed.path, "not_from"), _TYPE, place.key, organisation.unit_types


def _transfers(subject: Subject) -> Iterator[_Named]:
    """The units that a dossier may be transferred to."""
    holders: list[tuple[KeyPath, object]] = [(("conduct",), subject.expanded.get("conduct"))]
    for table in subject.tables:
        holders.extend(((*placed.path, "allow"), placed.written.get("allow")) for placed in table.steps)
    for path, holder in holders:
        rules = holder.get("transfer") if isinstance(holder, Mapping) else None
        for at, key in enumerate(listed(rules.get("to") if isinstance(rules, Mapping) else None)):
            yield (*path, "transfer", "to", at), _UNIT, str(key), subject.organisation.units


def _payees(subject: Subject) -> Iterator[_Named]:
    for at, fee in enumerate(listed(subject.expanded.get("fees"))):
        if isinstance(fee, Mapping) and isinstance(fee.get("payee"), str):
            yield ("fees", at, "payee"), _UNIT, fee["payee"], subject.organisation.units


def _sources(subject: Subject) -> Iterator[_Named]:
    waiting: list[tuple[KeyPath, object]] = [(("documents",), subject.expanded.get("documents"))]
    while waiting:
        path, entries = waiting.pop()
        for at, entry in enumerate(listed(entries)):
            if isinstance(entry, Mapping) and isinstance(entry.get("replaced_by"), str):
                yield (*path, at, "replaced_by"), _SOURCE, entry["replaced_by"], subject.organisation.sources
            if isinstance(entry, Mapping):
                waiting.append(((*path, at, "items"), entry.get("items")))


def shared_named(subject: Subject) -> Iterator[Finding]:
    """R07: a register or a print is named that the shared files do not have."""
    registers = subject.library.registers
    known = {**subject.library.prints, **dict.fromkeys(STANDARD_PRINTS)}
    for at, result in enumerate(listed(subject.expanded.get("results"))):
        if isinstance(result, Mapping) and isinstance(result.get("register"), str):
            yield from _known(("results", at, "register"), _REGISTER, result["register"], registers)
    for table in subject.tables:
        for placed in table.steps:
            number = placed.written.get("number")
            register = number.get("register") if isinstance(number, Mapping) else None
            if isinstance(register, Mapping):
                path: KeyPath = (*placed.path, "number", "register")
                yield from _known((*path, "default"), _REGISTER, register.get("default"), registers)
                for at, case in enumerate(listed(register.get("cases"))):
                    yield from _known((*path, "cases", at, "is"), _REGISTER, case.get("is"), registers)
            for at, key in enumerate(listed(placed.written.get("print"))):
                yield from _known((*placed.path, "print", at), _PRINT, key, known)
    yield from _conduct_prints(subject, known)
    yield from _prints_named(subject, known)


def _prints_named(subject: Subject, known: Mapping[str, object]) -> Iterator[Finding]:
    """What `prints:` adds and puts instead of standard ones, and the registers that number prints."""
    chosen = subject.expanded.get("print_set")
    if isinstance(chosen, Mapping):
        for at, key in enumerate(listed(chosen.get("add"))):
            yield from _known(("print_set", "add", at), _PRINT, key, known)
        for standard in keys_of(chosen.get("replace")):
            path: KeyPath = ("print_set", "replace", standard)
            yield from _known(path, _PRINT, chosen["replace"][standard], known)
    yield from _known(("form", "print"), _PRINT, subject.expanded["form"].get("print"), known)
    for key, one in subject.expanded.get("prints", {}).items():
        yield from _known(("prints", key, "number"), _REGISTER, one.get("number"), subject.library.registers)


def _conduct_prints(subject: Subject, prints: Mapping[str, object]) -> Iterator[Finding]:
    holders: list[tuple[KeyPath, object]] = [(("conduct",), subject.expanded.get("conduct"))]
    for table in subject.tables:
        holders.extend(((*placed.path, "allow"), placed.written.get("allow")) for placed in table.steps)
    for path, holder in holders:
        for name in keys_of(holder):
            rules = holder[name] if isinstance(holder, Mapping) else None
            if isinstance(rules, Mapping):
                for at, key in enumerate(listed(rules.get("print"))):
                    yield from _known((*path, name, "print", at), _PRINT, key, prints)


def _known(path: KeyPath, what: Words, key: object, known: Mapping[str, object]) -> Iterator[Finding]:
    if isinstance(key, str) and key not in known:
        yield unknown("R07", path, key, known, what=what, key=key)


def _parties(subject: Subject) -> Iterator[tuple[KeyPath, Party]]:
    """Every party named in the procedure: by steps, in consultations, waits, conduct, fields and prints."""
    yield from _read(who_of_fields(subject))
    for table in subject.tables:
        for placed in table.steps:
            yield from _read(who_of_step(placed))
            yield from _of_conduct(placed.written.get("allow"), (*placed.path, "allow"))
    yield from _of_conduct(subject.expanded.get("conduct"), ("conduct",))
    yield from _read(who_leaves(subject.expanded.get("access", {}).get("view"), ("access", "view")))
    for key, one in subject.expanded.get("prints", {}).items():
        yield from _read(who_leaves(one.get("signed_by"), ("prints", key, "signed_by")))


def _of_conduct(holder: object, path: KeyPath) -> Iterator[tuple[KeyPath, Party]]:
    if isinstance(holder, Mapping):
        for name, rules in holder.items():
            if isinstance(rules, Mapping):
                for key in ("by", "approve", "ask_by"):
                    yield from _read(who_leaves(rules.get(key), (*path, name, key)))
                if name == "consult":
                    yield from _read(who_leaves(rules.get("to"), (*path, name, "to")))


def _read(leaves: Iterator[tuple[KeyPath, str]]) -> Iterator[tuple[KeyPath, Party]]:
    for path, text in leaves:
        party = parse_party(text)
        if party is not None:
            yield path, party


def units_meant(party: Party, subject: Subject) -> tuple[str, ...] | None:
    """The units at which a role is meant; None where that depends on the dossier."""
    organisation, procedure = subject.organisation, subject.procedure
    place = party.place
    if place is None:
        return tuple(dict.fromkeys(unit for agency in procedure.agency.values() for unit in organisation.below(agency)))
    if place.kind == "unit":
        return (place.key,) if place.key in organisation.units else None
    if place.kind in ("agency", "authority"):
        choice = procedure.agency if place.kind == "agency" else procedure.authority
        return tuple(unit for unit in choice.values() if unit in organisation.units) or None
    if place.kind == "type":
        return organisation.of_type(place.key)
    return organisation.units_named(procedure.intake_places()) if place.kind == "reception" else None
