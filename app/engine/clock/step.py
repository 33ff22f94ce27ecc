"""The due moment of one visit's budget, fast: it is asked on every move (rule 19)."""

from datetime import datetime
from fractions import Fraction

from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings
from app.engine.clock.spans import MINUTES_PER_HOUR
from app.engine.clock.start import Start
from app.engine.clock.stretch import Track
from app.engine.clock.values import Amount, Phase, Unit


def step_due(
    amount: Amount, unit: Unit, entered: datetime, calendar: Calendar, settings: ClockSettings
) -> datetime | None:
    """Due moment of a budget that runs from `entered` without a pause; None for a zero that is not measured.

    The everyday budgets, whole hours and working days, go straight to the calendar's tables.
    """
    whole = _whole(amount)
    if whole > 0:
        if unit == "hour":
            return calendar.add_office_minutes(entered, whole * MINUTES_PER_HOUR)
        if unit == "working_day":
            if settings.step_days == "hours":
                return calendar.add_office_minutes(entered, whole * settings.hours_per_day * MINUTES_PER_HOUR)
            if settings.end_of_day == "office" and not settings.starts_at_next_opening:
                return calendar.closing_after(entered, whole)
    return budget_due((Phase(amount, unit),), entered, calendar, settings)


def budget_due(
    phases: tuple[Phase, ...], entered: datetime, calendar: Calendar, settings: ClockSettings
) -> datetime | None:
    """The same for a budget of several phases or any unit."""
    start = Start(entered.replace(second=0, microsecond=0), "entered", steps=True)
    return Track(start, (), calendar, settings).due(phases)


def _whole(amount: Amount) -> int:
    if type(amount) is int:
        return amount
    return amount.numerator if type(amount) is Fraction and amount.denominator == 1 else 0
