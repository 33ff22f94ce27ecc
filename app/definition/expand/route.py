"""The step tables of a procedure: shared routes woven with what is inserted, changed and dropped."""

from __future__ import annotations

from app.definition.expand.shared import ROUTE, Shared, tell_unknown
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig
from app.definition.source import near
from app.definition.words import Words


def woven_route(route: Branch, shared: Shared, collector: Collector) -> Branch:
    """``{default, cases}`` with every table as a plain list of steps."""
    result = Branch(route)
    if "default" in route:
        result.put("default", _table(route["default"], shared, collector, ()), route.marks.get("default"))
    cases = Twig()
    cases.lossy = route["cases"].lossy
    for case, mark in zip(route["cases"], route["cases"].marks, strict=True):
        line = Branch(case)
        line.put("is", _table(case["is"], shared, collector, ()), case.marks.get("is"))
        cases.add(line, mark)
    result.put("cases", cases, route.marks.get("cases"))
    return result


def woven_table(table: Branch | Twig, shared: Shared, collector: Collector, key: str) -> Twig:
    """The steps of a shared route, which may itself use another."""
    return _table(table, shared, collector, (key,))


def _table(table: Branch | Twig, shared: Shared, collector: Collector, path: tuple[str, ...]) -> Twig:
    if isinstance(table, Twig):
        return _copied(table)
    if "use" not in table:
        collector.tell("K02", _first_mark(table), key="use", place=Words("quy trình", "route"))
        return _lost()
    key, mark = table["use"], table.marks.get("use")
    if key in path:
        collector.tell("R11", mark, path=" → ".join((*path, key)))
        return _lost()
    base = shared.route(key)
    if base is None:
        tell_unknown(collector, mark, ROUTE, key, shared.routes)
        return _lost()
    if "route" not in base:
        return _lost()
    steps = _table(base["route"], shared, collector, (*path, key))
    _change(steps, table, collector)
    _insert(steps, table, collector)
    _drop(steps, table, collector)
    return steps


def _first_mark(table: Branch) -> Mark | None:
    return next(iter(table.marks.values()), None)


def _lost() -> Twig:
    """A table of which nothing is known: findings about its steps would be noise."""
    steps = Twig()
    steps.lossy = True
    return steps


def _copied(table: Twig) -> Twig:
    steps = Twig()
    steps.lossy = table.lossy
    for step, mark in zip(table, table.marks, strict=True):
        steps.add(Branch(step), mark)
    return steps


def _position(steps: Twig, key: str) -> int | None:
    return next((at for at, step in enumerate(steps) if step.get("step") == key), None)


def _keys(steps: Twig) -> tuple[str, ...]:
    return tuple(str(step["step"]) for step in steps if "step" in step)


def _tell_missing(collector: Collector, mark: Mark | None, key: str, steps: Twig, on_key: bool = False) -> None:
    known = _keys(steps)
    collector.tell("R09", mark, on_key=on_key, key=key, near=near(key, known), allowed=known[:20])


def _change(steps: Twig, table: Branch, collector: Collector) -> None:
    changes = table.get("change", Branch())
    for key, over in changes.items():
        at = _position(steps, key)
        if at is None:
            _tell_missing(collector, changes.marks.get(key), key, steps, on_key=True)
        else:
            steps[at] = steps[at].merged(over)


def _insert(steps: Twig, table: Branch, collector: Collector) -> None:
    inserts = table.get("insert", Twig())
    steps.lossy = steps.lossy or inserts.lossy
    behind: dict[str, str] = {}  # anchor → the last step put behind it, so that a second insertion follows the first
    for insert, mark in zip(inserts, inserts.marks, strict=True):
        side = "after" if "after" in insert else "before"
        anchor = insert.get(side)
        if anchor is None:
            if not insert.refused.intersection(("after", "before")):
                collector.tell(
                    "K02", mark, key="after", place=Words("chèn bước", "insertion"), example="after: appraise"
                )
            continue
        at = _position(steps, behind.get(anchor, anchor) if side == "after" else anchor)
        if at is None:
            _tell_missing(collector, insert.marks.get(side), anchor, steps)
            steps.lossy = True
            continue
        added = _copied(insert.get("steps", Twig()))
        _tell_doubles(steps, added, collector)
        start = at + 1 if side == "after" else at
        steps[start:start] = added
        steps.marks[start:start] = added.marks
        steps.lossy = steps.lossy or added.lossy
        if side == "after" and added and "step" in added[-1]:
            behind[anchor] = added[-1]["step"]


def _drop(steps: Twig, table: Branch, collector: Collector) -> None:
    drops = table.get("drop", Twig())
    for key, mark in zip(drops, drops.marks, strict=True):
        at = _position(steps, key)
        if at is None:
            _tell_missing(collector, mark, key, steps)
        else:
            del steps[at]
            del steps.marks[at]


def _tell_doubles(steps: Twig, added: Twig, collector: Collector) -> None:
    there = {step.get("step"): step.marks.get("step") for step in steps}
    for step in added:
        first, mark = there.get(step.get("step")), step.marks.get("step")
        if first is not None:
            collector.tell("K11", mark, key=step["step"], n=first.node.line)
