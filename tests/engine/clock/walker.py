"""Counts due moments the slow way, day by day and minute by minute, straight from the rules: the judge of the tables.

It shares nothing with the engine but the JSON of the calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
Span = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class Walker:
    edition: dict[str, Any]

    def works(self, day: date) -> bool:
        if day.isoformat() in self.edition["makeup_days"]:
            return True
        return day.isoformat() not in self.edition["days_off"] and day.isoweekday() not in self.edition["weekly_off"]

    def intervals(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.works(day):
            return []
        key = f"{day:%m-%d}"
        entry = [e for e in self.edition["office_hours"] if e["from"] <= key][-1]
        return [(_at(day, begin), _at(day, end)) for begin, end in entry["intervals"]]

    def next_working(self, day: date) -> date:
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def closing(self, day: date) -> datetime:
        return self.intervals(day)[-1][1]

    def days_due(self, start: datetime, n: int, pauses: list[Span], *, working: bool) -> datetime | None:
        """Rules 7, 11, 12, 20 and 21 for one phase of n >= 1 days."""
        day, counted = start.date(), 0
        while counted < n:
            day += DAY
            if any(end is None and day > begin.date() for begin, end in pauses):
                return None
            still = any(begin.date() < day and (end is None or day <= end.date()) for begin, end in pauses)
            counted += not still and (self.works(day) or not working)
        while not self.works(day):
            day += DAY
        return self.settled(self.closing(day), pauses)

    def settled(self, due: datetime, pauses: list[Span]) -> datetime | None:
        while True:
            over = [end for begin, end in pauses if begin <= due and (end is None or due < end)]
            if not over:
                return due
            if None in over:
                return None
            due = self.closing(self.next_working(max(end for end in over if end).date()))

    def hours_due(self, start: datetime, minutes: int, pauses: list[Span]) -> datetime | None:
        """Rules 9, 15 and 22: look at every minute."""
        now, run = start, 0
        while True:
            if any(begin <= now and end is None for begin, end in pauses):
                return None
            if any(begin <= now < end for begin, end in self.intervals(now.date())):
                run += not any(begin <= now and (end is None or now < end) for begin, end in pauses)
                if run == minutes:
                    return now + MINUTE
                now += MINUTE
            else:
                now = self.skip(now, pauses)

    def skip(self, now: datetime, pauses: list[Span]) -> datetime:
        """Out of office: to the next opening or the next pause, whichever comes first."""
        day = now.date()
        later = [begin for begin, _ in self.intervals(day) if begin > now]
        while not later:
            day += DAY
            later = [begin for begin, _ in self.intervals(day)]
        return min([later[0], *(begin for begin, _ in pauses if begin > now)])


def _at(day: date, text: str) -> datetime:
    return datetime.combine(day, datetime.strptime(text, "%H:%M").time())
