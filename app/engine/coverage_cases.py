"""The cases worth trying for transitions: answers that make a condition true, and one ordinary value for the rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from app.definition.expression import MISSING, Expression
from app.definition.finding import KeyPath
from app.definition.model.procedure import Procedure
from app.definition.rules.worlds import Case, Worlds, worlds_of
from app.engine.coverage import CASE, Map, Transition

Given = Mapping[str, Any]
# Names that a test gives beside the answers of the form.
_HEADS = frozenset(("channel", "level", "variant"))
_APPLICANT = "applicant."
ANSWERS_PER_CONDITION = 3


def cases_for(layout: Map, wanted: frozenset[KeyPath], received: str) -> Iterator[Given]:
    """The ordinary case first, then for each transition those in which its condition holds."""
    base: Given = {"received": received, **_ordinary(layout.procedure)}
    yield from (_given(base, case, layout.procedure) for case in _cases_where([], [], layout.procedure) or [{}])
    for one in layout.transitions:
        if one.path in wanted:
            for case in _cases_of(layout, one):
                yield _given(base, case, layout.procedure)


def _ordinary(procedure: Procedure) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if procedure.variants:
        given["variant"] = procedure.variants[0].key
    return given


def _cases_of(layout: Map, one: Transition) -> Iterator[Case]:
    """Cases in which the transition's own conditions hold and those tried before it do not."""
    true, false = _conditions(layout, one)
    if true or false:
        yield from _cases_where(true, false, layout.procedure)


def _cases_where(true: Sequence[Expression], false: Sequence[Expression], procedure: Procedure) -> list[Case]:
    """A few cases in which these hold and those do not, and what the procedure checks is right."""
    checks = _related((*true, *false), procedure)
    for more in (checks, []):  # with all checks there may be too many cases to lay out
        holding = [*true, *more]
        worlds = worlds_of((*holding, *false), procedure)
        if worlds is not None:
            fitting = (case for case in worlds.cases if _fits(case, worlds, holding, false))
            return list(islice(fitting, ANSWERS_PER_CONDITION if true or false else 1))
    return []


def _related(conditions: Iterable[Expression], procedure: Procedure) -> list[Expression]:
    """The checks that read a name of these conditions, or of each other; without conditions all of them."""
    checks = [check.that for check in procedure.form.checks]
    checks += [requirement.check for requirement in procedure.requirements if requirement.check is not None]
    names = {name for condition in conditions for name in condition.reads}
    if not names:
        return checks
    found: list[Expression] = []
    growing = True
    while growing:
        new = [check for check in checks if check not in found and not names.isdisjoint(check.reads)]
        found += new
        names.update(name for check in new for name in check.reads)
        growing = bool(new)
    return found


def _conditions(layout: Map, one: Transition) -> tuple[list[Expression], list[Expression]]:
    true = [condition for condition in (one.when, one.table) if condition is not None]
    false: list[Expression] = []
    if one.kind == CASE:
        placed = next(p for p in layout.choices if one.path[: len(p.path)] == p.path and _belongs(p.path, one.path))
        for at, case in enumerate(placed.choice.cases):
            if one.path[-1] == at:
                break
            false.append(case.when)
    elif one.step:
        step = next(p.step for p in layout.steps.values() if one.path[: len(p.path)] == p.path)
        true += [step.when] if step.when is not None else []
        for way in step.ways:
            if way is one.way:
                break
            false += [way.when] if way.when is not None and not way.choose else []
    fee = _fee_condition(layout, one.path)
    return ([*true, fee] if fee is not None else true), false


def _belongs(choice: KeyPath, path: KeyPath) -> bool:
    rest = path[len(choice) :]
    return rest == ("default",) or (len(rest) == 2 and rest[0] == "cases")


def _fee_condition(layout: Map, path: KeyPath) -> Expression | None:
    at = path[1] if path[0] == "fees" else None
    return layout.procedure.fees[at].when if isinstance(at, int) else None


def _fits(case: Case, worlds: Worlds, true: Sequence[Expression], false: Iterable[Expression]) -> bool:
    """What the case cannot decide is left to the walk."""
    holds = all(one.evaluate(case) is True for one in true if worlds.decides(one))
    return holds and not any(one.evaluate(case) is True for one in false if worlds.decides(one))


def _given(base: Given, case: Case, procedure: Procedure) -> Given:
    """A case as a test gives it."""
    given: dict[str, Any] = dict(base)
    form: dict[str, Any] = {}
    for key, value in case.items():
        if value is MISSING:
            continue
        if key in _HEADS:
            given[key] = str(value)
        elif key.startswith(_APPLICANT):
            given["applicant"] = {**given.get("applicant", {}), key.removeprefix(_APPLICANT): _literal(value)}
        elif key == "representative" and value is True:
            given["applicant"] = {**given.get("applicant", {}), "representative": {"name": "Nguyễn Văn Đại"}}
        elif key in procedure.form.fields:
            form[key] = _literal(value)
    return {**given, "form": form} if form else given


def _literal(value: Any) -> Any:
    """The value as a test file writes it."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list):
        return [dict(row) if isinstance(row, Mapping) else _literal(row) for row in value]
    return value


def value_for(procedure: Procedure, key: str) -> Any:
    """An ordinary answer for a field that a test must give: no, the first option, the least number, some words."""
    field = procedure.form.fields[key]
    if field.type in ("yes_no", "pledge"):
        return field.type == "pledge"
    if field.options:
        first = field.options[0].key
        return [first] if field.type == "choices" else first
    if field.type in ("integer", "money", "decimal", "percent", "area"):
        least = field.minimum.evaluate({}) if field.minimum is not None and not field.minimum.reads else None
        return int(least) + 1 if isinstance(least, int | Decimal) else 1
    if field.type == "date":
        return "2026-01-05"
    return "x"
