"""The values of the clock: limits and their phases, events, pauses; frozen and comparable."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from app.engine.calendar import Calendar, ClockError

Amount = int | float | Decimal | Fraction
Unit = Literal["hour", "working_day", "calendar_day", "month", "same_day"]
State = Literal["not_started", "running", "paused", "waiting", "finished", "stopped", "lapsed"]
ResultClass = Literal["early", "on_time", "overdue", "in_time"]

UNITS: tuple[str, ...] = ("hour", "working_day", "calendar_day", "month", "same_day")
VERBS = frozenset(
    ("paused", "resumed", "restarted", "extended", "waiting", "finished", "left", "stopped", "recalculated")
)
"""What moves a running clock. Every other type is a milestone: it starts the clock where the limit says so."""
MILESTONES = ("received", "submitted", "arrived", "exam_result", "batch", "complete", "entered")
FINISHES = frozenset(("finished", "left"))
GROUNDS = ("apology", "legal")


class LimitError(ClockError):
    """A limit that cannot be counted: `limit_fraction` or `limit_negative` (rule 16)."""


@dataclass(frozen=True, slots=True)
class Phase:
    """An amount of one unit; `same_day` has no amount."""

    value: Amount
    unit: Unit


@dataclass(frozen=True, slots=True)
class Limit:
    """Phases one after the other; no phase at all means that nothing is fixed (due and class are None).

    `starts` is the type of the event that starts the clock, `after_supplement` the limit after a restart if another
    one. `steps` marks the budget of one visit: no cut-off, and working days by the setting `step_days`.
    """

    phases: tuple[Phase, ...]
    starts: str = "received"
    after_supplement: tuple[Phase, ...] | None = None
    steps: bool = False

    @classmethod
    def of(cls, value: Amount, unit: Unit, starts: str = "received") -> "Limit":
        """The ordinary limit of one phase."""
        return cls((Phase(value, unit),), starts)

    @classmethod
    def budget(cls, phases: Iterable[Phase]) -> "Limit":
        """The budget of a visit: it starts when the step is entered."""
        return cls(tuple(phases), starts="entered", steps=True)


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One entry of the clock's history. Seconds are dropped (rule 1); `pause` is the key under which a pause is ended.

    `citizen` is the deadline set with a pause, `wait` the length of a fixed wait, `add` what a resumption adds; an
    extension has `by` or `to`; `calendar` is the edition of a recalculation; `visit` names one of parallel visits.
    """

    type: str
    at: datetime
    pause: str = ""
    visit: str | None = None
    add: Phase | None = None
    wait: tuple[Phase, ...] = ()
    citizen: tuple[Phase, ...] = ()
    by: Phase | None = None
    to: date | None = None
    ground: str = "apology"
    calendar: Calendar | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.at.tzinfo is not None:
            raise TypeError("the clock runs on naive local time")
        if self.at.second or self.at.microsecond:
            object.__setattr__(self, "at", self.at.replace(second=0, microsecond=0))


@dataclass(frozen=True, slots=True)
class Pause:
    """From `begin` until before `end` the clock stands still; no end: still open. A fixed wait knows its end."""

    key: str
    begin: datetime
    end: datetime | None = None
    is_wait: bool = False


class Refused(NamedTuple):
    """An event that changed nothing, by its index in the history, and why (rule 34)."""

    event: int
    reason: str
