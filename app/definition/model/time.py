"""Time limits, phases and pauses of a procedure (sections 4.2–4.5)."""

from dataclasses import dataclass

from app.definition.duration import Duration
from app.definition.expression import Expression
from app.definition.model.choice import Choice


@dataclass(frozen=True, slots=True)
class Addition:
    """Time added when the condition is true; every true line is added."""

    when: Expression
    time: Duration
    why: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """The promised limit, the legal one where the office promises less, and where counting starts.

    ``starts``: received | arrived | complete | step.<key> | field.<key> | batch.
    ``cutoff``: "HH:MM", "none" or "" (as in the calendar).
    """

    promised: Choice[Duration]
    legal: Choice[Duration] | None = None
    add: tuple[Addition, ...] = ()
    starts: str = "received"
    cutoff: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the route with a limit of its own, or only a name for a group of steps."""

    key: str
    title: str
    within: Choice[Duration] | None = None
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still while the step is open. ``then``: resume | restart. ``only``: dossier | phase | step.

    ``of`` phase: ``fresh`` replaces only the open phase, the later ones follow it.
    """

    reason: str = ""
    then: str = "resume"
    add: Duration | None = None
    fresh: Choice[Duration] | None = None
    only: str = "dossier"
    of: str = ""
