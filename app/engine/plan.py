"""What is worked out once per procedure so that a move only looks things up: ways, joins, fields, first steps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from app.definition.expression import Expression
from app.definition.model.form import Field
from app.definition.model.procedure import Procedure
from app.definition.model.route import Route, Step
from app.definition.model.who import Who
from app.engine.clock.values import Unit
from app.engine.limits import limit_reads
from app.engine.until import until_expression

END = "end"
DEFAULT_ROUTE = -1
# Held for as many procedures as work on at one time; older ones are worked out again in a millisecond.
MOST_PLANS = 1024


@dataclass(slots=True)
class StepPlan:
    """One step with what follows from its place in the route."""

    step: Step
    index: int
    only_way: str
    people: Who | None
    fills: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    buttons: bool
    plain: bool
    quiet: bool
    # a budget of whole office hours or working days, the everyday case: amount, unit and the budget in words
    budget: tuple[int, Unit, str] | None
    upstream: frozenset[str] = frozenset()
    # The last resolution of its people: (organisation, agency, authority, unit, positions). One entry is enough:
    # dossiers of one procedure mostly belong to one agency; a race only costs a second resolution.
    resolved: tuple[object, str, str, str, tuple[str, ...]] | None = None
    by_system: bool = False
    by_applicant: bool = False
    # the next steps, where leaving this one needs only the right person and entering those opens only a visit
    onward: tuple["StepPlan", ...] = ()
    # the route ends with it, and again only the right person is needed
    closes: bool = False

    @property
    def key(self) -> str:
        """Its key in the route."""
        return self.step.key


@dataclass(slots=True)
class RoutePlan:
    """One step table of the procedure."""

    route: Route
    steps: dict[str, StepPlan]
    first: StepPlan
    joins: tuple[StepPlan, ...]
    first_issue: str


@dataclass(slots=True)
class Plan:
    """One procedure. ``limit_reads`` are the answers on which the dossier's time limit depends."""

    procedure: Procedure
    routes: tuple[RoutePlan, ...]
    default: RoutePlan
    intake_fields: tuple[str, ...]
    locked: frozenset[str]
    limit_reads: frozenset[str]
    # sections that are shown only in some cases: the condition of each of their fields
    section_conditions: Mapping[str, Expression]
    computed: tuple[Field, ...]
    # columns that a step names by themselves are demanded there and nowhere else
    own_columns: frozenset[str]
    # date expressions of limits (`until …`), read once each; the key names the table whose row comes first
    dates: dict[tuple[str, str], Expression | None] = field(default_factory=dict)

    def until(self, text: str, table: str = "") -> Expression | None:
        """The date expression of a limit ``until …``."""
        if (text, table) not in self.dates:
            self.dates[text, table] = until_expression(self.procedure, text, table)
        return self.dates[text, table]

    def route(self, index: int) -> RoutePlan:
        """The step table that was chosen for a dossier."""
        return self.default if index < 0 else self.routes[index]


_plans: dict[int, Plan] = {}
_lock = Lock()


def plan_of(procedure: Procedure) -> Plan:
    """The plan of this very object, made at the first question. The plan holds the object, so its id stays its own."""
    plan = _plans.get(id(procedure))
    return plan if plan is not None else _made(procedure)


def _made(procedure: Procedure) -> Plan:
    plan = make_plan(procedure)
    with _lock:
        while len(_plans) >= MOST_PLANS:
            del _plans[next(iter(_plans))]
        _plans[id(procedure)] = plan
    return plan


def make_plan(procedure: Procedure) -> Plan:
    """Work a procedure out."""
    tables = [case.value for case in procedure.route.cases]
    default = procedure.route.default or tables[0]
    filled = {name for table in (default, *tables) for step in table.steps for name in _named(procedure, step)}
    locked = _locked(procedure, (default, *tables))
    intake = tuple(key for key, item in procedure.form.fields.items() if key not in filled and _asks(item, key, locked))
    steps = [step for table in (default, *tables) for step in table.steps]
    own_columns = {name for step in steps for name in (*step.fills, *_brought(step)) if "." in name}
    routes = tuple(_route_plan(procedure, table, intake, locked) for table in tables)
    return Plan(
        procedure=procedure,
        routes=routes,
        default=_route_plan(procedure, default, intake, locked),
        intake_fields=intake,
        locked=locked,
        limit_reads=limit_reads(procedure, lambda text: until_expression(procedure, text)),
        section_conditions={
            key: part.show_when for part in procedure.form.sections if part.show_when for key in part.fields
        },
        own_columns=frozenset(own_columns),
        computed=tuple(item for item in procedure.form.fields.values() if _is_computed(item)),
    )


def _asks(item: Field, key: str, locked: frozenset[str]) -> bool:
    return item.type != "note" and item.value is None and key not in locked


def _is_computed(item: Field) -> bool:
    return item.value is not None or any(column.value is not None for column in item.columns)


def _locked(procedure: Procedure, tables: tuple[Route, ...]) -> frozenset[str]:
    """Fields that only steps themselves write: numbers and ``set``."""
    steps = [step for table in tables for step in table.steps]
    taken = {name for step in steps if step.call is not None for name in step.call.take if "." not in name}
    return frozenset(step.register_into for step in steps) | {name for step in steps for name in step.sets} | taken


def _brought(step: Step) -> tuple[str, ...]:
    """What called dossiers bring back."""
    return tuple(step.call.take) if step.call is not None else ()


def _taken(step: Step) -> tuple[str, ...]:
    """What a message fills in, or whoever ends the wait for it by hand."""
    return tuple(step.wait.take) if step.wait is not None else ()


def _named(procedure: Procedure, step: Step) -> Iterator[str]:
    """The fields a step fills as a whole, sections opened up; a table of which it names a column is asked at intake."""
    names = (*step.fills, *_taken(step), *(step.consult.fills if step.consult else ()))
    for name in names:
        section = next((part for part in procedure.form.sections if part.key == name), None)
        if name not in procedure.form.fields and section is not None:
            yield from section.fields
        elif "." not in name:
            yield name


def _route_plan(procedure: Procedure, route: Route, intake: tuple[str, ...], locked: frozenset[str]) -> RoutePlan:
    steps = {step.key: _step_plan(procedure, step, i, intake, locked) for i, step in enumerate(route.steps)}
    joins = tuple(plan for plan in steps.values() if plan.step.joins)
    edges = {key: _targets(plan.step) for key, plan in steps.items()}
    for plan in joins:
        plan.upstream = _upstream(plan.step, edges)
    for plan in steps.values():
        plan.closes = plan.only_way == END and _is_light(plan)
        plan.onward = _onward(procedure, plan, steps)
    issuing = next((step.key for step in route.steps if step.issues), "")
    return RoutePlan(route=route, steps=steps, first=steps[route.steps[0].key], joins=joins, first_issue=issuing)


def _onward(procedure: Procedure, plan: StepPlan, steps: Mapping[str, StepPlan]) -> tuple[StepPlan, ...]:
    step = plan.step
    if not _is_light(plan) or len(step.ways) != 1 or plan.buttons:
        return ()
    way = step.ways[0]
    if way.when is not None or way.comment == "required" or any(target.when is not None for target in way.targets):
        return ()
    onward = tuple(steps[target.step] for target in way.targets if target.step in steps)
    if len(onward) != len(way.targets):
        return ()
    return onward if all(_is_simple(procedure, following, step.status) for following in onward) else ()


def _is_light(plan: StepPlan) -> bool:
    """Leaving it needs one person in the right position, and touches nothing but its visit."""
    step = plan.step
    if not plan.plain or step.pauses is not None or step.not_by or step.not_from is not None:
        return False
    return plan.people is not None and not plan.people.each


def _is_simple(procedure: Procedure, plan: StepPlan, status: str) -> bool:
    """Entering it opens a visit and does nothing else; it may wait for other branches first."""
    step = plan.step
    unusual = plan.by_system or (plan.budget is None and step.within is not None)
    return not unusual and step.status == status and not _specials(procedure, step)


def _targets(step: Step) -> frozenset[str]:
    onward = {target.step for way in step.ways for target in way.targets}
    return frozenset(onward | {step.on_late_to}) - {END, ""}


def _upstream(join: Step, edges: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The steps from which a branch may still come to the join: those it names, and whatever leads to them."""
    found = {key for key in join.joins if key in edges}
    growing = True
    while growing:
        more = {key for key, to in edges.items() if key != join.key and key not in found and to & found}
        found |= more
        growing = bool(more)
    return frozenset(found)


def _step_plan(
    procedure: Procedure, step: Step, index: int, intake: tuple[str, ...], locked: frozenset[str]
) -> StepPlan:
    columns: dict[str, list[str]] = {}
    named = [name for name in step.fills if "." in name]
    for name in named:
        table, _, column = name.partition(".")
        columns.setdefault(table, []).append(column)
    whole = [name for name in _whole(procedure, step) if name not in columns]
    fills = (*(intake if index == 0 else ()), *whole, *columns)
    asked = [key for key in dict.fromkeys(fills) if _asks(procedure.form.fields[key], key, locked)]
    return StepPlan(
        step=step,
        index=index,
        only_way=_only_way(step),
        people=step.by.default if not step.by.cases else None,
        fills=tuple(asked),
        columns={table: tuple(names) for table, names in columns.items()},
        buttons=any(way.choose for way in step.ways),
        plain=_is_plain(procedure, step, asked),
        quiet=not step.joins and not _specials(procedure, step),
        budget=_budget(step),
        by_system=_is_by(step, "system"),
        by_applicant=_is_by(step, "applicant"),
    )


def _whole(procedure: Procedure, step: Step) -> tuple[str, ...]:
    """The fields filled as a whole; names the form does not know are the check's business."""
    names: list[str] = []
    for name in (*step.fills, *_taken(step)):
        section = next((part for part in procedure.form.sections if part.key == name), None)
        if name not in procedure.form.fields and section is not None:
            names.extend(section.fields)
        elif "." not in name:
            names.append(name)
    return tuple(name for name in names if name in procedure.form.fields)


def _only_way(step: Step) -> str:
    """The one step that always follows, or nothing if something has to be decided first."""
    if len(step.ways) != 1 or len(step.ways[0].targets) != 1:
        return ""
    way, target = step.ways[0], step.ways[0].targets[0]
    decided = way.when is None and not way.choose and target.when is None and way.comment != "required"
    return target.step if decided else ""


def _is_plain(procedure: Procedure, step: Step, asked: list[str]) -> bool:
    """Leaving it needs nothing but the right person."""
    kept = (step.register, step.issues, step.wait, step.consult, step.call)
    needs = (asked, step.checks, step.sets, step.attach, step.prints, step.pay, *kept)
    at = any(check.at == step.key for check in procedure.form.checks)
    conditional = any(way.choose and way.when is not None for way in step.ways)
    return step.does == "work" and not at and not conditional and not any(needs)


def _budget(step: Step) -> tuple[int, Unit, str] | None:
    within = step.within
    if within is None or within.cases or within.default is None or step.by.cases or step.wait is not None:
        return None
    duration = within.default
    if duration.kind != "segments" or len(duration.segments) != 1 or _is_by(step, "applicant"):
        return None
    segment = duration.segments[0]
    if segment.amount.denominator != 1 or segment.unit not in ("hour", "working_day"):
        return None
    return int(segment.amount), "hour" if segment.unit == "hour" else "working_day", duration.to_text()


def _is_by(step: Step, kind: str) -> bool:
    """Whether the platform, or the applicant, does a step whatever the case."""
    who = step.by.default
    return who is not None and not step.by.cases and any(party.kind == kind for party in who.parties)


def _specials(procedure: Procedure, step: Step) -> bool:
    """Whether entering it does more than opening a visit (waiting for other branches apart)."""
    asks = (step.when, step.optional, step.optional_when, step.wait, step.consult, step.pay, step.call)
    clock = (step.pauses, step.phase, procedure.time_limit.starts == f"step.{step.key}")
    return any(asks) or any(clock) or bool(step.by.cases)
