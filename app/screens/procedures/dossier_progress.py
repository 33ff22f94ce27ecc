"""Where the dossier is: steps done, open now and to come on the ordinary way; many steps are grouped by status."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from flask import g
from flask_babel import gettext as _

from app.definition.expression import Expression
from app.definition.model.route import Step, Way
from app.engine.optional import offered
from app.engine.plan import END
from app.engine.routing import is_optional
from app.engine.state import Visit
from app.engine.timing import duration_of
from app.screens.formats import format_length
from app.screens.procedures.case import Case
from app.screens.statuses import status_title

MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One dot of the strip. ``state``: done | now | next; ``note`` stands small below."""

    key: str
    title: str
    state: str
    note: str = ""
    status: str = ""


def progress(case: Case) -> tuple[Mark, ...]:
    """The strip of this dossier."""
    marks = [*_behind(case), *_ahead(case)]
    order = {step.key: place for place, step in enumerate(case.route.route.steps)}
    marks.sort(key=lambda mark: order.get(mark.key, 0))
    return tuple(marks) if len(marks) <= MOST_STEPS else tuple(grouped(marks))


def to_come(case: Case) -> tuple[Mark, ...]:
    """The steps still to come."""
    return tuple(_ahead(case))


# ---- behind and now


def _behind(case: Case) -> Iterator[Mark]:
    opened = {visit.step: visit for visit in case.state.visits if visit.kind in ("step", "supplement")}
    for step in case.route.route.steps:
        if step.key in opened:
            yield Mark(step.key, step.title, "now", _now_note(case, opened[step.key]), step.status)
            continue
        done = case.state.done(step.key)
        if done:
            yield Mark(step.key, step.title, "done", _done_note(case, done[-1]), step.status)


def _done_note(case: Case, visit: Visit) -> str:
    left = visit.left or visit.entered
    used = _length(case, visit.entered, left)
    budget = duration_of(visit.budget).to_vietnamese() if visit.budget else ""
    return " · ".join(filter(None, (f"{left:%d/%m}", f"{used} / {budget}" if used and budget else used)))


def _length(case: Case, begin: datetime, end: datetime) -> str:
    """Office time between two moments; nothing where the calendar does not reach."""
    minutes = case.office_minutes(begin, end)
    return format_length(minutes, case.world.settings.hours_per_day * 60) if minutes else ""


def _now_note(case: Case, visit: Visit) -> str:
    if visit.kind == "supplement":
        return _("waits for the applicant")
    if visit.sent is not None:
        return _("waits for the answers")
    if visit.holder:
        who = _("you") if visit.holder == g.person.username else case.names.person(visit.holder)
    else:
        who = case.names.positions(visit.positions)
    return who


# ---- ahead


def _ahead(case: Case) -> Iterator[Mark]:
    """The ordinary way on from every open step: the first line that may hold, through steps that this case does."""
    if case.state.ended_at is None:
        yield from _onward(case, [*(visit.step for visit in case.state.visits), *case.state.arrived])


def step_after(case: Case, step: str) -> str:
    """The title of the step that ordinarily follows; empty for the last one."""
    return next((mark.title for mark in _onward(case, [step])), "")


def _onward(case: Case, waiting: list[str]) -> Iterator[Mark]:
    seen = set(waiting)
    while waiting:
        key = waiting.pop(0)
        at = case.route.steps.get(key)
        if at is None:
            continue
        for target in _main_targets(case, at.step):
            if target not in seen and _is_new(case, target):
                seen.add(target)
                waiting.append(target)
                step = case.route.steps[target].step
                if not _is_passed(case, step):
                    yield Mark(target, step.title, "next", _budget_note(case, step), step.status)


def _is_new(case: Case, key: str) -> bool:
    return key in case.route.steps and not case.state.done(key)


def _main_targets(case: Case, step: Step) -> tuple[str, ...]:
    way = next((way for way in step.ways if _may_hold(case, way.when) and _is_onward(case, step, way)), None)
    targets = way.targets if way is not None else ()
    return tuple(target.step for target in targets if target.step != END and _may_hold(case, target.when))


def _is_onward(case: Case, step: Step, way: Way) -> bool:
    """Whether a line leads on, not back to an earlier step."""
    order = {one.key: place for place, one in enumerate(case.route.route.steps)}
    return all(order.get(target.step, len(order)) > order[step.key] for target in way.targets)


def _may_hold(case: Case, condition: Expression | None) -> bool:
    """True, or not known yet."""
    return condition is None or condition.evaluate(case.env) is not False


def _is_passed(case: Case, step: Step) -> bool:
    if not _may_hold(case, step.when):
        return True
    if not is_optional(step):
        return False
    demanded = step.optional_when is not None and step.optional_when.evaluate(case.env) is True
    return not demanded and step.key not in case.state.included


def _budget_note(case: Case, step: Step) -> str:
    budget = step.within.pick(case.env) if step.within is not None else None
    return "" if budget is None or budget.kind in ("none", "until", "phases") else budget.to_vietnamese()


def includable(case: Case, step: str) -> tuple[tuple[str, str], ...]:
    """The optional steps that whoever leaves this step may tick, with their titles."""
    at = case.route.steps[step]
    return tuple((key, case.route.steps[key].step.title) for key in offered(case.turn, at))


# ---- too many


def grouped(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Neighbours of one status as one dot that says how far it is."""
    for status, group in groupby(marks, key=lambda mark: mark.status):
        inside = list(group)
        if len(inside) == 1:
            yield inside[0]
            continue
        done = sum(1 for mark in inside if mark.state == "done")
        now = [mark for mark in inside if mark.state == "now"]
        state = "now" if now else "done" if done == len(inside) else "next"
        far = _("%(done)s of %(all)s steps", done=done, all=len(inside))
        note = " · ".join([*(mark.title for mark in now), far])
        yield replace(inside[0], title=status_title(status), state=state, note=note)
