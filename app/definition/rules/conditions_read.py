"""Every condition and every choice of a procedure with its place: what the rules about expressions go through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.documents import Document, Group
from app.definition.rules.subject import KeyPath, Subject
from app.definition.rules.tables import PlacedStep, StepTable


@dataclass(frozen=True, slots=True)
class Condition:
    """A flag expression: ``kind`` says what it decides (case, step, way, show, required, document, fee, result …).

    ``step``: the step at which it is asked; ``moment``: accepting (fixed there), entering or leaving that step.
    """

    path: KeyPath
    expression: Expression
    kind: str
    step: str = ""
    moment: str = ""
    table: StepTable | None = None


@dataclass(frozen=True, slots=True)
class PlacedChoice:
    """A choice with its place."""

    path: KeyPath
    choice: Choice[Any]
    step: str = ""
    moment: str = "accepting"
    table: StepTable | None = None


def choices_of(subject: Subject) -> Iterator[PlacedChoice]:
    """Every value of the procedure that depends on the case."""
    procedure = subject.procedure
    yield PlacedChoice(("agency",), procedure.agency)
    yield PlacedChoice(("authority",), procedure.authority)
    yield PlacedChoice(("time_limit",), procedure.time_limit.promised)
    if procedure.time_limit.legal is not None:
        yield PlacedChoice(("time_limit", "legal"), procedure.time_limit.legal)
    yield PlacedChoice(("route",), procedure.route)
    for at, phase in enumerate(procedure.phases):
        if phase.within is not None:
            yield PlacedChoice(("phases", at, "within"), phase.within, moment="")
    for at, fee in enumerate(procedure.fees):
        yield PlacedChoice(("fees", at, "amount"), fee.amount, moment="accepting" if fee.collect == "at_intake" else "")
    for table in subject.tables:
        for placed in table.steps:
            yield from _choices_of_step(table, placed)


def _choices_of_step(table: StepTable, placed: PlacedStep) -> Iterator[PlacedChoice]:
    step, path = placed.step, placed.path
    named: Sequence[tuple[str, Choice[Any] | None, str]] = (
        ("by", step.by, "entering"),
        ("within", step.within, "entering"),
    )
    for key, choice, moment in named:
        if choice is not None:
            yield PlacedChoice((*path, key), choice, step.key, moment, table)
    if step.register is not None:
        yield PlacedChoice((*path, "number", "register"), step.register, step.key, "leaving", table)
    if step.consult is not None:
        if step.consult.within is not None:
            yield PlacedChoice((*path, "consult", "within"), step.consult.within, step.key, "leaving", table)
        for at, ask in enumerate(step.consult.ask):
            if ask.within is not None:
                yield PlacedChoice((*path, "consult", "ask", at, "within"), ask.within, step.key, "leaving", table)


def conditions_of(subject: Subject) -> Iterator[Condition]:
    """Every condition outside the cases of choices."""
    yield from _of_heads(subject)
    recurs = subject.procedure.recurs
    if recurs is not None and recurs.when is not None:
        yield Condition(("recurs", "when"), recurs.when, "recurs")
    yield from _of_fields(subject)
    yield from _of_documents(subject, subject.procedure.documents, ("documents",))
    yield from _of_fees(subject)
    for table in subject.tables:
        for placed in table.steps:
            yield from _of_step(table, placed)


def _of_heads(subject: Subject) -> Iterator[Condition]:
    procedure = subject.procedure
    for at, addition in enumerate(procedure.time_limit.add):
        yield Condition(("time_limit", "add", at, "when"), addition.when, "addition", moment="accepting")
    for at, variant in enumerate(procedure.variants):
        if variant.when is not None:
            yield Condition(("variants", at, "when"), variant.when, "variant", moment="accepting")
    for at, phase in enumerate(procedure.phases):
        if phase.when is not None:
            yield Condition(("phases", at, "when"), phase.when, "phase")
    for at, result in enumerate(procedure.results):
        if result.when is not None:
            yield Condition(("results", at, "when"), result.when, "result")


def _of_fields(subject: Subject) -> Iterator[Condition]:
    form = subject.procedure.form
    for at, section in enumerate(form.sections):
        if section.show_when is not None:
            yield Condition(("form", "sections", at, "show_when"), section.show_when, "show")
    for key, field in form.fields.items():
        if field.show_when is not None:
            yield Condition(("form", "fields", key, "show_when"), field.show_when, "show")
        if field.required_when is not None:
            yield Condition(("form", "fields", key, "required_when"), field.required_when, "required")


def _of_documents(subject: Subject, items: Sequence[Document | Group], path: KeyPath) -> Iterator[Condition]:
    for at, item in enumerate(items):
        place = (*path, at)
        if item.when is not None:
            yield from _when_asked(subject, item, Condition((*place, "when"), item.when, "document"))
        if isinstance(item, Group):
            yield from _of_documents(subject, item.items, (*place, "items"))
        elif item.required_when is not None:
            yield from _when_asked(subject, item, Condition((*place, "required_when"), item.required_when, "required"))


def _when_asked(subject: Subject, item: Document | Group, condition: Condition) -> Iterator[Condition]:
    """Papers are asked for on accepting; those of a later phase at its intake, those due at the return there."""
    later = item.phase in [phase.key for phase in subject.procedure.phases[1:]]
    at_return = isinstance(item, Document) and item.due_at == "return"
    if not later and not at_return:
        yield replace(condition, moment="accepting")
        return
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            if step.does == "return" if at_return else step.does == "intake" and step.phase == item.phase:
                yield replace(condition, step=step.key, moment="leaving", table=table)


def _of_fees(subject: Subject) -> Iterator[Condition]:
    for at, fee in enumerate(subject.procedure.fees):
        moment = "accepting" if fee.collect == "at_intake" else ""
        if fee.when is not None:
            yield Condition(("fees", at, "when"), fee.when, "fee", moment=moment)
        for place, reduction in enumerate(fee.reductions):
            yield Condition(("fees", at, "reductions", place, "when"), reduction.when, "fee", moment=moment)
        for place, exemption in enumerate(fee.exemptions):
            yield Condition(("fees", at, "exemptions", place, "when"), exemption.when, "fee", moment=moment)


def _of_step(table: StepTable, placed: PlacedStep) -> Iterator[Condition]:
    step, path = placed.step, placed.path
    if step.when is not None:
        yield Condition((*path, "when"), step.when, "step", step.key, "entering", table)
    if step.optional_when is not None:
        yield Condition((*path, "optional"), step.optional_when, "step", step.key, "entering", table)
    yield from _of_ways(table, placed)
    for at, ask in enumerate(step.consult.ask if step.consult else ()):
        if ask.when is not None:
            yield Condition((*path, "consult", "ask", at, "when"), ask.when, "ask", step.key, "leaving", table)


def _of_ways(table: StepTable, placed: PlacedStep) -> Iterator[Condition]:
    step, path = placed.step, placed.path
    for at, way in enumerate(step.ways):
        if way.when is not None:
            yield Condition((*path, "next", at, "when"), way.when, "way", step.key, "leaving", table)
        for place, target in enumerate(way.targets):
            if target.when is not None:
                where = (*path, "next", at, "to", place, "when")
                yield Condition(where, target.when, "way", step.key, "leaving", table)
