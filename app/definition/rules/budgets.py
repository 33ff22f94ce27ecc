"""Rules about the steps' time against the limit, along every way and in every case (T01 T02 T10)."""

from collections.abc import Iterator, Mapping, Sequence

from app.definition.duration import Duration
from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.rules.amounts_of_time import Span, span_of
from app.definition.rules.graph import END, Graph
from app.definition.rules.subject import Finding, Subject
from app.definition.rules.walks import may_apply, open_ways, verdict, visited
from app.definition.rules.worlds import Case, Worlds, worlds_of

_NOTHING = Worlds(({},), True, frozenset(), {})


def steps_against_limit(subject: Subject) -> Iterator[Finding]:
    """T01: in some case the steps of a way take longer than the limit of that case; T10 where that is the same day."""
    limit = subject.procedure.time_limit
    if _explained(subject):
        return
    told: set[str] = set()
    for table, graph in subject.pairs():
        worlds = _worlds(subject, graph)
        for case in worlds.cases:
            if not may_apply(subject, table, case, worlds):
                continue
            promised = _picked(limit.promised, case, worlds)
            allowed = _with_additions(subject, promised, case, worlds)
            if promised is None or allowed is None or promised.to_text() in told:
                continue
            sum_, path = _along(graph, case, worlds)
            if sum_.longer_than(allowed):
                told.add(promised.to_text())
                yield _too_long(promised, sum_, path, allowed, subject)


def _explained(subject: Subject) -> bool:
    """Whether the author has written why the times do not add up."""
    limit = subject.expanded.get("time_limit")
    return isinstance(limit, Mapping) and "x-note" in limit


def _too_long(promised: Duration, sum_: Span, path: Sequence[str], allowed: Span, subject: Subject) -> Finding:
    if promised.kind == "same_day":
        return Finding(("time_limit",), "T10", {"sum": sum_.words()}, on_key=True)
    shown = [key for key in path if key in {placed.step.key for table in subject.tables for placed in table.steps}]
    params = {"path": " → ".join(shown), "sum": sum_.words(), "limit": allowed.words()}
    return Finding(("time_limit",), "T01", params, on_key=True)


def _worlds(subject: Subject, graph: Graph) -> Worlds:
    """Cases of what decides the limit and the budgets; of what decides the way too, unless those are too many."""
    limit = subject.procedure.time_limit
    found: list[Expression] = [case.when for case in limit.promised.cases] + [addition.when for addition in limit.add]
    found.extend(line.when for line in subject.procedure.route.cases)
    for step in graph.route.steps:
        found.extend(case.when for case in (step.within.cases if step.within else ()))
    ways = [way.when for step in graph.route.steps for way in step.ways if way.when is not None]
    ways.extend(step.when for step in graph.route.steps if step.when is not None)
    procedure = subject.procedure
    return worlds_of([*found, *ways], procedure) or worlds_of(found, procedure) or _NOTHING


def _picked(choice: Choice[Duration], case: Case, worlds: Worlds) -> Duration | None:
    """The value of a case; None where some condition cannot be decided."""
    for line in choice.cases:
        answer = verdict(line.when, case, worlds)
        if answer is None:
            return None
        if answer:
            return line.value
    return choice.default


def _with_additions(subject: Subject, promised: Duration | None, case: Case, worlds: Worlds) -> Span | None:
    if promised is not None and promised.kind == "phases":
        return _all_phases(subject, case, worlds)
    total = span_of(promised)
    for addition in subject.procedure.time_limit.add:
        added = span_of(addition.time)
        if total is not None and added is not None and verdict(addition.when, case, worlds) is not False:
            total = total.plus(added)
    return total


def _all_phases(subject: Subject, case: Case, worlds: Worlds) -> Span | None:
    total = Span()
    for phase in subject.procedure.phases:
        if verdict(phase.when, case, worlds) is False:
            continue
        within = None if phase.within is None else span_of(_picked(phase.within, case, worlds))
        if within is None:
            return None
        total = total.plus(within)
    return total


def _along(graph: Graph, case: Case, worlds: Worlds) -> tuple[Span, tuple[str, ...]]:
    """The longest way of this case up to the result."""
    worked = visited(graph, case, worlds)
    spans = {key: _counted(graph.route.by_key[key], case, worlds) for key in worked}
    stops = frozenset(key for key, step in graph.route.by_key.items() if step.does == "return")
    narrowed = _narrowed(graph, case, worlds)

    def weight(key: str) -> int:
        return 0 if key in stops or key not in spans else spans[key].whole_weight()

    path = narrowed.longest(weight, stops)
    total = Span()
    for key in path:
        if key not in stops:
            total = total.plus(spans.get(key, Span()))
    return total, tuple(key for key in path if spans.get(key, Span()) != Span())


def _narrowed(graph: Graph, case: Case, worlds: Worlds) -> Graph:
    """The graph without the ways that this case closes."""
    edges: dict[str, tuple[str, ...]] = {}
    for key, step in graph.route.by_key.items():
        targets = [
            target.step
            for way in open_ways(step, case, worlds)
            for target in way.targets
            if verdict(target.when, case, worlds) is not False and (target.step == END or target.step in graph.edges)
        ]
        edges[key] = tuple(dict.fromkeys(targets))
    return Graph(graph.route, edges)


def _counted(step: Step, case: Case, worlds: Worlds) -> Span:
    """What a step takes from the limit; while the clock stands still it takes nothing."""
    if step.pauses is not None or step.wait is not None:
        return Span()
    within = step.within
    if within is None and step.consult is not None:
        within = step.consult.within
    duration = None if within is None else _picked(within, case, worlds)
    return span_of(duration) or Span()


def phases_against_limit(subject: Subject) -> Iterator[Finding]:
    """T02: the phases together take longer than the limit written beside them."""
    limit = subject.procedure.time_limit.promised.default
    phases = subject.procedure.phases
    allowed = None if _explained(subject) else span_of(limit)
    within = [span_of(phase.within.default) for phase in phases if phase.within is not None and phase.when is None]
    if allowed is None or not within or None in within:
        return
    total = Span()
    for span in within:
        total = total.plus(span or Span())
    if total.longer_than(allowed):
        yield Finding(("phases",), "T02", {"sum": total.words(), "limit": allowed.words()}, on_key=True)
