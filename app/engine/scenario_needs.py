"""Which answers a test must give itself, because a condition, case, way, check or fee reads them (ruling 25)."""

from collections.abc import Iterable, Iterator
from typing import Any

from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.documents import Document, Group
from app.definition.model.money import AmountTable, ComputedAmount, Fee, Tiers
from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.engine.plan import StepPlan, plan_of


def condition_reads(procedure: Procedure, at: StepPlan) -> frozenset[str]:
    """The names that decide something: the course, the limit, money, papers, results; and the rules tested here."""
    reads: set[str] = set(plan_of(procedure).limit_reads)
    for table in procedure.route.values():
        for step in table.steps:
            reads.update(_of(_step_conditions(step)))
    reads.update(_of(_choices(procedure.route, procedure.agency, procedure.authority)))
    reads.update(_of(result.when for result in procedure.results))
    reads.update(_of(_paper_conditions(procedure.documents)))
    for fee in procedure.fees:
        reads.update(_fee_reads(fee))
    reads.update(_of(requirement.check for requirement in procedure.requirements))
    filled = set(at.fills)
    checks = (c for c in procedure.form.checks if c.at in ("", at.key) and not filled.isdisjoint(c.that.reads))
    reads.update(_of(check.that for check in (*checks, *at.step.checks)))
    return frozenset(reads)


def _of(expressions: Iterable[Expression | None]) -> Iterator[str]:
    for expression in expressions:
        if expression is not None:
            yield from expression.reads


def _choices(*choices: Choice[Any] | None) -> Iterator[Expression]:
    for choice in choices:
        if choice is not None:
            yield from (case.when for case in choice.cases)


def _step_conditions(step: Step) -> Iterator[Expression | None]:
    yield step.when
    yield step.optional_when
    yield from _choices(step.by, step.within, step.register)
    for way in step.ways:
        yield way.when
        yield from (target.when for target in way.targets)


def _paper_conditions(items: tuple[Document | Group, ...]) -> Iterator[Expression | None]:
    for item in items:
        yield item.when
        if isinstance(item, Group):
            yield from _paper_conditions(item.items)
        else:
            yield item.required_when


def _fee_reads(fee: Fee) -> Iterator[str]:
    yield from _of((fee.when, fee.times, *_choices(fee.amount)))
    yield from _of(reduction.when for reduction in fee.reductions)
    yield from _of(exemption.when for exemption in fee.exemptions)
    for amount in fee.amount.values():
        if isinstance(amount, AmountTable):
            yield from amount.names
        elif isinstance(amount, ComputedAmount):
            yield from amount.expression.reads
        elif isinstance(amount, Tiers):
            yield from amount.of.reads
