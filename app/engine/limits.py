"""The time limit of one dossier in words: which promise, which phases, which additions, and what they depend on."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from app.definition.duration import Duration
from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.procedure import Procedure

Env = Mapping[str, object]
Until = Callable[[str], datetime | None]


def limit_reads(procedure: Procedure, until: Callable[[str], Expression | None]) -> frozenset[str]:
    """The names on which the limit depends: when one of them changes, it is worked out anew."""
    limit = procedure.time_limit
    choices: list[Choice[Duration]] = [limit.promised, *(phase.within for phase in procedure.phases if phase.within)]
    if limit.legal is not None:
        choices.append(limit.legal)
    reads: set[str] = set()
    for choice in choices:
        reads.update(*(case.when.reads for case in choice.cases))
        for duration in choice.values():
            expression = until(duration.until) if duration.until else None
            reads |= expression.reads if expression is not None else frozenset()
    reads.update(*(addition.when.reads for addition in limit.add))
    reads.update(*(phase.when.reads for phase in procedure.phases if phase.when is not None))
    if limit.starts.startswith("field."):
        reads.add(limit.starts.removeprefix("field."))
    return frozenset(reads)


def concrete_limit(procedure: Procedure, env: Env, until: Until) -> dict[str, Any]:
    """The limit of this case as plain data: durations in words, the ground of each choice, where counting starts."""
    limit = procedure.time_limit
    case = limit.promised.case_for(env)
    promised = limit.promised.default if case is None else case.value
    additions = [addition for addition in limit.add if addition.when.evaluate(env) is True]
    why = [text for text in (case.why if case else "", *(addition.why for addition in additions)) if text]
    data: dict[str, Any] = {"starts": limit.starts, "cutoff": limit.cutoff, "why": why}
    if promised is None or promised.kind == "none":
        return {**data, "kind": "none"}
    if promised.kind == "until":
        moment = until(promised.until or "")
        return {**data, "kind": "until", "until": None if moment is None else moment.isoformat()}
    times = [addition.time for addition in additions]
    if promised.kind == "phases":
        data["phases"] = _phases(procedure, env)
    else:
        data["phases"] = [{"key": "", "time": promised.to_text()}]
    data["add"] = [time.to_text() for time in times]
    legal = limit.legal.pick(env) if limit.legal is not None else None
    if legal is not None and legal.kind in ("segments", "same_day"):
        data["legal"] = legal.to_text()
    return {**data, "kind": "count"}


def _phases(procedure: Procedure, env: Env) -> list[dict[str, str]]:
    """The phases of this case that have a limit; one whose condition is not known is not in the promise (ruling 5)."""
    found = []
    for phase in procedure.phases:
        if phase.within is None or (phase.when is not None and phase.when.evaluate(env) is not True):
            continue
        within = phase.within.pick(env)
        if within is not None and within.kind in ("segments", "same_day"):
            found.append({"key": phase.key, "time": within.to_text()})
    return found
