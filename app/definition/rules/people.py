"""Rules about who does the work: somebody can, and nobody approves what he did himself (W07 W08 W09)."""

from collections.abc import Iterator

from app.definition.compile_who import parse_party
from app.definition.messages.rule import Severity
from app.definition.model.who import Party
from app.definition.rules.graph import Graph
from app.definition.rules.organisation_named import units_meant
from app.definition.rules.references import who_of_step
from app.definition.rules.subject import Finding, Subject
from app.definition.rules.tables import PlacedStep, StepTable


def role_exists(subject: Subject) -> Iterator[Finding]:
    """W07, as far as the files tell: the role exists at the unit. Outside units answer by letter and have no people."""
    for table in subject.tables:
        for placed in table.steps:
            for path, text in who_of_step(placed):
                party = parse_party(text)
                if party is None or party.kind != "role" or party.role not in subject.organisation.roles:
                    continue
                if _nobody(party, subject):
                    roles = _roles_there(party, subject)
                    yield Finding(path, "W07", {"who": text, "step": placed.step.key, "allowed": roles})


def _nobody(party: Party, subject: Subject) -> bool:
    units = units_meant(party, subject)
    if units is None:
        return False
    known = [subject.organisation.units[unit] for unit in units]
    if any(unit.outside for unit in known):
        return False
    if party.place is not None and party.place.kind in ("agency", "authority"):
        return not all(party.role in unit.roles for unit in known)
    return not any(party.role in unit.roles for unit in known)


def _roles_there(party: Party, subject: Subject) -> tuple[str, ...]:
    units = units_meant(party, subject) or ()
    return tuple(dict.fromkeys(role for unit in units for role in subject.organisation.units[unit].roles))


def approves_own_work(subject: Subject) -> Iterator[Finding]:
    """W08, a warning: a step that issues a result, or whose button leads to one, done by whoever did the one before."""
    for table, graph in subject.pairs():
        for placed in table.steps:
            if not _decides(placed, table):
                continue
            for before in _persons_before(placed, table, graph):
                if _same_people(before, placed) and before.step.key not in placed.step.not_by:
                    yield Finding(
                        (*placed.path, "by"),
                        "W08",
                        {"a": before.step.key, "b": placed.step.key},
                        Severity.WARNING,
                        on_key=True,
                    )
                    break


def _decides(placed: PlacedStep, table: StepTable) -> bool:
    if placed.step.issues:
        return True
    targets = [target.step for way in placed.step.ways if way.choose for target in way.targets]
    return any(table.route.by_key[key].issues for key in targets if key in table.route.by_key)


def _persons_before(placed: PlacedStep, table: StepTable, graph: Graph) -> list[PlacedStep]:
    """The steps right before, going round those of the system and the applicant."""
    found, seen, waiting = [], {placed.step.key}, list(graph.reversed.get(placed.step.key, ()))
    while waiting:
        key = waiting.pop()
        if key in seen or key not in table.route.by_key:
            continue
        seen.add(key)
        before = table.at(key)
        if any(party.kind not in ("system", "applicant") for who in before.step.by.values() for party in who.parties):
            found.append(before)
        else:
            waiting.extend(graph.reversed.get(key, ()))
    return found


def _same_people(one: PlacedStep, other: PlacedStep) -> bool:
    def texts(placed: PlacedStep) -> set[str]:
        return {party.text for who in placed.step.by.values() for party in who.parties}

    return bool(texts(one) & texts(other))


def passed_over(subject: Subject) -> Iterator[Finding]:
    """W09: `not_by` names a step that may be passed over while this one is done."""
    for table in subject.tables:
        for placed in table.steps:
            for at, key in enumerate(placed.step.not_by):
                other = table.route.by_key.get(key)
                if other is None or other.when == placed.step.when:
                    continue
                if other.when is not None or other.optional or other.optional_when is not None:
                    yield Finding((*placed.path, "not_by", at), "W09", {"step": key})
