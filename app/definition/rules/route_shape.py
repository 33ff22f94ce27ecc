"""Rules about the shape of a step table: reached, ended, joined, marked consistently (W01 W03–W06 W10 W16–W21)."""

from collections.abc import Iterator

from app.definition.model.route import Step
from app.definition.rules.graph import END, Graph, reach
from app.definition.rules.references import unknown
from app.definition.rules.subject import Finding, Subject
from app.definition.rules.tables import PlacedStep, StepTable

# Allowed changes of status (section 8.7): what may follow what.
_AFTER: dict[str, tuple[str, ...]] = {
    "submitted": ("received", "not_accepted", "supplement", "withdrawal"),
    "received": ("processing", "supplement", "financial_duty", "withdrawal", "stopped", "result_ready"),
    "processing": ("supplement", "financial_duty", "withdrawal", "stopped", "result_ready"),
    "supplement": ("received", "processing", "withdrawal", "stopped"),
    "financial_duty": ("processing", "withdrawal", "stopped", "result_ready"),
    "withdrawal": ("processing", "stopped"),
    "stopped": ("processing",),
    "result_ready": ("returned",),
}


def unreachable(subject: Subject) -> Iterator[Finding]:
    """W01: no way leads to the step."""
    for table, graph in subject.pairs():
        for placed in table.steps:
            if placed.step.key not in graph.reachable:
                yield Finding((*placed.path, "step"), "W01", {"step": placed.step.key})


def never_ends(subject: Subject) -> Iterator[Finding]:
    """W03: from the step the end cannot be reached; told once, at the first step of the closed circle."""
    for table, graph in subject.pairs():
        lost = graph.reachable - graph.finishing - {END}
        for placed in table.steps:
            key = placed.step.key
            behind = reach(graph.edges, (key,))
            if key in lost and all(key in reach(graph.edges, graph.edges[other]) for other in behind):
                params = {"step": key, "path": " → ".join(graph.circle_within(behind))}
                yield Finding((*placed.path, "step"), "W03", params)
                break


def runs_by_itself(subject: Subject) -> Iterator[Finding]:
    """W04: a circle in which nobody does anything."""
    for table, graph in subject.pairs():
        alone = frozenset(placed.step.key for placed in table.steps if _without_person(placed.step))
        circle = graph.circle_within(alone)
        if circle:
            yield Finding((*table.at(circle[0]).path, "step"), "W04", {"path": " → ".join(circle)})


def _without_person(step: Step) -> bool:
    system = all(party.kind == "system" for who in step.by.values() for party in who.parties)
    return system and (step.wait is None or step.wait.on != "payment")


def branches_join(subject: Subject) -> Iterator[Finding]:
    """W05: parallel branches that no later step waits for."""
    for table, graph in subject.pairs():
        joining = {placed.step.key for placed in table.steps if placed.step.joins}
        for placed in table.steps:
            for at, way in enumerate(placed.step.ways):
                opened = [target.step for target in way.targets if target.step in table.route.by_key]
                if len(way.targets) < 2 or len(opened) < 2:
                    continue
                met = frozenset.intersection(*(reach(graph.edges, (key,)) for key in opened))
                if met.isdisjoint(joining):
                    yield Finding((*placed.path, "next", at, "to"), "W05", {"step": placed.step.key})


def joins_branches(subject: Subject) -> Iterator[Finding]:
    """W06: a step waits for one that no branch before it contains."""
    for table, graph in subject.pairs():
        for placed in table.steps:
            for at, other in enumerate(placed.step.joins):
                if other in table.route.by_key and not _in_branch(other, placed, table, graph):
                    branch = _branch_steps(placed, table, graph)
                    params = {"step": placed.step.key, "other": other}
                    yield unknown("W06", (*placed.path, "joins", at), other, branch, **params)


def _branch_steps(join: PlacedStep, table: StepTable, graph: Graph) -> tuple[str, ...]:
    """Every step of a branch that is open before the join."""
    found: dict[str, None] = {}
    for placed in table.steps:
        for way in placed.step.ways:
            if len(way.targets) < 2:
                continue
            opened = [target.step for target in way.targets if target.step in graph.edges]
            inside = reach({**graph.edges, join.step.key: ()}, opened) - {join.step.key, END}
            found.update(dict.fromkeys(key for key in inside if join.step.key in reach(graph.edges, (key,))))
    return tuple(found)


def _in_branch(other: str, join: PlacedStep, table: StepTable, graph: Graph) -> bool:
    return other in _branch_steps(join, table, graph)


def begins_and_ends(subject: Subject) -> Iterator[Finding]:
    """W10: a service begins with intake, and every way ends with handing over, unless there is nothing to hand over."""
    procedure = subject.procedure
    if procedure.kind != "service":
        return
    hands_over = not procedure.results or any(result.given_as for result in procedure.results)
    for table, graph in subject.pairs():
        if not table.steps:
            continue
        first = table.steps[0]
        if first.step.does != "intake":
            yield Finding((*first.path, "does"), "W10")
        returning = frozenset(placed.step.key for placed in table.steps if placed.step.does == "return")
        if hands_over and graph.avoids(returning):
            yield from _ending_without(table, graph, returning)


def _ending_without(table: StepTable, graph: Graph, returning: frozenset[str]) -> Iterator[Finding]:
    closed = {key: tuple(one for one in targets if one not in returning) for key, targets in graph.edges.items()}
    there = reach(closed, (graph.first,))
    for placed in table.steps:
        if placed.step.key in there and placed.step.key not in returning and END in graph.edges[placed.step.key]:
            yield Finding((*placed.path, "next"), "W10", on_key=True)
            return


def late_without_time(subject: Subject) -> Iterator[Finding]:
    """W16: what happens when it is late, but not when it is late."""
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            answered = step.consult is not None and step.consult.within is not None
            if step.on_late != "overdue" and step.within is None and not answered:
                yield Finding((*placed.path, "on_late"), "W16", on_key=True)


def mixed_ways(subject: Subject) -> Iterator[Finding]:
    """W17: buttons and automatic lines together, but for one last line without a button."""
    for table in subject.tables:
        for placed in table.steps:
            ways = placed.step.ways
            if not any(way.choose for way in ways):
                continue
            for at, way in enumerate(ways):
                if not way.choose and (at < len(ways) - 1 or way.when is not None):
                    yield Finding((*placed.path, "next", at), "W17", {"step": placed.step.key})
                    break


def one_waiting(subject: Subject) -> Iterator[Finding]:
    """W18: two of waiting, consulting and calling in one step."""
    for table in subject.tables:
        for placed in table.steps:
            step = placed.step
            doing = {"wait": step.wait, "consult": step.consult, "call": step.call}
            found = [name for name, what in doing.items() if what is not None]
            if len(found) > 1:
                yield Finding((*placed.path, found[1]), "W18", {"step": step.key}, on_key=True)


def status_follows(subject: Subject) -> Iterator[Finding]:
    """W19: a change of status that the national rules do not know."""
    for table in subject.tables:
        for placed in table.steps:
            for way in placed.step.ways:
                for target in way.targets:
                    other = table.route.by_key.get(target.step)
                    if other is not None and not _may_follow(placed.step, other):
                        yield _status_finding(placed, table.at(other.key))


def _may_follow(before: Step, after: Step) -> bool:
    if after.does == "intake":
        return True  # a later intake is taken in under the status the dossier has
    status = "received" if before.does == "intake" else before.status
    return status == after.status or after.status in _AFTER.get(status, ())


def _status_finding(before: PlacedStep, after: PlacedStep) -> Finding:
    status = "received" if before.step.does == "intake" else before.step.status
    blamed = before if "status" in before.written and before.step.status not in ("processing", "submitted") else after
    params = {"a": status, "b": after.step.status, "allowed": _AFTER.get(status, ())}
    return Finding((*blamed.path, "status"), "W19", params)


def optional_ends(subject: Subject) -> Iterator[Finding]:
    """W20: the first and the last step are always done."""
    for table in subject.tables:
        for placed in {id(one): one for one in (table.steps[:1] + table.steps[-1:])}.values():
            if placed.step.optional or placed.step.optional_when is not None:
                yield Finding((*placed.path, "optional"), "W20", on_key=True)


def silence_needs_time(subject: Subject) -> Iterator[Finding]:
    """W21: silence counts as an opinion, but there is no time after which it is silence."""
    for table in subject.tables:
        for placed in table.steps:
            consult = placed.step.consult
            if consult is None or consult.silence == "wait" or consult.within is not None:
                continue
            if any(ask.within is None for ask in consult.ask):
                yield Finding((*placed.path, "consult", "silence"), "W21", on_key=True)
