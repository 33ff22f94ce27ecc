"""Durations of the language as phases of the clock: weeks are 7 days, years 12 months (ruling 8)."""

from app.definition.duration import Duration, Segment
from app.engine.clock.values import Phase, Unit

_UNITS: dict[str, tuple[Unit, int]] = {
    "hour": ("hour", 1),
    "working_day": ("working_day", 1),
    "day": ("calendar_day", 1),
    "week": ("calendar_day", 7),
    "month": ("month", 1),
    "year": ("month", 12),
}


def limit_phases(duration: Duration) -> tuple[Phase, ...]:
    """The phases of a limit; none at all for `none`. `at once` is a zero that the setting `zero_step` measures.

    `phases` and `until` name something else than a length: the caller resolves them first.
    """
    if duration.kind == "segments":
        return tuple(_phase(segment) for segment in duration.segments)
    if duration.kind == "same_day":
        return (Phase(0, "same_day"),)
    if duration.kind == "at_once":
        return (Phase(0, "hour"),)
    if duration.kind == "none":
        return ()
    raise ValueError(f"{duration.kind} is not a length of time")


def budget_phases(duration: Duration) -> tuple[Phase, ...]:
    """The same for a step, where a part of a calendar day is office hours (ruling 9: `0.25 days` = 2 hours)."""
    return tuple(
        Phase(phase.value, "working_day") if _is_part_of_day(phase) else phase for phase in limit_phases(duration)
    )


def _phase(segment: Segment) -> Phase:
    unit, times = _UNITS[segment.unit]
    return Phase(segment.amount * times, unit)


def _is_part_of_day(phase: Phase) -> bool:
    return phase.unit == "calendar_day" and phase.value % 1 != 0
