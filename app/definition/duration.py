"""Durations as the law writes them (section 4.1): `5 working days`, `3 days + 1 month`, `same day`, `until x`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from app.definition.text_problem import TextProblem, Words, same

Unit = Literal["hour", "working_day", "day", "week", "month", "year"]
Kind = Literal["segments", "same_day", "at_once", "none", "phases", "until"]
DurationProblem = TextProblem
MOST_REMEMBERED = 512  # texts read once: procedures are full of the same few

# Every spelling of a unit, and the one the canonical text uses: (singular, plural).
UNIT_SPELLINGS: dict[str, Unit] = {
    "hour": "hour",
    "hours": "hour",
    "working day": "working_day",
    "working days": "working_day",
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
}
_ENGLISH: dict[Unit, str] = {
    "hour": "hour",
    "working_day": "working day",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
}
_VIETNAMESE: dict[Unit, str] = {
    "hour": "giờ",
    "working_day": "ngày làm việc",
    "day": "ngày",
    "week": "tuần",
    "month": "tháng",
    "year": "năm",
}
# Units counted together, and how many of the smallest each is worth (weeks = 7 days, years = 12 months: ruling 8).
Family = Literal["working", "days", "months"]
_WORTH: dict[Unit, tuple[Family, int]] = {
    "hour": ("working", 1),
    "working_day": ("working", 8),
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("months", 12),
}
_SMALLEST: dict[Family, Unit] = {"working": "hour", "days": "day", "months": "month"}
_WORD_KINDS: dict[str, Kind] = {"same day": "same_day", "at once": "at_once", "none": "none", "phases": "phases"}
_KIND_VIETNAMESE: dict[Kind, str] = {
    "same_day": "trong ngày",
    "at_once": "ngay",
    "none": "không quy định thời hạn",
    "phases": "theo thời hạn của từng giai đoạn",
}

LONGEST_TEXT = 500
LARGEST_AMOUNT = 9999
_SEGMENT = re.compile(r"(?P<amount>[0-9][0-9.,_]*)[ \t]*(?P<unit>[^\W\d_]+(?:[ \t]+[^\W\d_]+)*)")
_AMOUNT = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,6})?")
_QUARTERS = frozenset({Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)})


def family_of(unit: Unit) -> Family:
    """Which units it can be counted together with."""
    return _WORTH[unit][0]


def amount_text(amount: Fraction, decimal_mark: str = ".") -> str:
    """`3`, `1.5`, `0.25`: amounts are quarters, so two decimals are always enough."""
    whole, rest = divmod(amount, 1)
    digits = f"{int(rest * 100):02d}".rstrip("0")
    return f"{int(whole)}{decimal_mark}{digits}" if digits else str(int(whole))


@dataclass(frozen=True, slots=True)
class Segment:
    """An amount of one unit."""

    amount: Fraction
    unit: Unit

    def to_text(self) -> str:
        """The canonical English spelling."""
        return f"{amount_text(self.amount)} {_ENGLISH[self.unit]}{'' if self.amount == 1 else 's'}"

    def to_vietnamese(self) -> str:
        """As it is read aloud: `1,5 ngày làm việc`."""
        return f"{amount_text(self.amount, ',')} {_VIETNAMESE[self.unit]}"


@dataclass(frozen=True, slots=True)
class Duration:
    """Segments one after the other, or one of the special limits; ``until`` holds the text of a date expression."""

    segments: tuple[Segment, ...] = ()
    kind: Kind = "segments"
    until: str | None = None
    until_offset: int = 0

    def to_text(self) -> str:
        """The canonical English spelling, which `parse_duration` reads back."""
        if self.kind == "segments":
            return " + ".join(segment.to_text() for segment in self.segments)
        return f"until {self.until}" if self.kind == "until" else self.kind.replace("_", " ")

    def to_vietnamese(self, until: str = "") -> str:
        """As people read it; ``until`` is the prose of the date expression, known to whoever parsed it."""
        if self.kind == "segments":
            return " cộng ".join(segment.to_vietnamese() for segment in self.segments)
        return f"đến hết {until or self.until}" if self.kind == "until" else _KIND_VIETNAMESE[self.kind]

    def measure(self) -> tuple[tuple[str, Fraction], ...]:
        """What two spellings of the same duration have in common: `8 hours` and `1 working day` measure alike."""
        if self.kind != "segments":
            return ((self.to_text(), Fraction(0)),)
        measured: list[tuple[str, Fraction]] = []
        for segment in self.segments:
            family, worth = _WORTH[segment.unit]
            before = measured.pop()[1] if measured and measured[-1][0] == family else Fraction(0)
            measured.append((family, before + segment.amount * worth))
        return tuple(measured)

    def plus(self, other: "Duration") -> "Duration":
        """This, then the other; equal units add up, units of one family meet in the smallest."""
        segments = list(self.segments)
        for segment in other.segments:
            last = segments[-1] if segments else None
            if last is None or family_of(last.unit) != family_of(segment.unit):
                segments.append(segment)
            else:
                segments[-1] = _added(last, segment)
        return Duration(tuple(segments))


def _added(first: Segment, second: Segment) -> Segment:
    if first.unit == second.unit:
        return Segment(first.amount + second.amount, first.unit)
    family, worth = _WORTH[first.unit]
    return Segment(first.amount * worth + second.amount * _WORTH[second.unit][1], _SMALLEST[family])


@lru_cache(maxsize=MOST_REMEMBERED)
def parse_duration(text: str, *, steps: bool = False) -> Duration | DurationProblem:
    """Read a duration; ``steps``: a step's own budget, where quarters of calendar days are allowed (ruling 9)."""
    words = " ".join(text.split())
    if len(text) > LONGEST_TEXT or not words:
        return _not_a_duration(text, 0, len(text))
    if words in _WORD_KINDS:
        return Duration(kind=_WORD_KINDS[words])
    until = re.match(r"\s*until\s+(?=\S)", text)
    if until:
        return Duration(kind="until", until=text[until.end() :].rstrip(), until_offset=until.end())
    segments: list[Segment] = []
    for start, piece in _pieces(text):
        segment = _read_segment(piece, start, steps=steps)
        if isinstance(segment, TextProblem):
            return segment
        segments.append(segment)
    return Duration(tuple(segments))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """The texts between the plus signs, an empty one where there is nothing."""
    start = 0
    for piece in text.split("+"):
        yield start + len(piece) - len(piece.lstrip()), piece.strip()
        start += len(piece) + 1


def _read_segment(piece: str, start: int, *, steps: bool) -> Segment | DurationProblem:
    match = _SEGMENT.fullmatch(piece)
    unit = UNIT_SPELLINGS.get(" ".join(match["unit"].split())) if match else None
    if match is None or unit is None or not _AMOUNT.fullmatch(match["amount"]):
        return _not_a_duration(piece, start, len(piece))
    amount = Fraction(match["amount"])
    if amount == 0:
        return _not_a_duration(piece, start, len(piece))
    return fraction_problem(amount, unit, start, len(piece), steps=steps) or Segment(amount, unit)


def fraction_problem(amount: Fraction, unit: Unit, start: int, length: int, *, steps: bool) -> DurationProblem | None:
    """T06: quarters of hours and working days; of calendar days in step budgets only; of longer units never."""
    if amount.denominator == 1:
        return None
    divisible = family_of(unit) == "working" or (unit == "day" and steps)
    if divisible and amount % 1 in _QUARTERS:
        return None
    cure = Words(
        "Dùng .25, .5 hoặc .75 của giờ hay ngày làm việc, hoặc đổi sang giờ. Ví dụ: 4 hours",
        "Use .25, .5 or .75 of hours or working days, or write hours. Example: 4 hours",
    )
    return DurationProblem("T06", start, length, {}, cure)


def _not_a_duration(text: str, start: int, length: int) -> DurationProblem:
    params = {
        "expected": Words("khoảng thời gian", "a duration"),
        "found": same(text[:60] or '""'),
    }
    cure = Words(
        "Viết số (đến 9999) và đơn vị hours, working days, days, weeks, months hoặc years, nối bằng +; "
        "hoặc same day, at once, none, phases, until <ngày>. Ví dụ: 5 working days",
        "Write a number (up to 9999) and hours, working days, days, weeks, months or years, joined by +; "
        "or same day, at once, none, phases, until <date>. Example: 5 working days",
    )
    return DurationProblem("K03", start, length, params, cure)
