"""Which steps a dossier of one case may come to: conditions that the case decides are followed, others stay open."""

from collections.abc import Iterator

from app.definition.expression import Expression
from app.definition.model.route import Step, Way
from app.definition.rules.graph import END, Graph
from app.definition.rules.subject import Subject
from app.definition.rules.tables import StepTable
from app.definition.rules.worlds import Case, Worlds


def verdict(expression: Expression | None, case: Case, worlds: Worlds) -> bool | None:
    """True or False where the case decides the condition (unknown counts as not true), None where it stays open."""
    if expression is None:
        return True
    if not worlds.decides(expression):
        return None
    return expression.evaluate(case) is True


def may_apply(subject: Subject, table: StepTable, case: Case, worlds: Worlds) -> bool:
    """Whether a dossier of this case may go by this step table: its own case may hold, no earlier one surely does."""
    for line in subject.procedure.route.cases:
        answer = verdict(line.when, case, worlds)
        if line.when is table.when:
            return answer is not False
        if answer is True:
            return False
    return True


def visited(graph: Graph, case: Case, worlds: Worlds) -> frozenset[str]:
    """The steps that may be worked on, not merely passed over."""
    seen: set[str] = set()
    worked: set[str] = set()
    waiting = [graph.first]
    while waiting:
        key = waiting.pop()
        step = graph.route.by_key.get(key)
        if step is None or key in seen:
            continue
        seen.add(key)
        if verdict(step.when, case, worlds) is not False:
            worked.add(key)
        waiting.extend(_next_keys(step, case, worlds))
    return frozenset(worked)


def _next_keys(step: Step, case: Case, worlds: Worlds) -> Iterator[str]:
    for way in open_ways(step, case, worlds):
        for target in way.targets:
            if target.step != END and verdict(target.when, case, worlds) is not False:
                yield target.step
    if step.on_late_to:
        yield step.on_late_to


def open_ways(step: Step, case: Case, worlds: Worlds) -> Iterator[Way]:
    """The ways that may be taken: buttons that are not hidden, automatic lines up to the first that is surely true."""
    for way in step.ways:
        answer = verdict(way.when, case, worlds)
        if answer is False:
            continue
        yield way
        if answer is True and not way.choose:
            return
