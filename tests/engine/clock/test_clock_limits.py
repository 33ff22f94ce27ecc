"""Durations of the definition language as phases of the clock."""

from fractions import Fraction

import pytest

from app.definition.duration import Duration, parse_duration
from app.engine.clock import Phase, budget_phases, limit_phases


def read(text: str, *, steps: bool = False) -> Duration:
    duration = parse_duration(text, steps=steps)
    assert isinstance(duration, Duration)
    return duration


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("5 working days", (Phase(5, "working_day"),)),
        ("2 weeks", (Phase(14, "calendar_day"),)),
        ("1 year", (Phase(12, "month"),)),
        ("1.5 hours", (Phase(Fraction(3, 2), "hour"),)),
        ("3 working days + 70 days + 1 month", (Phase(3, "working_day"), Phase(70, "calendar_day"), Phase(1, "month"))),
        ("same day", (Phase(0, "same_day"),)),
        ("at once", (Phase(0, "hour"),)),
        ("none", ()),
    ],
)
def test_a_duration_becomes_phases(text: str, phases: tuple[Phase, ...]) -> None:
    assert limit_phases(read(text)) == budget_phases(read(text)) == phases


def test_a_part_of_a_calendar_day_is_office_hours_in_a_budget() -> None:
    assert budget_phases(read("0.25 days", steps=True)) == (Phase(Fraction(1, 4), "working_day"),)
    assert limit_phases(read("0.25 days", steps=True)) == (Phase(Fraction(1, 4), "calendar_day"),)


@pytest.mark.parametrize("text", ["phases", "until deadline"])
def test_what_is_no_length_must_be_resolved_before(text: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        limit_phases(read(text))
