"""Rules about standard conduct: where it is possible, and within what the law gives (C01–C04 C06)."""

from collections.abc import Iterator, Mapping

from app.definition.duration import Duration
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.rules.subject import Finding, KeyPath, Subject

_OF_STAFF = ("supplement", "refuse", "consult", "extend")


def possible_here(subject: Subject) -> Iterator[Finding]:
    """C01: conduct offered where nobody of the office works, or when the result is already there."""
    for table in subject.tables:
        for placed in table.steps:
            allowed = _possible(placed.step)
            for name in placed.step.allow:
                if name not in allowed:
                    path: KeyPath = (*placed.path, "allow", name)
                    yield Finding(path, "C01", {"conduct": name, "allowed": allowed})


def _possible(step: Step) -> tuple[str, ...]:
    people = {party.kind for who in step.by.values() for party in who.parties}
    if step.does == "return" or people <= {"applicant", "system"}:
        return ()
    return _OF_STAFF


def _rules(subject: Subject, name: str) -> Iterator[tuple[KeyPath, Mapping[str, object]]]:
    """The rules of one kind of conduct: for the whole procedure, then where a step writes its own."""
    yield ("conduct", name), subject.procedure.conduct.get(name, {})
    for table in subject.tables:
        for placed in table.steps:
            own = placed.step.allow.get(name)
            if own:
                yield (*placed.path, "allow", name), own


def many_supplements(subject: Subject) -> Iterator[Finding]:
    """C02: more than one supplement request."""
    for path, rules in _rules(subject, "supplement"):
        if "max" in rules and _more_than_one(rules["max"]):
            yield Finding((*path, "max"), "C02")


def _more_than_one(most: object) -> bool:
    return most is None or (isinstance(most, int) and most > 1)


def no_answer_time(subject: Subject) -> Iterator[Finding]:
    """C03: the applicant may take for ever to hand in a supplement."""
    for path, rules in _rules(subject, "supplement"):
        time = rules.get("answer_within")
        endless = isinstance(time, Choice) and any(
            isinstance(one, Duration) and one.kind == "none" for one in time.values()
        )
        if endless or (time is None and "answer_within" in rules):
            yield Finding((*path, "answer_within"), "C03")


def many_appointments(subject: Subject) -> Iterator[Finding]:
    """C04: a service is put off more than once."""
    if subject.procedure.kind != "service":
        return
    for path, rules in _rules(subject, "extend"):
        if "max" in rules and _more_than_one(rules["max"]):
            yield Finding((*path, "max"), "C04")


def no_refusal_paper(subject: Subject) -> Iterator[Finding]:
    """C06: a refusal after intake is possible, but no result says so. At intake the refusal slip is enough."""
    procedure = subject.procedure
    if procedure.kind != "service" or any(result.refusal for result in procedure.results):
        return
    for table in subject.tables:
        for placed in table.steps:
            if placed.step.does == "intake":
                continue
            if "refuse" in placed.step.allow:
                yield Finding((*placed.path, "allow", "refuse"), "C06")
                return
            if placed.step.on_late == "refuse":
                yield Finding((*placed.path, "on_late"), "C06")
                return
