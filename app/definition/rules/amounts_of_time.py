"""Durations measured against each other without a calendar: exact within one unit, with a margin across units.

Hours of office time are the common measure. Five of seven calendar days are working days; a comparison that mixes units
gives the benefit of the doubt, because holidays and the day of the week decide.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.definition.duration import Duration, Unit
from app.definition.words import Words
from app.vietnamese.numbers import format_number

Amount = Fraction | int
HOURS_A_DAY = 8
_WORKING: dict[Unit, int] = {"hour": 1, "working_day": HOURS_A_DAY}
_CALENDAR: dict[Unit, int] = {"day": 1, "week": 7, "month": 30, "year": 365}
_SHARE = Fraction(5, 7) * HOURS_A_DAY  # office hours of one calendar day, on average
_PARTS_OF_HOUR = 840  # sevenths of a quarter of an hour and the like become whole
_PARTS_OF_DAY = int(_SHARE * _PARTS_OF_HOUR)
_MARGIN = Fraction(3 * HOURS_A_DAY)


@dataclass(frozen=True, slots=True)
class Span:
    """Office hours, and calendar days kept apart from them."""

    hours: Amount = 0
    days: Amount = 0

    def plus(self, other: "Span") -> "Span":
        """Both together."""
        return Span(self.hours + other.hours, self.days + other.days)

    def weight(self) -> Amount:
        """About how many office hours it takes."""
        return self.hours + self.days * _SHARE if self.days else self.hours

    def whole_weight(self) -> int:
        """The same in whole parts of an hour, for comparing very many."""
        return int(self.hours * _PARTS_OF_HOUR + self.days * _PARTS_OF_DAY)

    def longer_than(self, other: "Span") -> bool:
        """Whether it surely takes longer."""
        if not self.days and not other.days:
            return self.hours > other.hours
        if not self.hours and not other.hours:
            return self.days > other.days
        return self.weight() > other.weight() + _MARGIN

    def words(self) -> Words:
        """`5,5 ngày làm việc cộng 40 ngày`."""
        vi, en = [], []
        if self.hours or not self.days:
            whole = Fraction(self.hours) / HOURS_A_DAY
            number = whole if self.hours >= HOURS_A_DAY else self.hours
            unit = ("ngày làm việc", "working days") if self.hours >= HOURS_A_DAY else ("giờ", "hours")
            vi.append(f"{format_number(_decimal(number))} {unit[0]}")
            en.append(f"{float(number):g} {unit[1]}")
        if self.days:
            vi.append(f"{format_number(_decimal(self.days))} ngày")
            en.append(f"{float(self.days):g} days")
        return Words(" cộng ".join(vi), " + ".join(en))


def _decimal(value: Amount) -> Decimal:
    return round(Decimal(value.numerator) / Decimal(value.denominator), 2)


def span_of(duration: Duration | None) -> Span | None:
    """How long it is; None where no length can be told (none, until, phases). The same day is one working day."""
    if duration is None:
        return None
    if duration.kind == "same_day":
        return Span(HOURS_A_DAY)
    if duration.kind == "at_once":
        return Span()
    if duration.kind != "segments":
        return None
    total = Span()
    for segment in duration.segments:
        if segment.unit in _WORKING:
            total = total.plus(Span(_whole(_whole(segment.amount) * _WORKING[segment.unit])))
        else:
            total = total.plus(Span(0, _whole(_whole(segment.amount) * _CALENDAR[segment.unit])))
    return total


def _whole(amount: Amount) -> Amount:
    """A whole number as int: sums of them are made ten times as fast."""
    return amount.numerator if amount.denominator == 1 else amount
