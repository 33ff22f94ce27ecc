"""The clock: from the events of a dossier to its due moment, its state and the explanation of both. Pure."""

from app.engine.calendar import Calendar, CalendarUnknown, ClockError
from app.engine.clock.explanation import Entry
from app.engine.clock.limits import budget_phases, limit_phases
from app.engine.clock.reading import ClockReading, VisitsReading, read_clock, read_visits
from app.engine.clock.remaining import remaining
from app.engine.clock.settings import DEFAULT_SETTINGS, ClockSettings, SettingFault
from app.engine.clock.spans import with_additions
from app.engine.clock.start import end_moment, hand_over_due
from app.engine.clock.step import budget_due, step_due
from app.engine.clock.values import ClockEvent, Limit, LimitError, Phase, Refused

__all__ = [
    "DEFAULT_SETTINGS",
    "Calendar",
    "CalendarUnknown",
    "ClockError",
    "ClockEvent",
    "ClockReading",
    "ClockSettings",
    "Entry",
    "Limit",
    "LimitError",
    "Phase",
    "Refused",
    "SettingFault",
    "VisitsReading",
    "budget_due",
    "budget_phases",
    "end_moment",
    "hand_over_due",
    "limit_phases",
    "read_clock",
    "read_visits",
    "remaining",
    "step_due",
    "with_additions",
]
