"""What follows from the step table as a whole: kind of work, status, next step, warnings, resolved sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.definition.duration import Duration, parse_duration
from app.definition.shape.tree import Branch, Twig

_LONG = 3  # budgets over this many days are warned about by themselves
_WARN = "2 working days"


class Service(NamedTuple):
    """Whether the procedure is a service, and whether some result of it is given to the applicant."""

    is_one: bool
    hands_over: bool


def tables(route: Mapping[str, Any]) -> Iterator[Any]:
    """Every step table of a route: the default one, then one per case."""
    if isinstance(route.get("default"), list):
        yield route["default"]
    for case in route.get("cases", ()):
        if isinstance(case.get("is"), list):
            yield case["is"]


def finish_steps(steps: Twig, sections: Mapping[str, list[str]], fields: Branch, service: Service) -> None:
    """Fill in what depends on the neighbours and on what kind of procedure it is."""
    last = max((at for at, step in enumerate(steps) if not step.get("after_result")), default=-1)
    for at, step in enumerate(steps):
        _fill_in(step, "does", _does(at, last, service))
        _fill_in(step, "status", _status(step))
        _fill_in(step, "next", _next(steps, at))
        if _is_fixed_wait(step):
            _fill_in(step, "pauses", _pause())
        _fill_in(step, "bulk", _is_bulk(step))
        _fill_in(step, "warn", _warnings(step))
        _resolve(step, sections, fields)
        if isinstance(step.get("consult"), Branch):
            _resolve(step["consult"], sections, fields)


def _fill_in(step: Branch, key: str, value: Any) -> None:
    """A key that nobody wrote."""
    if key not in step and key not in step.refused:
        step.put(key, value, None)


def _does(at: int, last: int, service: Service) -> str:
    """``last``: the last step before the work that comes after the result. Internal work is taken in by nobody."""
    if at == 0 and service.is_one:
        return "intake"
    return "return" if at == last and service.is_one and service.hands_over else "work"


def _status(step: Branch) -> str:
    does = step.get("does")
    if step.get("after_result"):
        return "returned"
    if does in ("intake", "return"):
        return "submitted" if does == "intake" else "result_ready"
    by, wait = step.get("by"), step.get("wait")
    paying = isinstance(wait, Branch) and wait.get("for") == "payment"
    waiting = paying and isinstance(by, Branch) and by.get("default") == "applicant"
    return "financial_duty" if waiting else "processing"


def _is_fixed_wait(step: Branch) -> bool:
    wait = step.get("wait")
    return isinstance(wait, Branch) and wait.get("for") == "time"


def _pause() -> Branch:
    """The dossier's clock stands still while a fixed wait lasts, unless the step says otherwise (ruling 3)."""
    pause = Branch()
    pause.put("then", "resume", None)
    pause.put("only", "dossier", None)
    return pause


def _is_bulk(step: Branch) -> bool:
    """Work that fills nothing in can be done for many dossiers at once."""
    waits = any(key in step for key in ("wait", "consult", "call"))
    required = any(paper.get("required") for paper in step.get("attach", ()))
    return step.get("does") == "work" and not step.get("fills") and not waits and not required


def _next(steps: Twig, at: int) -> Twig:
    below = steps[at + 1].get("step") if at + 1 < len(steps) else "end"
    to, way, ways = Twig(), Branch(), Twig()
    to.add(below or "end", None)
    way.put("to", to, None)
    way.put("comment", "optional", None)
    ways.add(way, None)
    return ways


def _warnings(step: Branch) -> Twig:
    result = Twig()
    within = step.get("within")
    if isinstance(within, Branch):
        budgets = [within.get("default"), *(case.get("is") for case in within.get("cases", ()))]
        if budgets and all(_is_long(budget) for budget in budgets):
            result.add(_WARN, None)
    return result


def _is_long(text: object) -> bool:
    duration = parse_duration(text, steps=True) if isinstance(text, str) else None
    if not isinstance(duration, Duration) or not duration.segments:
        return False
    segment = duration.segments[0]
    return segment.unit in ("week", "month", "year") or (segment.unit != "hour" and segment.amount > _LONG)


def _resolve(holder: Branch, sections: Mapping[str, list[str]], fields: Branch) -> None:
    """Sections named in ``fills`` become their fields; each keeps the place where the section is named."""
    fills = holder.get("fills")
    if not isinstance(fills, Twig) or not any(key in sections and key not in fields for key in fills):
        return
    resolved = Twig()
    for key, mark in zip(fills, fills.marks, strict=True):
        for name in [key] if key in fields or key not in sections else sections[key]:
            if name not in resolved:
                resolved.add(name, mark)
    holder.put("fills", resolved, holder.marks.get("fills"))


def filled_by(route: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Field (and table of a filled column) → the steps that write it, in table order."""
    found: dict[str, list[str]] = {}
    for steps in tables(route):
        for step in steps:
            for name in _written(step):
                writers = found.setdefault(name, [])
                if step.get("step") not in writers:
                    writers.append(str(step.get("step")))
    return {name: tuple(writers) for name, writers in found.items()}


def _written(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in step.get("fills", ()) if isinstance(name, str))
    consult, number = step.get("consult"), step.get("number")
    if isinstance(consult, Mapping):
        yield from (name for name in consult.get("fills", ()) if isinstance(name, str))
    yield from step.get("set", {})
    for waiting in (step.get("wait"), step.get("call")):
        if isinstance(waiting, Mapping):
            yield from waiting.get("take", {})
    if isinstance(number, Mapping) and "into" in number:
        yield number["into"]
