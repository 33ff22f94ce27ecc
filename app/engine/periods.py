"""Periods of recurring procedures (section 4.6): which one a day lies in, when it may be filed, when that is late."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from app.definition.model.recurring import Recurs
from app.engine.state import State
from app.engine.timing import citizen_due
from app.engine.turn import Turn
from app.engine.world import World

_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A span of whole days. ``key`` is how it is written: 2026-W35, 2026-08, 2026-Q3, 2026-H2, 2026, 2026-2030."""

    key: str
    first: date
    last: date


def _week(day: date) -> Period:
    year, week, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Period(f"{year:04}-W{week:02}", first, first + timedelta(days=6))


def _months(key: str, year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(key, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _month(day: date) -> Period:
    return _months(f"{day:%Y-%m}", day.year, day.month, 1)


def _quarter(day: date) -> Period:
    number = (day.month + 2) // 3
    return _months(f"{day:%Y}-Q{number}", day.year, 3 * number - 2, 3)


def _half_year(day: date) -> Period:
    number = 1 if day.month <= 6 else 2
    return _months(f"{day:%Y}-H{number}", day.year, 6 * number - 5, 6)


def _year(day: date) -> Period:
    return _months(f"{day:%Y}", day.year, 1, 12)


def _five_years(day: date) -> Period:
    """The five years of the plans of the state: 2021-2025, 2026-2030."""
    first = day.year - (day.year - 1) % 5
    return Period(f"{first}-{first + 4}", date(first, 1, 1), date(first + 4, 12, 31))


_MAKERS: dict[str, Callable[[date], Period]] = {
    "week": _week,
    "month": _month,
    "quarter": _quarter,
    "half_year": _half_year,
    "year": _year,
    "5 years": _five_years,
}
_YEAR = re.compile(r"(19|20)\d\d(?=-|$)")


def period_on(cadence: str, day: date) -> Period:
    """The period of this cadence in which a day lies."""
    return _MAKERS[cadence](day)


def before(cadence: str, period: Period) -> Period:
    """The period that ends the day before this one begins."""
    return period_on(cadence, period.first - _DAY)


def period_named(cadence: str, key: str) -> Period | None:
    """The period that is written so; None for what is no period of this cadence."""
    if not _YEAR.match(key):
        return None
    period = period_on(cadence, date(int(key[:4]), 1, 4))
    while period.key < key and period.first.year <= int(key[:4]):
        period = period_on(cadence, period.last + _DAY)
    return period if period.key == key else None


def cadence_of(recurs: Recurs, answers: Mapping[str, Any]) -> str:
    """How often this dossier recurs; "" where the field that says so is empty."""
    cadence = answers.get(recurs.every, "") if recurs.by_field else recurs.every
    return str(cadence) if cadence in _MAKERS else ""


def opening_of(recurs: Recurs, period: Period, world: World) -> datetime:
    """From when on a period may be filed: the day after it has ended, or later as the procedure says."""
    ended = datetime.combine(period.last, datetime.min.time())
    opens = citizen_due(recurs.opens, ended, world)
    return ended + _DAY if opens is None else datetime.combine(opens.date(), datetime.min.time())


def closing_of(recurs: Recurs, period: Period, world: World) -> datetime | None:
    """The end of the last day on which a period is filed in time."""
    return citizen_due(recurs.closes, datetime.combine(period.last, datetime.min.time()), world)


def current_period(recurs: Recurs, cadence: str, now: datetime, world: World) -> Period:
    """The latest period that may be filed."""
    period = before(cadence, period_on(cadence, now.date()))
    while opening_of(recurs, period, world) > now:
        period = before(cadence, period)
    return period


def may_be_filed(recurs: Recurs, key: str, now: datetime, world: World) -> bool:
    """Whether there is a period written so, for this procedure, and it may be filed by now."""
    for cadence in _MAKERS if recurs.by_field else (recurs.every,):
        period = period_named(cadence, key)
        if period is not None:
            return period.last < now.date() and opening_of(recurs, period, world) <= now
    return False


def is_filed_late(state: State, now: datetime) -> bool:
    """An applicant files by handing in; internal work is filed when it is finished."""
    filed = state.sent_at if state.kind == "service" else state.finished_at or state.ended_at
    return state.period_closes_at is not None and (filed or now) > state.period_closes_at


def fix_period(turn: Turn) -> None:
    """Note once and for all which period the dossier belongs to, as soon as it is known how often it recurs."""
    recurs, state = turn.procedure.recurs, turn.state
    if recurs is None or state.period_closes_at is not None:
        return
    cadence = cadence_of(recurs, state.answers)
    if not cadence:
        return
    asked = period_named(cadence, state.period) if state.period else None
    period = asked or current_period(recurs, cadence, state.received_at or state.sent_at or turn.now, turn.world)
    closes = closing_of(recurs, period, turn.world)
    if closes is not None:
        turn.emit("period_fixed", {"period": period.key, "closes": closes.isoformat()}, by_system=True)
