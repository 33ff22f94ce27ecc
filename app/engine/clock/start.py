"""Where counting starts: day zero, the cut-off, the same day, the hand-over (rules 6–10 and 14)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings

NO_CUTOFF = frozenset(("submitted", "entered", "notice"))
"""Starts that the cut-off never touches (rule 8). A notice opens a citizen's deadline or a wait."""


@dataclass(frozen=True, slots=True)
class Start:
    """The event from which a limit runs. A notice is taken on its own date, whatever the settings say of receipts."""

    at: datetime
    type: str = "received"
    steps: bool = False

    @property
    def has_cutoff(self) -> bool:
        """Whether a late hour moves this start."""
        return not self.steps and self.type not in NO_CUTOFF


def is_late(at: datetime, calendar: Calendar, settings: ClockSettings) -> bool:
    """On a working day after the cut-off; the cut-off minute itself as `cutoff_exact` says (NĐ 61 Đ.18.2)."""
    cutoff = settings.cutoff_minute
    if cutoff is None or not calendar.is_working_day(at):
        return False
    minute = at.hour * 60 + at.minute
    return minute >= cutoff if settings.cutoff_exact == "after" else minute > cutoff


def is_moved(start: Start, what: str, calendar: Calendar, settings: ClockSettings) -> bool:
    """Whether the cut-off moves this kind of limit (`same_day`, `hours`, `days`) for this start."""
    return start.has_cutoff and what in settings.cutoff_moves and is_late(start.at, calendar, settings)


def day_zero(start: Start, calendar: Calendar, settings: ClockSettings) -> date:
    """The date that is not counted (BLDS Đ.147.2): that of the event, or by a setting the next working day."""
    day = start.at.date()
    if start.type == "notice" or not settings.starts_at_next_opening:
        return day
    if _is_outside(start.at, calendar) or is_moved(start, "days", calendar, settings):
        return calendar.next_working_day(day)
    return day


def hour_zero(start: Start, calendar: Calendar, settings: ClockSettings) -> datetime:
    """The moment itself (BLDS Đ.147.1); late, the next working day's opening."""
    if is_moved(start, "hours", calendar, settings):
        return calendar.opening(calendar.next_working_day(start.at.date()))
    return start.at


def same_day(start: Start, calendar: Calendar, settings: ClockSettings) -> date:
    """The date of the start if it is worked, not late and not after closing; else the next working day (rule 14)."""
    day = start.at.date()
    is_open = calendar.is_working_day(day) and not calendar.is_after_closing(start.at)
    if is_open and not is_moved(start, "same_day", calendar, settings):
        return day
    return calendar.next_working_day(day)


def hand_over_due(received: datetime, calendar: Calendar, settings: ClockSettings) -> datetime:
    """When reception must have handed the dossier over (rule 10)."""
    late = "hand_over" in settings.cutoff_moves and is_late(received, calendar, settings)
    if calendar.is_working_day(received) and not late and not calendar.is_after_closing(received):
        return calendar.closing(received.date())
    opening = calendar.opening(calendar.next_working_day(received.date()))
    return opening + timedelta(minutes=settings.hand_over_grace)


def end_moment(working_day: date, calendar: Calendar, settings: ClockSettings) -> datetime:
    """The minute at which a day limit ends on its last day (rule 13; BLDS Đ.148.6)."""
    if settings.end_of_day == "midnight":
        return datetime(working_day.year, working_day.month, working_day.day, 23, 59)
    return calendar.closing(working_day)


def _is_outside(at: datetime, calendar: Calendar) -> bool:
    if calendar.is_working_day(at):
        return calendar.is_after_closing(at)
    return not calendar.is_counter_open(at)
