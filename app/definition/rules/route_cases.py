"""Rules about what happens in each case: a way on, a result, somebody to ask (W02 W11–W14)."""

from collections.abc import Iterator, Sequence
from itertools import islice

from app.definition.expression import Expression
from app.definition.model.route import Step
from app.definition.rules.domains import literal_number
from app.definition.rules.graph import Graph
from app.definition.rules.subject import Finding, Subject
from app.definition.rules.tables import PlacedStep, StepTable
from app.definition.rules.walks import may_apply, verdict, visited
from app.definition.rules.worlds import Case, Worlds, words_of, worlds_of

_MOST_WALKED = 64  # cases for which the ways are followed


def no_way_on(subject: Subject) -> Iterator[Finding]:
    """W02: in some case no line of ``next`` holds."""
    for table, graph in subject.pairs():
        for placed in table.steps:
            conditions = [way.when for way in placed.step.ways]
            if placed.step.key not in graph.reachable or not conditions or None in conditions:
                continue
            found = _uncovered([one for one in conditions if one], placed, table, graph, subject, missing=True)
            if found is not None:
                case = words_of(*found)
                yield Finding((*placed.path, "next"), "W02", {"step": placed.step.key, "case": case}, on_key=True)


def _uncovered(
    conditions: Sequence[Expression],
    placed: PlacedStep,
    table: StepTable,
    graph: Graph,
    subject: Subject,
    *,
    missing: bool = False,
) -> tuple[Case, Worlds] | None:
    """A case in which the step is worked on and none of the conditions is true."""
    choosing = [line.when for line in subject.procedure.route.cases]
    worlds = worlds_of([*conditions, *choosing], subject.procedure, missing=missing)
    if worlds is None or not all(worlds.decides(one) for one in conditions):
        return None
    uncovered = (case for case in worlds.cases if not any(one.evaluate(case) is True for one in conditions))
    for case in islice(uncovered, _MOST_WALKED):
        if not may_apply(subject, table, case, worlds):
            continue
        if placed.step.key in visited(graph, case, worlds) and not _held_back(placed.step, case, worlds):
            return case, worlds
    return None


def _held_back(step: Step, case: Case, worlds: Worlds) -> bool:
    """Whether the step's own checks keep it from being left in this case."""
    return any(verdict(check.that, case, worlds) is False for check in step.checks)


def never_issued(subject: Subject) -> Iterator[Finding]:
    """W11: a result that no step issues, and no refusal brings."""
    issued = {key for table in subject.tables for placed in table.steps for key in placed.step.issues}
    rules = [subject.procedure.conduct.get("refuse", {})]
    rules.extend(placed.step.allow.get("refuse", {}) for table in subject.tables for placed in table.steps)
    refused = {str(rule.get("result", "")) for rule in rules}
    for at, result in enumerate(subject.expanded.get("results") or ()):
        key = result.get("key")
        if isinstance(key, str) and key not in issued and key not in refused:
            yield Finding(("results", at, "key"), "W11", {"result": key})


def no_result(subject: Subject) -> Iterator[Finding]:
    """W12: in some case a step that issues results has none to issue."""
    results = {result.key: result for result in subject.procedure.results}
    for table, graph in subject.pairs():
        for placed in table.steps:
            named = [results[key] for key in placed.step.issues if key in results]
            conditions = [result.when for result in named]
            if not named or None in conditions or placed.step.key not in graph.reachable:
                continue
            found = _uncovered([one for one in conditions if one], placed, table, graph, subject)
            if found is not None:
                yield Finding((*placed.path, "issues"), "W12", {"case": words_of(*found)}, on_key=True)


def asks_nobody(subject: Subject) -> Iterator[Finding]:
    """W13: in some case a consultation has nobody to ask."""
    for table, graph in subject.pairs():
        for placed in table.steps:
            consult = placed.step.consult
            conditions = [ask.when for ask in consult.ask if not ask.for_each] if consult else []
            if consult is not None and len(conditions) < len(consult.ask):
                continue  # how many rows there are no file can tell
            if consult is None or (conditions and None in conditions):
                continue
            if not conditions:
                yield Finding((*placed.path, "consult"), "W13", {"step": placed.step.key}, on_key=True)
            elif _uncovered([one for one in conditions if one], placed, table, graph, subject) is not None:
                yield Finding((*placed.path, "consult", "ask"), "W13", {"step": placed.step.key}, on_key=True)


def quorum_too_high(subject: Subject) -> Iterator[Finding]:
    """W14: more answers wanted than there are people asked."""
    for table in subject.tables:
        for placed in table.steps:
            yield from _quorum(placed)


def _quorum(placed: PlacedStep) -> Iterator[Finding]:
    consult = placed.step.consult
    quorum = literal_number(consult.quorum) if consult else None
    if consult is None or quorum is None or any(ask.by.kind == "person" or ask.for_each for ask in consult.ask):
        return
    if any(ask.by.place is not None and ask.by.place.kind in ("field", "type") for ask in consult.ask):
        return
    if quorum > len(consult.ask):
        yield Finding((*placed.path, "consult", "quorum"), "W14", {"n": str(quorum), "m": len(consult.ask)})
