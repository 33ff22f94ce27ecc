"""Due dates in working days and hours a second, ours beside numpy's scalar `busday_offset`, judged by a day walker.

Run as `python -m bench.workdays`. The module also answers `add_working_days(date, n)` and `add_working_hours(datetime,
hours)`, so that a run with other peers can take ours in by this module's name. Days off come from the package
`holidays` (Viet Nam 2024–2028) where it is installed, else from config/calendar; numpy is handed the same.
"""

import datetime as dt
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from app.engine.calendar import Calendar

FIRST, LAST = dt.date(2023, 12, 1), dt.date(2029, 12, 31)
CONFIG = Path(__file__).parents[1] / "config" / "calendar"
REPETITIONS, SECONDS = 5, 0.3
WANTED = 8.0
DAY = dt.timedelta(days=1)

Days = dict[dt.date, str]
DayCase = tuple[dt.date, int]
HourCase = tuple[dt.datetime, int]


@cache
def days_known() -> tuple[Days, Days]:
    """Days off and make-up days."""
    try:
        import holidays
    except ModuleNotFoundError:
        return _days_of_config()
    viet_nam = holidays.country_holidays("VN", years=range(2024, 2029))
    return dict(viet_nam), dict.fromkeys(viet_nam.weekend_workdays, "Làm bù")


def _days_of_config() -> tuple[Days, Days]:
    import yaml

    from app.definition.calendar_years import edition_from_years

    files = (yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in sorted(CONFIG.glob("*.yaml")))
    edition = edition_from_years({**year, "projection": False} for year in files)
    return tuple(  # type: ignore[return-value]
        {dt.date.fromisoformat(day): title for day, title in edition[key].items()}
        for key in ("days_off", "makeup_days")
    )


@cache
def calendar() -> Calendar:
    """Ours, laid out once."""
    off, makeup = ({day.isoformat(): title for day, title in days.items()} for days in days_known())
    hours = [{"from": "01-01", "intervals": [["07:30", "11:30"], ["13:00", "17:00"]]}]
    return Calendar.from_edition(
        {
            "known_from": FIRST.isoformat(),
            "known_to": LAST.isoformat(),
            "weekly_off": [6, 7],
            "office_hours": hours,
            "days_off": off,
            "makeup_days": makeup,
        }
    )


def __getattr__(name: str) -> Any:
    if name in ("add_working_days", "add_working_hours"):
        return getattr(calendar(), name)
    raise AttributeError(name)


# ---- the judge


def is_worked(day: dt.date) -> bool:
    off, makeup = days_known()
    return day in makeup or (day.isoweekday() < 6 and day not in off)


def walked_days(day: dt.date, n: int) -> dt.date:
    while n:
        day += DAY
        n -= is_worked(day)
    return day


def walked_hours(moment: dt.datetime, hours: int) -> dt.datetime:
    """A quarter of an hour at a time, which every opening, closing and case is a multiple of."""
    quarters, step = hours * 4, dt.timedelta(minutes=15)
    while True:
        minute = moment.hour * 60 + moment.minute
        quarters -= is_worked(moment.date()) and (450 <= minute < 690 or 780 <= minute < 1020)
        moment += step
        if not quarters:
            return moment


# ---- the run


def cases() -> tuple[list[DayCase], list[HourCase]]:
    dice = random.Random(7)
    start = dt.date(2024, 1, 2)
    days = [(start + dice.randrange(1400) * DAY, dice.randint(1, 30)) for _ in range(2000)]
    midnight = dt.datetime.combine(start, dt.time())
    hours = [
        (
            midnight
            + dice.randrange(1400) * DAY
            + dt.timedelta(hours=dice.choice((7, 8, 9, 10, 14, 15, 16)), minutes=45),
            n,
        )
        for n in (dice.randint(1, 80) for _ in range(500))
    ]
    return days, hours


def rate(function: Callable[[Any, int], Any], given: Sequence[tuple[Any, int]]) -> float:
    """Median calls a second."""

    def once() -> float:
        begin = time.perf_counter()
        for moment, n in given:
            function(moment, n)
        return time.perf_counter() - begin

    rounds = max(1, int(SECONDS / max(once(), 1e-6)))
    found = []
    for _ in range(REPETITIONS):
        gc.collect()
        found.append(rounds * len(given) / sum(once() for _ in range(rounds)))
    return statistics.median(found)


def measure(
    case: str, function: Callable[[Any, int], Any], given: Sequence[Any], expected: Sequence[Any]
) -> dict[str, Any]:
    wrong = sum(function(*one) != right for one, right in zip(given, expected, strict=True))
    return {"case": case, "unit": "due dates/s", "median": round(rate(function, given)), "wrong": wrong}


def numpy_scalar() -> Callable[[dt.date, int], dt.date] | None:
    try:
        import numpy as np
    except ModuleNotFoundError:
        return None
    known = np.busdaycalendar(holidays=sorted(days_known()[0]))
    return lambda day, n: np.busday_offset(np.datetime64(day), n, roll="backward", busdaycal=known).item()


def main() -> int:
    """One JSON line a figure, a readable table beside it; 1 if ours is wrong or not fast enough."""
    days, hours = cases()
    right_days, right_hours = [walked_days(*one) for one in days], [walked_hours(*one) for one in hours]
    ours = measure("ours, working days", calendar().add_working_days, days, right_days)
    rows = [ours, measure("ours, working hours", calendar().add_working_hours, hours, right_hours)]
    peer = numpy_scalar()
    if peer is not None:
        rows.append(measure("numpy.busday_offset scalar", peer, days, right_days))
        ours["ratio_to_numpy"] = round(ours["median"] / rows[-1]["median"], 2)
    for row in rows:
        print(json.dumps({"bench": "workdays", **row}, ensure_ascii=False))
        print(f"  {row['case']:<32}{row['median']:>14,} due dates/s   {row['wrong']} wrong", file=sys.stderr)
    is_slow = ours.get("ratio_to_numpy", WANTED) < WANTED
    return int(is_slow or any(row["wrong"] for row in rows[:2]))


if __name__ == "__main__":
    sys.exit(main())
