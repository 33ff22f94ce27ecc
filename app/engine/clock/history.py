"""Takes the events of one clock in order: what is accepted, what refused, what it leaves (rules 6, 23–28, 34)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.clock.spans import extended, is_zero, spans_by_phase
from app.engine.clock.start import Start
from app.engine.clock.stretch import Track
from app.engine.clock.values import VERBS, ClockEvent, Limit, Pause, Phase, Refused

MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class History:
    """Where the accepted events have led; written by `read_history` only (copying it at every event costs most).

    `phases` is the limit as it stands, `promised` the same without apologies. `lapse_at` is the deadline in force,
    `citizen_due` and `lapsing` those of the latest notice, for display.
    """

    limit: Limit
    calendar: Calendar
    settings: ClockSettings
    phases: tuple[Phase, ...]
    promised: tuple[Phase, ...]
    start: Start | None = None
    received_at: datetime | None = None
    last_at: datetime | None = None
    set_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    grounds: frozenset[str] = frozenset()
    citizen_due: datetime | None = None
    lapsing: datetime | None = None
    lapse_at: datetime | None = None
    is_lapsed: bool = False
    wait_until: datetime | None = None
    continues_at: datetime | None = None
    finished_at: datetime | None = None
    is_stopped: bool = False
    flags: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    accepted: list[ClockEvent] = field(default_factory=list)

    @property
    def open_pauses(self) -> tuple[Pause, ...]:
        """Pauses that nobody has ended yet."""
        return tuple(pause for pause in self.pauses if pause.end is None)

    @property
    def track(self) -> Track:
        """What the phases run on; only of a clock that has started."""
        if self.start is None:
            raise ValueError("the clock has not started")
        return Track(self.start, self.pauses, self.calendar, self.settings)

    def due(self) -> datetime | None:
        """The due moment as it stands."""
        return self.track.due(self.phases) if self.start else None


def read_history(
    limit: Limit,
    events: Iterable[tuple[int, ClockEvent]],
    now: datetime,
    calendar: Calendar,
    settings: ClockSettings,
) -> History:
    """Fold the events, each with its index in the full history (that of all visits), up to now."""
    spans_by_phase(limit.phases, settings, steps=limit.steps)  # a limit that cannot be counted is told at once
    history = _blank(limit, calendar, settings)
    for index, event in events:
        history = _taken(history, index, event)
    _lapse(history, now)
    return history


def _blank(limit: Limit, calendar: Calendar, settings: ClockSettings) -> History:
    return History(limit, calendar, settings, phases=limit.phases, promised=limit.phases)


def _taken(history: History, index: int, event: ClockEvent) -> History:
    if history.last_at is not None and event.at < history.last_at:
        history.refused.append(Refused(index, "out_of_order"))
        return history
    _lapse(history, event.at)
    reason = _why_not(history, event)
    if reason is not None:
        history.refused.append(Refused(index, reason))
        return history
    if event.type == "extended" and _is_late_apology(history, event):
        history.flags.append("apology_late")
    return _applied(history, event)


def _lapse(history: History, now: datetime) -> None:
    """A deadline that has passed without an act has lapsed, for ever."""
    if history.lapse_at is not None and now >= history.lapse_at:
        history.is_lapsed = True


# ---- may it happen (rules 28 and 34, in their order)


def _why_not(history: History, event: ClockEvent) -> str | None:
    if history.is_lapsed:
        return "lapsed"
    if history.finished_at is not None or history.is_stopped:
        return "finished"
    if history.start is None:
        return "not_started" if event.type in VERBS else None
    is_open = any(pause.key == event.pause for pause in history.open_pauses)
    if event.type == "paused" and is_open:
        return "already_paused"
    if event.type == "resumed" and not is_open:
        return "not_paused"
    return _why_not_extended(history, event) if event.type == "extended" else None


def _why_not_extended(history: History, event: ClockEvent) -> str | None:
    if event.ground in history.grounds:
        return "extension_used"
    if history.open_pauses:
        return "paused"
    due = history.due()
    if due is None:
        return "no_limit"
    if event.at > due:
        return "after_due"
    return _why_not_until(history, event, due)


def _why_not_until(history: History, event: ClockEvent, due: datetime) -> str | None:
    if event.to is not None and not history.calendar.is_working_day(event.to):
        return "day_off"
    if (event.to is not None and event.to <= due.date()) or (event.by is not None and is_zero((event.by,))):
        return "not_later"
    if history.settings.late_apology == "refuse" and _is_late_apology(history, event):
        return "apology_late"
    return None


def _is_late_apology(history: History, event: ClockEvent) -> bool:
    due = history.due()
    if event.ground != "apology" or due is None:
        return False
    latest = apology_latest(history, due)
    return latest is None or event.at > latest


def apology_latest(history: History, due: datetime) -> datetime | None:
    """Closing of the n-th working day before the due date; None before the start or once it is used (rule 29)."""
    if history.start is None or "apology" in history.grounds:
        return None
    day = history.calendar.working_day_before(due.date(), history.settings.apology_days)
    latest = history.calendar.closing(day) if day is not None else None
    return latest if latest is not None and latest >= history.start.at else None


# ---- what it changes


def _applied(history: History, event: ClockEvent) -> History:
    history.last_at = event.at
    history.accepted.append(event)
    if event.type in VERBS:
        return _CHANGES[event.type](history, event)
    if event.type == "received" and history.received_at is None:
        history.received_at = event.at
    if event.type == history.limit.starts and history.start is None:
        history.start, history.set_at = Start(event.at, event.type, history.limit.steps), event.at
    return history


def _paused(history: History, event: ClockEvent) -> History:
    history.pauses = (*history.pauses, Pause(event.pause, event.at))
    last = _last_day(history, event.citizen, event.at) if event.citizen else None
    if last is not None:
        if history.settings.citizen_end == "office":
            history.citizen_due = history.calendar.closing(last)
        else:
            history.citizen_due = datetime(last.year, last.month, last.day, 23, 59)
        history.lapsing = history.lapse_at = history.citizen_due + MINUTE
    return history


def _last_day(history: History, phases: tuple[Phase, ...], at: datetime) -> date | None:
    """The last day of a limit that runs from a notice, with no pause inside (rules 26 and 27)."""
    due = Track(Start(at, "notice"), (), history.calendar, history.settings).due(phases)
    return due.date() if due is not None else None


def _resumed(history: History, event: ClockEvent) -> History:
    history.pauses = tuple(
        replace(pause, end=event.at) if pause.end is None and pause.key == event.pause else pause
        for pause in history.pauses
    )
    history.lapse_at, history.set_at = None, event.at
    if event.add is not None:
        history.phases, history.promised = (
            _lengthened(history, phases, event.add, event.at) for phases in (history.phases, history.promised)
        )
    return history


def _lengthened(history: History, phases: tuple[Phase, ...], addition: Phase, at: datetime) -> tuple[Phase, ...]:
    """Rule 24: added to the phase running at the resumption, else to the last."""
    stretches = history.track.run(phases)
    position, running = 0, -1
    for number, spans in enumerate(spans_by_phase(phases, history.settings, steps=history.limit.steps)):
        position += len(spans)
        due = stretches[position - 1].due if stretches else None
        if due is None or due >= at:
            running = number
            break
    return extended(phases, addition, running)


def _restarted(history: History, event: ClockEvent) -> History:
    """Everything before is forgotten, except what was used up and what is only shown (NĐ 61 Đ.19.4)."""
    fresh = history.limit.after_supplement
    history.phases = history.promised = history.limit.phases if fresh is None else fresh
    history.start = Start(event.at, event.type, history.limit.steps)
    history.set_at, history.pauses, history.lapse_at = event.at, (), None
    return history


def _waiting(history: History, event: ClockEvent) -> History:
    last = _last_day(history, event.wait, event.at)
    if last is not None:
        until = history.wait_until = history.calendar.closing(last)
        history.continues_at = history.calendar.opening(history.calendar.next_working_day(last))
        if not history.settings.wait_counts:
            history.pauses = (*history.pauses, Pause("", event.at, until, is_wait=True))
            history.set_at = event.at
    return history


def _extended(history: History, event: ClockEvent) -> History:
    addition = event.by
    if event.to is not None:
        due = history.due() or event.at
        addition = Phase(max(history.calendar.working_days_between(due.date(), event.to), 0), "working_day")
    if addition is None:
        raise ValueError("an extension has either by or to")
    history.phases = extended(history.phases, addition)
    if event.ground != "apology":
        history.promised = extended(history.promised, addition)
    history.grounds = history.grounds | {event.ground}
    history.set_at = event.at
    return history


def _finished(history: History, event: ClockEvent) -> History:
    """Finishing while paused is resuming at that minute (rule 23)."""
    history.pauses = tuple(pause if pause.end else replace(pause, end=event.at) for pause in history.pauses)
    history.finished_at, history.lapse_at = event.at, None
    return history


def _stopped(history: History, event: ClockEvent) -> History:
    history.is_stopped, history.lapse_at = True, None
    return history


def _recalculated(history: History, event: ClockEvent) -> History:
    """The accepted events again, from the start, under another edition; what was decided stays decided (rule 5)."""
    if event.calendar is None:
        raise ValueError("a recalculation names the edition it uses")
    fresh = _blank(history.limit, event.calendar, history.settings)
    for earlier in history.accepted:
        if earlier.type != "recalculated":
            fresh = _applied(fresh, earlier)
    fresh.set_at = fresh.last_at = event.at
    fresh.flags, fresh.refused, fresh.accepted = history.flags, history.refused, history.accepted
    return fresh


_CHANGES: dict[str, Callable[[History, ClockEvent], History]] = {
    "paused": _paused,
    "resumed": _resumed,
    "restarted": _restarted,
    "waiting": _waiting,
    "extended": _extended,
    "finished": _finished,
    "left": _finished,
    "stopped": _stopped,
    "recalculated": _recalculated,
}
