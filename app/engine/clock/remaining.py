"""How much office time is left: counted, or frozen while paused (rule 32)."""

from datetime import date, datetime

from app.engine.calendar import Calendar, CalendarUnknown
from app.engine.clock.history import History
from app.engine.clock.standstill import still_days, still_minutes
from app.engine.clock.stretch import Stretch
from app.engine.clock.values import Pause

MINUTES_PER_HOUR = 60


def remaining(due: datetime | None, now: datetime, calendar: Calendar) -> int | None:
    """Office minutes from now to due, negative after it; None without a due moment or beyond the known calendar."""
    if due is None:
        return None
    try:
        return calendar.office_minutes(now.replace(second=0, microsecond=0), due)
    except CalendarUnknown:
        return None  # a list of dossiers must not fail because next year's calendar is late


def remaining_minutes(
    history: History, stretches: tuple[Stretch, ...], due: datetime | None, now: datetime
) -> int | None:
    """What a running or paused clock has left."""
    paused_at = min((pause.begin for pause in history.open_pauses), default=None)
    if due is not None:
        return history.calendar.office_minutes(now if paused_at is None else paused_at, due)
    if paused_at is None or len(stretches) != 1:
        return None
    return _frozen(history, stretches[0], paused_at)


def _frozen(history: History, stretch: Stretch, paused_at: datetime) -> int | None:
    span = stretch.span
    if span.unit == "working_day" and stretch.zero is not None:
        counted = _counted_days(history, stretch.zero, paused_at.date())
        return max(1, span.amount - counted) * history.settings.hours_per_day * MINUTES_PER_HOUR
    if span.kind == "hours" and stretch.begin is not None:
        return span.amount - _run_minutes(history, stretch.begin, paused_at)
    return None


def _counted_days(history: History, zero: date, upto: date) -> int:
    counted = history.calendar.working_days_between(zero, upto) if upto > zero else 0
    for begin, end in still_days(_ended(history)):
        first, last = max(begin, zero), min(end, upto) if end is not None else upto
        if last > first:
            counted -= history.calendar.working_days_between(first, last)
    return counted


def _run_minutes(history: History, begin: datetime, upto: datetime) -> int:
    run = history.calendar.office_minutes(begin, upto) if upto > begin else 0
    for pause, resumed in still_minutes(_ended(history)):
        first, last = max(pause, begin), min(resumed, upto) if resumed is not None else upto
        if last > first:
            run -= history.calendar.office_minutes(first, last)
    return run


def _ended(history: History) -> tuple[Pause, ...]:
    return tuple(pause for pause in history.pauses if pause.end is not None)
