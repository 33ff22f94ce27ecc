"""What happened in a journal, told step by step with the due dates, for whoever has to understand a test."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from app.engine.events import Event
from app.engine.fold import apply, moment
from app.engine.state import State

# What is worth telling beside entering and leaving steps.
_TOLD = frozenset(
    ("accepted", "supplement_requested", "resubmitted", "refused", "stopped", "withdrawn", "extended", "ended")
)


class Line(NamedTuple):
    """One thing that happened. ``kind``: entered, left, or the type of the event; ``due`` is the step's due moment
    when it is entered, else the dossier's."""

    at: datetime
    kind: str
    step: str = ""
    title: str = ""
    due: datetime | None = None
    detail: str = ""


def story_of(events: Iterable[Event]) -> Iterator[Line]:
    """The lines of a journal."""
    state = State()
    for event in events:
        before, state = state, apply(state, event)
        if event.type == "step_entered":
            data = event.data
            kind = data.get("kind", "step")
            detail = "" if kind == "step" else kind
            yield Line(event.at, "entered", data["step"], data.get("title", ""), moment(data.get("due")), detail)
        elif event.type == "step_left":
            visit = before.visit(event.data["visit"])
            step = visit.step if visit is not None else ""
            detail = event.data.get("chosen") or event.data.get("outcome", "")
            yield Line(event.at, "left", step, detail=detail)
        elif event.type in _TOLD:
            yield Line(event.at, event.type, detail=str(event.data.get("reason", "")))
        elif event.type == "clock" and state.due != before.due:
            yield Line(event.at, "due", due=state.due)
