"""Rules about fields together: shown and required, read, computed, filled in time (F01 F02 F07–F09 F14)."""

from collections.abc import Iterator
from itertools import combinations

from app.definition.compile_who import parse_party
from app.definition.expression import Expression
from app.definition.model.form import Field
from app.definition.print_names import fields_read
from app.definition.rules.conditions_read import choices_of, conditions_of
from app.definition.rules.graph import Graph, reach, shortest
from app.definition.rules.reading_order import fillers_of, known_in_time
from app.definition.rules.references import who_of_step
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.rules.tables import PlacedStep, StepTable
from app.definition.rules.worlds import words_of, worlds_of
from app.definition.words import Words

_FORM: KeyPath = ("form", "fields")
# An officer's answer of these types is there to decide something.
_DECISIONS = frozenset({"yes_no", "choice", "choices"})


def required_while_hidden(subject: Subject) -> Iterator[Finding]:
    """F01: required without condition although some case never shows it. A hidden field is never demanded."""
    for path, field in _placed(subject):
        if field.required and field.show_when is not None:
            worlds = worlds_of((field.show_when,), subject.procedure)
            for case in worlds.cases if worlds is not None and worlds.decides(field.show_when) else ():
                if worlds is not None and field.show_when.evaluate(case) is not True:
                    yield Finding((*path, "required"), "F01", {"field": field.key, "case": words_of(case, worlds)})
                    break


def required_and_hidden(subject: Subject) -> Iterator[Finding]:
    """F14: the two conditions of a field demand it in a case in which it is hidden."""
    for path, field in _placed(subject):
        required, shown = field.required_when, field.show_when
        if required is None or shown is None or required == shown:
            continue
        worlds = worlds_of((required, shown), subject.procedure)
        if worlds is None or not (worlds.decides(required) and worlds.decides(shown)):
            continue
        if any(required.evaluate(case) is True and shown.evaluate(case) is not True for case in worlds.cases):
            yield Finding((*path, "required_when"), "F14", {"field": field.key})


def _placed(subject: Subject) -> Iterator[tuple[KeyPath, Field]]:
    for key, field in subject.procedure.form.fields.items():
        yield (*_FORM, key), field


def read_by_nobody(subject: Subject) -> Iterator[Finding]:
    """F02: a decision that an officer fills in and that decides, lists and prints nothing."""
    used = _names_read(subject)
    for key, field in subject.procedure.form.fields.items():
        shown = field.in_list or field.in_filter or field.in_search
        if field.type in _DECISIONS and fillers_of(subject, key) and key not in used and not shown:
            yield Finding((*_FORM, key), "F02", {"field": key}, on_key=True)


def _names_read(subject: Subject) -> frozenset[str]:
    procedure = subject.procedure
    found: set[str] = set()
    for condition in conditions_of(subject):
        found |= condition.expression.reads
    for placed in choices_of(subject):
        for case in placed.choice.cases:
            found |= case.when.reads
    for expression in _other_expressions(subject):
        found |= expression.reads
    for one in procedure.prints.values():
        found |= fields_read(one.text)
    if procedure.recurs is not None:
        found.add(procedure.recurs.every)
    found |= {*procedure.screens.columns, *procedure.screens.filters, *procedure.screens.header}
    return frozenset(found)


def _other_expressions(subject: Subject) -> Iterator[Expression]:
    procedure = subject.procedure
    yield from (check.that for check in procedure.form.checks)
    yield from (card.when for card in procedure.screens.cards)
    yield from (one.check for one in procedure.requirements if one.check is not None)
    for field in procedure.form.fields.values():
        yield from (one for one in (field.value, field.default, field.minimum, field.maximum) if one is not None)
        yield from field.must_equal.values()
    for table in subject.tables:
        for placed in table.steps:
            yield from (check.that for check in placed.step.checks)
            yield from placed.step.sets.values()
            if placed.step.call is not None:
                yield from placed.step.call.give.values()
            if placed.step.wait is not None and placed.step.wait.until is not None:
                yield placed.step.wait.until


def computed_in_circles(subject: Subject) -> Iterator[Finding]:
    """F07: computed fields that need each other."""
    computed = {key: field.value for key, field in subject.procedure.form.fields.items() if field.value is not None}
    edges = {
        key: tuple(sorted({name.partition(".")[0] for name in value.reads} & computed.keys()))
        for key, value in computed.items()
    }
    told: set[str] = set()
    for key in computed:
        circle = () if key in told else shortest(edges, edges[key], key)
        if circle:
            told.update(circle)
            yield Finding((*_FORM, key, "value"), "F07", {"path": " → ".join((key, *circle))})
    yield from _columns_in_circles(subject)


def _columns_in_circles(subject: Subject) -> Iterator[Finding]:
    for key, field in subject.procedure.form.fields.items():
        computed = {column.key: column.value for column in field.columns if column.value is not None}
        edges = {
            name: tuple(one for one in computed if f"{key}.{one}" in value.reads) for name, value in computed.items()
        }
        for name in computed:
            circle = shortest(edges, edges[name], name)
            if circle:
                yield Finding((*_FORM, key, "columns", name, "value"), "F07", {"path": " → ".join((name, *circle))})
                break


def filled_side_by_side(subject: Subject) -> Iterator[Finding]:
    """F08: two branches that are open at once fill the same field."""
    for table, graph in subject.pairs():
        for one, other in _side_by_side(table, graph):
            shared = set(one.step.fills) & set(other.step.fills)
            for key in sorted(shared):
                at = other.step.fills.index(key)
                params = {"field": key, "a": one.step.key, "b": other.step.key}
                yield Finding((*other.path, "fills", at), "F08", params)


def _side_by_side(table: StepTable, graph: Graph) -> Iterator[tuple[PlacedStep, PlacedStep]]:
    """Pairs of steps that stand in different branches before these meet."""
    seen: set[frozenset[str]] = set()
    for placed in table.steps:
        for way in placed.step.ways:
            opened = [target.step for target in way.targets if target.step in graph.edges]
            for left, right in combinations(opened, 2):
                meeting = frozenset(one.step.key for one in table.steps if one.step.joins)
                closed = {key: () if key in meeting else targets for key, targets in graph.edges.items()}
                first, second = reach(closed, (left,)) - meeting, reach(closed, (right,)) - meeting
                for a in sorted(first - second):
                    for b in sorted(second - first):
                        if frozenset((a, b)) not in seen and {a, b} <= graph.edges.keys():
                            seen.add(frozenset((a, b)))
                            yield table.at(a), table.at(b)


def filled_before_read(subject: Subject) -> Iterator[Finding]:
    """F09: a step needs a field (whom to ask, what to check, what to write) that nobody can have filled."""
    for table in subject.tables:
        for placed in table.steps:
            yield from _people_in_fields(subject, table, placed)
            yield from _read_on_leaving(subject, table, placed)


def _people_in_fields(subject: Subject, table: StepTable, placed: PlacedStep) -> Iterator[Finding]:
    for path, text in who_of_step(placed):
        party = parse_party(text)
        if party is None:
            continue
        key = party.key if party.kind == "person" else ""
        if party.place is not None and party.place.kind == "field":
            key = party.place.key
        moment = "leaving" if "consult" in path else "entering"
        if key and not known_in_time(subject, key, placed.step.key, moment, table):
            yield Finding(path, "F09", {"field": key, "place": placed.step.key})


def _read_on_leaving(subject: Subject, table: StepTable, placed: PlacedStep) -> Iterator[Finding]:
    step, path = placed.step, placed.path
    read: list[tuple[KeyPath, Expression]] = [
        ((*path, "checks", at, "that"), check.that) for at, check in enumerate(step.checks)
    ]
    read.extend(((*path, "set", key), expression) for key, expression in step.sets.items())
    if step.consult is not None and step.consult.quorum is not None:
        read.append(((*path, "consult", "quorum"), step.consult.quorum))
    for place, expression in read:
        for name in sorted(expression.reads):
            if not known_in_time(subject, name, step.key, "leaving", table):
                words = Words(f"bước “{step.key}”", f'step "{step.key}"')
                yield Finding(place, "F09", {"field": name, "place": words})
