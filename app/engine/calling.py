"""Calling another procedure: the dossiers a step begins, what they are given, what comes back (section 8.5).

The engine says what is to be begun; the operation begins it, and tells what became of it (`call_news`).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.definition.expression import MISSING
from app.engine.answer_checks import row_cells
from app.engine.answer_values import ROW_KEY
from app.engine.plan import StepPlan
from app.engine.state import Visit
from app.engine.turn import Turn


class Called(NamedTuple):
    """One dossier to be begun: of which procedure, with which values, for which row."""

    procedure: str
    give: Mapping[str, Any]
    row: str = ""


def to_be_called(turn: Turn, at: StepPlan) -> Iterator[Called]:
    """What the step calls in this case."""
    call = at.step.call
    procedure = call.procedure.pick(turn.env) if call is not None else None
    if call is None or procedure is None:
        return
    for row, cells in _rows(turn, call.for_each):
        given = {key: expression.evaluate(turn.env, cells) for key, expression in call.give.items()}
        yield Called(procedure, {key: value for key, value in given.items() if value not in (None, MISSING)}, row)


def _rows(turn: Turn, table: str) -> Iterator[tuple[str, Mapping[str, object] | None]]:
    if not table:
        yield "", None
        return
    field = turn.procedure.form.fields[table]
    for row in turn.state.answers.get(table) or ():
        yield str(row[ROW_KEY]), row_cells(field, row)


def call_out(turn: Turn, visit: Visit, at: StepPlan) -> None:
    """Ask for the dossiers to be begun; a step that waits for them stays open until the last has ended."""
    called = tuple(to_be_called(turn, at))
    if not called:
        return
    for place, one in enumerate(called, start=len(turn.state.calls) + 1):
        link = {"call": str(place), "visit": visit.number, "step": at.key, "procedure": one.procedure}
        turn.emit("called", {**link, "row": one.row} if one.row else link)
        turn.ask("call", **link, give=dict(one.give))


def is_answered(turn: Turn, visit: Visit) -> bool:
    """Whether every dossier that this stay at a step has called has ended."""
    return all(call.get("ended") for call in turn.state.calls.values() if call["visit"] == visit.number)
