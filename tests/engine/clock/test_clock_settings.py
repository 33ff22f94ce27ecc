"""Settings of the clock: the defaults are those of the rules, anything else is refused by name."""

from typing import Any

import pytest

from app.engine.clock import DEFAULT_SETTINGS, ClockSettings, SettingFault


def test_nothing_given_is_the_default() -> None:
    assert ClockSettings.from_mapping({}) == DEFAULT_SETTINGS


def test_every_setting_can_be_given() -> None:
    given: dict[str, Any] = {
        "cutoff": "14:30",
        "cutoff_exact": "after",
        "cutoff_moves": ["hand_over", "days"],
        "receipt_outside_hours": "next_opening",
        "end_of_day": "midnight",
        "hours_per_day": 7,
        "fraction": "day_then_hours",
        "step_days": "days",
        "zero_step": "at_once",
        "early_by": "moment",
        "class_against": "extended",
        "late_apology": "refuse",
        "warn_days": [5, 2, 1],
        "apology_days": 2,
        "citizen_end": "office",
        "hand_over_grace": 30,
        "wait_counts": True,
    }
    settings = ClockSettings.from_mapping(given)
    read = {name: getattr(settings, name) for name in given}
    assert {name: list(value) if isinstance(value, tuple) else value for name, value in read.items()} == given
    assert settings.cutoff_minute == 14 * 60 + 30


@pytest.mark.parametrize("cutoff", [None, "none"])
def test_there_may_be_no_cutoff(cutoff: str | None) -> None:
    assert ClockSettings.from_mapping({"cutoff": cutoff}).cutoff_minute is None


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("cutof", "15:00", "there is no such setting; there are cutoff, "),
        ("cutoff", "3pm", "not a time such as"),
        ("cutoff", 900, "not a time such as"),
        ("cutoff", "15:0x", "not a time such as"),
        ("cutoff", "24:00", "not a time of the day"),
        ("cutoff", "10:60", "not a time of the day"),
        ("cutoff_exact", "at", "none of before, after"),
        ("cutoff_moves", "hand_over", "not a list"),
        ("cutoff_moves", ["steps"], "'steps' is none of hand_over"),
        ("warn_days", [3, -1], "-1 is not a whole number from 0"),
        ("warn_days", [1.5], "1.5 is not a whole number"),
        ("hours_per_day", 0, "0 is not a whole number from 1 to 24"),
        ("apology_days", True, "True is not a whole number"),
        ("wait_counts", 1, "1 is not true or false"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: object, message: str) -> None:
    with pytest.raises(SettingFault) as caught:
        ClockSettings.from_mapping({name: value})
    assert caught.value.name == name
    assert message in caught.value.message
