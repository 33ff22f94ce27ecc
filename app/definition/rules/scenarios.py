"""Rules about the tests of a procedure (Q01 Q03 Q06)."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.definition.model.money import AmountTable, ComputedAmount, Tiers
from app.definition.rules.conditions_read import choices_of, conditions_of
from app.definition.rules.reading_order import fillers_of
from app.definition.rules.references import listed
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.words import Words

_EXAMPLE = Words(
    "tests: [{name: Trường hợp thường gặp, given: {received: 2026-03-02 09:00}}]",
    "tests: [{name: The ordinary case, given: {received: 2026-03-02 09:00}}]",
)


def no_tests(subject: Subject) -> Iterator[Finding]:
    """Q01: the procedure has no test."""
    if not subject.procedure.tests and ("tests",) not in subject.broken:
        yield Finding(("tests",), "Q01", {"example": _EXAMPLE}, on_key=True)


def must_be_given(subject: Subject) -> Iterator[Finding]:
    """Q03: a required field that a condition, case, `next` or fee reads must be given by the test that comes to it."""
    read = _names_deciding(subject)
    for at, test in enumerate(subject.procedure.tests):
        given = test.get("given")
        if not isinstance(given, Mapping):
            continue
        path: KeyPath = ("tests", at, "given")
        name = str(test.get("name", ""))
        if "variant" in read and subject.procedure.variants and "variant" not in given:
            yield Finding(path, "Q03", {"name": name, "field": "variant"}, on_key=True)
        have = set(given.get("form") or ())
        steps = set()
        for act in listed(test.get("walk")):
            if isinstance(act, Mapping) and "refused" not in act:
                steps.add(str(act.get("do", "")))
            have.update(act.get("fill") or () if isinstance(act, Mapping) else ())
        for key in sorted(read - have):
            if _is_needed(key, steps, subject):
                yield Finding((*path, "form"), "Q03", {"name": name, "field": key}, on_key=True)


def _is_needed(key: str, steps: set[str], subject: Subject) -> bool:
    field = subject.procedure.form.fields.get(key)
    if field is None or not field.required or field.show_when is not None:
        return False
    if field.default is not None or field.value is not None:
        return False
    fillers = fillers_of(subject, key)
    first = {graph.first for graph in subject.graphs}
    return bool(steps & (set(fillers) or first))


def _names_deciding(subject: Subject) -> frozenset[str]:
    """The names that conditions, cases, ways and fees read."""
    found: set[str] = set()
    for condition in conditions_of(subject):
        if condition.kind not in ("show", "required") or condition.path[0] == "documents":
            found |= condition.expression.reads
    for placed in choices_of(subject):
        for case in placed.choice.cases:
            found |= case.when.reads
    for fee in subject.procedure.fees:
        found |= fee.times.reads if fee.times is not None else frozenset()
        for amount in fee.amount.values():
            found |= _names_of_amount(amount)
    return frozenset(name for name in found if "." not in name)


def _names_of_amount(amount: Any) -> frozenset[str]:
    if isinstance(amount, ComputedAmount):
        return amount.expression.reads
    if isinstance(amount, Tiers):
        return amount.of.reads
    return frozenset(amount.names) if isinstance(amount, AmountTable) else frozenset()


def year_without_calendar(subject: Subject) -> Iterator[Finding]:
    """Q06: a test begins in a year that has no calendar."""
    years = subject.library.calendar_years
    for at, test in enumerate(subject.procedure.tests):
        given = test.get("given")
        received = given.get("received") if isinstance(given, Mapping) else None
        year = str(received)[:4]
        if received is not None and year.isdigit() and int(year) not in years:
            params = {"name": str(test.get("name", "")), "year": year}
            yield Finding(("tests", at, "given", "received"), "Q06", params)
