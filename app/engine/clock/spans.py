"""Turns the phases of a limit into what can be counted: days, office minutes, or the same day (rules 11, 16–19)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from app.engine.clock.settings import ClockSettings
from app.engine.clock.values import Amount, LimitError, Phase, Unit

MINUTES_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class Span:
    """`amount` is whole: days of `unit` (or months), minutes for `hours`, nothing for `same_day`."""

    kind: Literal["days", "hours", "same_day"]
    unit: Unit
    amount: int


def extended(phases: tuple[Phase, ...], addition: Phase, at: int = -1) -> tuple[Phase, ...]:
    """An addition in the unit of that phase goes to its value, else it is a further phase behind it (rules 18, 24)."""
    if exact(addition.value) < 0:
        raise _negative(addition)
    if not phases:
        return phases
    number = at % len(phases)
    phase = phases[number]
    if phase.unit == addition.unit and phase.unit != "same_day":
        grown: tuple[Phase, ...] = (Phase(exact(phase.value) + exact(addition.value), phase.unit),)
    else:
        grown = (phase, addition)
    return (*phases[:number], *grown, *phases[number + 1 :])


def with_additions(phases: tuple[Phase, ...], additions: Iterable[Phase]) -> tuple[Phase, ...]:
    """The limit with every addition that applies."""
    for addition in additions:
        phases = extended(phases, addition)
    return phases


def is_zero(phases: tuple[Phase, ...]) -> bool:
    """Rule 17: a limit whose every phase is 0."""
    return all(phase.unit != "same_day" and phase.value == 0 for phase in phases)


def spans_of(phases: tuple[Phase, ...], settings: ClockSettings, *, steps: bool = False) -> tuple[Span, ...]:
    """What is counted one after the other; raises `LimitError`."""
    return tuple(span for group in spans_by_phase(phases, settings, steps=steps) for span in group)


def spans_by_phase(
    phases: tuple[Phase, ...], settings: ClockSettings, *, steps: bool = False
) -> tuple[tuple[Span, ...], ...]:
    """One or, for days and then hours, two spans for each phase."""
    return tuple(_spans(phase, settings, steps) for phase in phases)


def _spans(phase: Phase, settings: ClockSettings, steps: bool) -> tuple[Span, ...]:
    if phase.unit == "same_day":
        return (Span("same_day", "same_day", 0),)
    value = exact(phase.value)
    if value < 0:
        raise _negative(phase)
    if phase.unit == "hour":
        return (_hours(value),)
    if phase.unit == "working_day":
        return _working_days(value, settings, steps)
    return (Span("days", phase.unit, _whole(value, phase)),)


def _working_days(value: Fraction, settings: ClockSettings, steps: bool) -> tuple[Span, ...]:
    by_hours = steps and settings.step_days == "hours"
    if value.denominator == 1 and not by_hours:
        return (Span("days", "working_day", int(value)),)
    if value > 1 and settings.fraction == "day_then_hours" and not by_hours:
        days = int(value)
        return (Span("days", "working_day", days), _hours((value - days) * settings.hours_per_day))
    return (_hours(value * settings.hours_per_day),)


def _hours(hours: Fraction) -> Span:
    minutes = hours * MINUTES_PER_HOUR
    if minutes.denominator != 1:
        raise LimitError("limit_fraction", f"{float(hours)} hours are not whole minutes")
    return Span("hours", "hour", int(minutes))


def _whole(value: Fraction, phase: Phase) -> int:
    if value.denominator != 1:
        raise LimitError("limit_fraction", f"{phase.value} {phase.unit} is not a whole number")
    return int(value)


def _negative(phase: Phase) -> LimitError:
    return LimitError("limit_negative", f"{phase.value} {phase.unit} is less than nothing")


@lru_cache(maxsize=1024)
def exact(value: Amount) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not the nearest binary number."""
    if isinstance(value, float):
        return Fraction(Decimal(repr(value)))
    return Fraction(value)
