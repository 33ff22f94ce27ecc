"""Rules about standard conduct: where it is possible, and within what the law gives (C01–C07)."""

from collections.abc import Iterator, Mapping

from app.definition.duration import Duration
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.rules.subject import Finding, KeyPath, Subject

# What the office may do at a step before the result is there.
_OF_STAFF = (
    "supplement",
    "refuse",
    "consult",
    "transfer",
    "extend",
    "stop",
    "send_back",
    "recall",
    "reassign",
    "comment",
)
# With the result ready nothing goes back any more; the people at the step may still change.
_AT_RETURN = ("reassign", "comment")
# What the applicant may do wherever the dossier stands, and what a service alone has.
_OF_APPLICANT = ("withdraw", "resubmit")
_SERVICE_ONLY = frozenset(("stop", "withdraw", "resubmit", "supplement"))


def possible_here(subject: Subject) -> Iterator[Finding]:
    """C01: conduct offered where nobody of the office works, or when the result is already there."""
    service = subject.procedure.kind == "service"
    for table in subject.tables:
        for placed in table.steps:
            allowed = tuple(name for name in _possible(placed.step) if service or name not in _SERVICE_ONLY)
            for name in placed.step.allow:
                if name not in allowed:
                    path: KeyPath = (*placed.path, "allow", name)
                    yield Finding(path, "C01", {"conduct": name, "allowed": allowed})


def _possible(step: Step) -> tuple[str, ...]:
    people = {party.kind for who in step.by.values() for party in who.parties}
    if people <= {"applicant", "system"}:
        return _OF_APPLICANT
    return _AT_RETURN if step.does == "return" else (*_OF_STAFF, *_OF_APPLICANT)


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
    values = [most.default, *(case.value for case in most.cases)] if isinstance(most, Choice) else [most]
    return any(value is None or (isinstance(value, int) and value > 1) for value in values)


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


def withdrawn_after_decision(subject: Subject) -> Iterator[Finding]:
    """C05: the applicant could still withdraw when the result has been decided on."""
    for path, rules in _rules(subject, "withdraw"):
        until = rules.get("until")
        for table, graph in subject.pairs():
            deciding = [step.key for step in table.route.steps if step.issues]
            if until in table.route.by_key and any(graph.can_precede(key, str(until)) for key in deciding):
                yield Finding((*path, "until"), "C05")
                break


def back_to_intake(subject: Subject) -> Iterator[Finding]:
    """C07: a service may not be sent back to where it was accepted: it has been received, the receipt is out."""
    if subject.procedure.kind != "service":
        return
    accepting = {table.route.steps[0].key for table in subject.tables if table.route.steps}
    for path, rules in _rules(subject, "send_back"):
        to = rules.get("to")
        for at, key in enumerate(to if isinstance(to, tuple) else ()):
            if key in accepting:
                yield Finding((*path, "to", at), "C07")


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
