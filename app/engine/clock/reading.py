"""What the clock says at a moment: due, state, class and everything shown beside them (rules 23 and 28–32)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.engine.calendar import Calendar
from app.engine.clock import start as starting
from app.engine.clock.explanation import Entry, explain
from app.engine.clock.history import History, apology_latest, read_history
from app.engine.clock.remaining import remaining_minutes
from app.engine.clock.settings import DEFAULT_SETTINGS, ClockSettings
from app.engine.clock.stretch import Stretch, covers
from app.engine.clock.values import ClockEvent, Limit, Refused, ResultClass, State
from app.vietnamese.durations import NOT_COUNTED, remaining_text

OPEN_STATES = frozenset(("running", "paused", "waiting"))


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The plain facts are worked out at once; what only a page shows is worked out when it is asked for."""

    now: datetime
    state: State
    due: datetime | None
    original_due: datetime | None
    result_class: ResultClass | None
    history: History = field(repr=False)
    stretches: tuple[Stretch, ...] = field(repr=False)

    @property
    def phases(self) -> tuple[datetime | None, ...]:
        """The due moment of each phase, a phase made by an addition or extension included."""
        return tuple(stretch.due for stretch in self.stretches)

    @property
    def refused(self) -> tuple[Refused, ...]:
        """Events that changed nothing."""
        return tuple(self.history.refused)

    @property
    def flags(self) -> tuple[str, ...]:
        """`apology_late`: accepted, but the apology came late."""
        return tuple(self.history.flags)

    @property
    def citizen_due(self) -> datetime | None:
        """The deadline of the latest notice to the citizen, also when it is over."""
        return self.history.citizen_due

    @property
    def lapse_at(self) -> datetime | None:
        """The minute after the citizen's deadline, at which the dossier lapses if nothing comes."""
        return self.history.lapsing

    @property
    def wait_until(self) -> datetime | None:
        """The end of the latest fixed wait, also when it is over."""
        return self.history.wait_until

    @property
    def continues_at(self) -> datetime | None:
        """When work goes on after the latest fixed wait."""
        return self.history.continues_at

    @property
    def hand_over_due(self) -> datetime | None:
        """When reception must have handed the dossier over; of received dossiers, not of steps."""
        received = self.history.received_at
        if received is None or self.history.limit.steps:
            return None
        return starting.hand_over_due(received, self.history.calendar, self.history.settings)

    @property
    def warn_at(self) -> tuple[datetime, ...]:
        """Openings some working days before the due date, those after the clock was last set (rule 30)."""
        if self.state not in OPEN_STATES or self.due is None or self.history.set_at is None:
            return ()
        calendar = self.history.calendar
        days = {calendar.working_day_before(self.due.date(), k) for k in self.history.settings.warn_days}
        moments = sorted(calendar.opening(day) for day in days if day is not None)
        return tuple(moment for moment in moments if moment > self.history.set_at)

    @property
    def apology_latest(self) -> datetime | None:
        """Until when an apology is in time (NĐ 61 Đ.19.9); None where none is possible any more."""
        if self.state not in OPEN_STATES or self.due is None:
            return None
        return apology_latest(self.history, self.due)

    @property
    def remaining_minutes(self) -> int | None:
        """Office minutes left, negative after the due moment, frozen while paused; None where not shown (rule 32)."""
        if self.state not in OPEN_STATES or self.state == "waiting":
            return None
        return remaining_minutes(self.history, self.stretches, self.due, self.now)

    @property
    def remaining_text(self) -> str | None:
        """The remaining time in Vietnamese words (rule 33)."""
        if self.state == "not_started":
            return NOT_COUNTED
        minutes = self.remaining_minutes
        if minutes is None:
            return None
        is_late = self.due is not None and self._shown_at > self.due
        per_day = self.history.settings.hours_per_day * 60
        return remaining_text(minutes, is_late=is_late, is_paused=self.state == "paused", minutes_per_day=per_day)

    @property
    def _shown_at(self) -> datetime:
        """The moment that the remaining time shows: while paused that of the pause."""
        return min((pause.begin for pause in self.history.open_pauses), default=self.now)

    def explain(self) -> tuple[Entry, ...]:
        """The due moment day by day; empty where nothing is counted."""
        if self.history.start is None or self.state in ("stopped", "lapsed"):
            return ()
        return tuple(explain(self.history.track, self.stretches))


def read_clock(
    limit: Limit,
    events: Iterable[ClockEvent],
    now: datetime,
    calendar: Calendar,
    settings: ClockSettings = DEFAULT_SETTINGS,
) -> ClockReading:
    """The reading of one clock: pure, the same events always give the same reading.

    Raises `CalendarUnknown` and `LimitError` where no due moment can be given.
    """
    return _reading(limit, enumerate(events), now, calendar, settings)


@dataclass(frozen=True, slots=True)
class VisitsReading:
    """The clocks of parallel visits; `join_due` is the latest due moment, None if one has none."""

    visits: Mapping[str, ClockReading]
    join_due: datetime | None


def read_visits(
    budgets: Mapping[str, Limit],
    events: Iterable[ClockEvent],
    now: datetime,
    calendar: Calendar,
    settings: ClockSettings = DEFAULT_SETTINGS,
) -> VisitsReading:
    """Each visit sees the events that name it and those that name none (rule 19)."""
    numbered = tuple(enumerate(events))
    visits = {
        name: _reading(budget, (pair for pair in numbered if pair[1].visit in (None, name)), now, calendar, settings)
        for name, budget in budgets.items()
    }
    dues = [reading.due for reading in visits.values()]
    join = None if None in dues else max((due for due in dues if due is not None), default=None)
    return VisitsReading(visits, join)


def _reading(
    limit: Limit,
    events: Iterable[tuple[int, ClockEvent]],
    now: datetime,
    calendar: Calendar,
    settings: ClockSettings,
) -> ClockReading:
    now = now.replace(second=0, microsecond=0)
    history = read_history(limit, events, now, calendar, settings)
    state = _state(history, now)
    if history.start is None or state in ("stopped", "lapsed"):
        return ClockReading(now, state, None, None, None, history, ())
    stretches = history.track.run(history.phases)
    due = stretches[-1].due if stretches else None
    original = due if history.promised is history.phases else history.track.due(history.promised)
    judged = _class(history, stretches, original, now)
    return ClockReading(now, state, due, original, judged, history, stretches)


def _state(history: History, now: datetime) -> State:
    if history.is_lapsed:
        return "lapsed"
    if history.is_stopped:
        return "stopped"
    if history.finished_at is not None:
        return "finished"
    if history.start is None:
        return "not_started"
    if history.open_pauses:
        return "paused"
    return "waiting" if any(pause.is_wait and covers(pause, now) for pause in history.pauses) else "running"


def _class(
    history: History, stretches: tuple[Stretch, ...], original: datetime | None, now: datetime
) -> ResultClass | None:
    if not stretches:
        return None
    due = stretches[-1].due
    if due is None:
        return "in_time"  # paused before the limit ended is never overdue (rule 23)
    against = due if original is None or history.settings.class_against == "extended" else original
    finished = history.finished_at
    if finished is None:
        return "overdue" if now > against else "in_time"
    if finished > against:
        return "overdue"
    is_early = finished < against if history.settings.early_by == "moment" else finished.date() < against.date()
    return "early" if is_early else "on_time"
