"""One step for many dossiers: what waits there, ticks, the buttons of the step; then what became of each."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, g, render_template, request

from app.definition.model.procedure import Procedure
from app.definition.model.route import Step
from app.operations.do_many import MOST_AT_ONCE, Item, do_many
from app.screens.deadlines import deadlines
from app.screens.inbox_lines import lines_of
from app.screens.names import Names
from app.screens.procedures.view import ProcedureView
from app.screens.refusals import refusal_text
from app.storage.inbox import WorkFilter, work_choices, work_page

LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one dossier; no words where it was done."""

    code: str
    applicant: str
    url: str
    why_not: str


def bulk_steps(procedure: Procedure) -> dict[str, Step]:
    """The steps of a procedure that may be done for many dossiers at once."""
    return {step.key: step for route in procedure.route.values() for step in route.steps if step.bulk}


def steps_for_many(view: ProcedureView) -> dict[str, Step]:
    """Those at which dossiers wait for this person."""
    possible = bulk_steps(view.procedure)
    if not possible:
        return {}
    waiting = {key for key, _title in work_choices(g.person, "all")[1]}
    return {key: step for key, step in possible.items() if key in waiting}


def many(view: ProcedureView) -> Any:
    """The page, or what was sent from it."""
    steps = bulk_steps(view.procedure)
    key = request.values.get("step", "")[:60] or next(iter((*steps_for_many(view), *steps)), "")
    if key not in steps:
        abort(404)
    step = steps[key]
    became = tuple(_done(view, step)) if request.method == "POST" else ()
    when = deadlines()
    page = work_page(
        g.person,
        WorkFilter(procedure=view.procedure.key, step=step.key),
        when.now,
        when.soon_until,
        size=MOST_AT_ONCE,
    )
    lines = [line for line in lines_of(page.rows, when) if line.row.kind == "step"]
    return render_template(
        "mc/procedures/many.html",
        view=view,
        procedure=view.procedure,
        steps=steps_for_many(view) | {step.key: step},
        step=step,
        lines=lines,
        became=became,
        done=sum(not one.why_not for one in became),
        typed=request.form,
        key=secrets.token_hex(12),
    )


def _done(view: ProcedureView, step: Step) -> Iterator[Became]:
    now = deadlines().now
    asked = {
        "choose": request.form.get("choose", "")[:60],
        "comment": request.form.get("comment", "")[:5000].strip(),
        "key": request.form.get("key", "")[:30],
    }
    names = Names(view.procedure, g.catalogue.organisation)
    seen = {
        (row.dossier_id, row.visit): row
        for row in work_page(
            g.person,
            WorkFilter(procedure=view.procedure.key, step=step.key),
            now,
            now,
            size=MOST_AT_ONCE,
        ).rows
    }
    for answer in do_many(_items(), step.key, g.person, now, **asked):
        row = seen.get((answer.item.dossier_id, answer.item.visit))
        yield Became(
            row.code if row is not None else str(answer.item.dossier_id),
            row.applicant_name if row is not None else "",
            f"/p/{view.procedure.key}/{answer.item.dossier_id}",
            refusal_text(answer.refusal, names) if answer.refusal is not None else "",
        )


def _items() -> Iterator[Item]:
    """Every tick that can be read: dossier, visit, version."""
    for value in request.form.getlist("work")[:MOST_AT_ONCE]:
        parts = value.split(".")
        if len(parts) == 3 and all(one.isascii() and one.isdecimal() and len(one) < LONGEST_NUMBER for one in parts):
            yield Item(*(int(one) for one in parts))
