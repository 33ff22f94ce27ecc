"""Rules about fees and obligations (M01–M07 M09)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import product
from math import prod
from typing import Any

from app.definition.expression import MISSING, Expression
from app.definition.model.money import AmountTable, Band, ComputedAmount, Fee, Tiers, ToBeSet
from app.definition.model.procedure import Procedure
from app.definition.rules.graph import Graph
from app.definition.rules.references import unknown
from app.definition.rules.subject import Finding, KeyPath, Subject
from app.definition.rules.tables import PlacedStep, StepTable
from app.definition.rules.walks import may_apply, verdict, visited
from app.definition.rules.worlds import worlds_of
from app.definition.words import Words

_ELSE = "else"
_MOST_CELLS = 4096


def negative(subject: Subject) -> Iterator[Finding]:
    """M01: in some case the amount, or what multiplies it, is below zero."""
    for at, fee in enumerate(subject.procedure.fees):
        path: KeyPath = ("fees", at)
        if fee.times is not None and _below_zero(fee.times, fee, subject.procedure):
            yield Finding((*path, "times"), "M01", {"fee": fee.key})
        for place, amount in _amounts(fee):
            computed = isinstance(amount, ComputedAmount)
            if computed and fee.minimum is None and _below_zero(amount.expression, fee, subject.procedure):
                yield Finding((*path, "amount", *place), "M01", {"fee": fee.key})


def _amounts(fee: Fee) -> Iterator[tuple[KeyPath, Any]]:
    if fee.amount.default is not None:
        yield ("default",), fee.amount.default
    for at, case in enumerate(fee.amount.cases):
        yield ("cases", at, "is"), case.value


def _below_zero(expression: Expression, fee: Fee, procedure: Procedure) -> bool:
    conditions = [expression] if fee.when is None else [expression, fee.when]
    worlds = worlds_of(conditions, procedure)
    if worlds is None or not worlds.decides(expression):
        return False
    for case in worlds.cases:
        if fee.when is not None and verdict(fee.when, case, worlds) is False:
            continue
        value = expression.evaluate(case)
        if isinstance(value, int | Decimal) and value < 0:
            return True
    return False


def cells_complete(subject: Subject) -> Iterator[Finding]:
    """M02: a table of amounts without a cell for some case; R08 for a key that no case has."""
    for at, fee in enumerate(subject.procedure.fees):
        earlier: list[Expression] = []
        for place, amount in [*_amounts(fee)][::-1] if not fee.amount.cases else _cases_first(fee):
            conditions = [] if fee.when is None else [fee.when]
            own = fee.amount.cases[place[1]].when if place[0] == "cases" and isinstance(place[1], int) else None
            if isinstance(amount, AmountTable):
                path: KeyPath = ("fees", at, "amount", *place, "table", "cells")
                yield from _cells(amount, path, fee, subject, [*conditions, *([own] if own else [])], tuple(earlier))
            if own is not None:
                earlier.append(own)


def _cases_first(fee: Fee) -> Iterator[tuple[KeyPath, Any]]:
    for at, case in enumerate(fee.amount.cases):
        yield ("cases", at, "is"), case.value
    if fee.amount.default is not None:
        yield ("default",), fee.amount.default


def _cells(
    table: AmountTable,
    path: KeyPath,
    fee: Fee,
    subject: Subject,
    needed: list[Expression],
    earlier: tuple[Expression, ...],
) -> Iterator[Finding]:
    domains = [_keys_of(name, subject) for name in table.names]
    if any(domain is None for domain in domains):
        return
    known = [domain or {} for domain in domains]
    if prod(len(domain) for domain in known) > _MOST_CELLS:
        return
    yield from _strange_keys(table.cells, path, table.names, known)
    for values in product(*(tuple(domain) for domain in known)):
        if _cell(table.cells, values) or not _possible(
            dict(zip(table.names, values, strict=True)), subject, needed, earlier
        ):
            continue
        vi = " và ".join(
            f"{name} là “{domain[value]}”" for name, domain, value in zip(table.names, known, values, strict=True)
        )
        en = " and ".join(f'{name} == "{value}"' for name, value in zip(table.names, values, strict=True))
        yield Finding(path, "M02", {"fee": fee.key, "case": Words(vi, en)}, on_key=True)
        return


def _keys_of(name: str, subject: Subject) -> dict[str, str] | None:
    """The keys that a name of a table can take, with their labels; None when they cannot be listed."""
    procedure = subject.procedure
    narrowed = {
        "variant": {one.key: one.title for one in procedure.variants},
        "channel": {key: key for key in procedure.channels},
        "level": {key: key for key in procedure.levels},
        "applicant.kind": {key: key for key in procedure.applicants},
        "representative": {"true": "có", "false": "không"},
    }.get(name)
    if narrowed is not None:
        return narrowed or None
    field = procedure.form.fields.get(name)
    if field is not None and field.type == "choice" and field.options:
        return {option.key: option.label for option in field.options}
    return {"true": "có", "false": "không"} if field is not None and field.type == "yes_no" else None


def _strange_keys(cells: Any, path: KeyPath, names: tuple[str, ...], known: list[dict[str, str]]) -> Iterator[Finding]:
    if not names or not isinstance(cells, Mapping):
        return
    # A narrowed list (the channels of this procedure) may leave a cell for another key unused; that does no harm.
    narrowed = names[0] in ("channel", "applicant.kind", "level")
    for key, inner in cells.items():
        if key != _ELSE and key not in known[0] and not narrowed:
            found = unknown("R08", (*path, key), str(key), (*known[0], _ELSE), value=key, field=names[0])
            yield Finding(found.path, "R08", found.params, on_key=True)
        else:
            yield from _strange_keys(inner, (*path, key), names[1:], known[1:])


def _cell(cells: Any, values: tuple[str, ...]) -> bool:
    for value in values:
        if not isinstance(cells, Mapping):
            return True  # one amount for everything below
        if value in cells:
            cells = cells[value]
        elif _ELSE in cells:
            cells = cells[_ELSE]
        else:
            return False
    return not isinstance(cells, Mapping)


def _possible(
    chosen: dict[str, str], subject: Subject, needed: list[Expression], earlier: tuple[Expression, ...]
) -> bool:
    """Whether the case can come to this table: its conditions may hold, no earlier case surely does."""
    values = {key: {"true": True, "false": False}.get(value, value) for key, value in chosen.items()}

    def answer(condition: Expression) -> object:
        return condition.evaluate(values) if condition.reads <= values.keys() else MISSING

    if any(answer(condition) is False for condition in needed):
        return False
    if any(answer(condition) is True for condition in earlier):
        return False
    chosen_variant = next((one for one in subject.procedure.variants if one.key == values.get("variant")), None)
    return chosen_variant is None or chosen_variant.when is None or answer(chosen_variant.when) is not False


def bands_rise(subject: Subject) -> Iterator[Finding]:
    """M03: bands that do not rise, or that leave something without an amount."""
    for at, fee in enumerate(subject.procedure.fees):
        for place, amount in _amounts(fee):
            if isinstance(amount, Tiers):
                path: KeyPath = ("fees", at, "amount", *place, "tiers", "bands")
                yield from _bands(amount.bands, path, fee)


def _bands(bands: tuple[Band, ...], path: KeyPath, fee: Fee) -> Iterator[Finding]:
    before: int | None = None
    for at, band in enumerate(bands):
        bound = band.up_to if band.up_to is not None else band.below
        last = at == len(bands) - 1
        if bound is None and not last:
            yield Finding((*path, at), "M03", {"fee": fee.key, "value": before or 0})
            return
        if bound is not None and before is not None and bound <= before:
            yield Finding((*path, at), "M03", {"fee": fee.key, "value": bound})
            return
        if bound is not None and last:
            yield Finding((*path, at), "M03", {"fee": fee.key, "value": bound})
        before = bound


def who_sets(subject: Subject) -> Iterator[Finding]:
    """M04: nobody is named who sets the amount."""
    for at, fee in enumerate(subject.procedure.fees):
        for place, amount in _amounts(fee):
            if isinstance(amount, ToBeSet) and not fee.set_by:
                yield Finding(("fees", at, "amount", *place), "M04")


def obligation_at_intake(subject: Subject) -> Iterator[Finding]:
    """M05: an obligation is fixed by a notice and cannot be taken at intake."""
    for at, fee in enumerate(subject.procedure.fees):
        if fee.kind == "obligation" and fee.collect == "at_intake":
            yield Finding(("fees", at, "collect"), "M05")


def notice_given(subject: Subject) -> Iterator[Finding]:
    """M06: payable after a notice that no step gives."""
    steps = [placed.step for table in subject.tables for placed in table.steps]
    waited = {key for step in steps for key in (*step.pay, *(step.wait.of if step.wait is not None else ()))}
    printing = any(step.prints for step in steps)
    for at, fee in enumerate(subject.procedure.fees):
        if fee.collect == "after_notice" and fee.key not in waited and not printing:
            yield Finding(("fees", at, "collect"), "M06", {"fee": fee.key})


def waits_in_vain(subject: Subject) -> Iterator[Finding]:
    """M07: in some case a step waits for money that is not due."""
    fees = {fee.key: fee for fee in subject.procedure.fees}
    for table, graph in subject.pairs():
        for placed in table.steps:
            wait = placed.step.wait
            named = [fees[key] for key in (wait.of if wait else ()) if key in fees]
            conditions = [fee.when for fee in named]
            if (
                named
                and None not in conditions
                and _not_due([one for one in conditions if one], placed, table, graph, subject)
            ):
                yield Finding((*placed.path, "wait"), "M07", {"step": placed.step.key}, on_key=True)


def _not_due(
    conditions: list[Expression], placed: PlacedStep, table: StepTable, graph: Graph, subject: Subject
) -> bool:
    choosing = [line.when for line in subject.procedure.route.cases]
    worlds = worlds_of([*conditions, *choosing], subject.procedure)
    if worlds is None or not all(worlds.decides(condition) for condition in conditions):
        return False
    return any(
        not any(condition.evaluate(case) is True for condition in conditions)
        and may_apply(subject, table, case, worlds)
        and placed.step.key in visited(graph, case, worlds)
        for case in worlds.cases
    )


def reductions_too_high(subject: Subject) -> Iterator[Finding]:
    """M09: reductions that may hold together take off more than everything."""
    for at, fee in enumerate(subject.procedure.fees):
        together = _together(fee, [_percent(line.percent) for line in fee.reductions], subject.procedure)
        if together > 100:
            yield Finding(("fees", at, "reductions"), "M09", {"n": _plain(together)}, on_key=True)


def _together(fee: Fee, percents: list[Decimal], procedure: Procedure) -> Decimal:
    worlds = worlds_of((line.when for line in fee.reductions), procedure)
    if worlds is None:
        return Decimal(0)
    sums = [
        sum(
            (
                percent
                for line, percent in zip(fee.reductions, percents, strict=True)
                if verdict(line.when, case, worlds) is True
            ),
            Decimal(0),
        )
        for case in worlds.cases
    ]
    return max(sums, default=Decimal(0))


def _percent(text: str) -> Decimal:
    try:
        return Decimal(text.rstrip("%"))
    except InvalidOperation:
        return Decimal(0)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
