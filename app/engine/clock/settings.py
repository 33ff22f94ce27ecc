"""The settings of the clock with their defaults (section 7 of the rules): each is configuration with history."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal


class SettingFault(ValueError):
    """A setting that does not exist or cannot have that value."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name, self.message = name, message


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """First value = default. `cutoff` None: there is no cut-off."""

    cutoff: str | None = "15:00"
    cutoff_exact: Literal["before", "after"] = "before"
    cutoff_moves: tuple[str, ...] = ("hand_over", "same_day", "hours")
    receipt_outside_hours: Literal["as_recorded", "next_opening"] = "as_recorded"
    end_of_day: Literal["office", "midnight"] = "office"
    hours_per_day: int = 8
    fraction: Literal["hours", "day_then_hours"] = "hours"
    step_days: Literal["hours", "days"] = "hours"
    zero_step: Literal["unmeasured", "at_once"] = "unmeasured"
    early_by: Literal["date", "moment"] = "date"
    class_against: Literal["original", "extended"] = "original"
    late_apology: Literal["flag", "refuse"] = "flag"
    warn_days: tuple[int, ...] = (3, 1)
    apology_days: int = 1
    citizen_end: Literal["midnight", "office"] = "midnight"
    hand_over_grace: int = 60
    wait_counts: bool = False

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "ClockSettings":
        """Only what differs from the defaults; raises `SettingFault` naming a wrong one."""
        known = [item.name for item in fields(cls)]
        for name, value in values.items():
            if name not in known:
                raise SettingFault(name, f"there is no such setting; there are {', '.join(known)}")
            _check(name, value)
        read: dict[str, Any] = {name: tuple(it) if isinstance(it, list) else it for name, it in values.items()}
        if read.get("cutoff") == "none":
            read["cutoff"] = None
        return cls(**read)

    @property
    def cutoff_minute(self) -> int | None:
        """The cut-off as a minute of the day."""
        return _minute(self.cutoff) if self.cutoff is not None else None

    @property
    def starts_at_next_opening(self) -> bool:
        """Whether a start outside office hours has its day zero on the next working day (rules 7 and 8)."""
        return self.receipt_outside_hours == "next_opening" or "days" in self.cutoff_moves


CHOICES: dict[str, tuple[str, ...]] = {
    "cutoff_exact": ("before", "after"),
    "receipt_outside_hours": ("as_recorded", "next_opening"),
    "end_of_day": ("office", "midnight"),
    "fraction": ("hours", "day_then_hours"),
    "step_days": ("hours", "days"),
    "zero_step": ("unmeasured", "at_once"),
    "early_by": ("date", "moment"),
    "class_against": ("original", "extended"),
    "late_apology": ("flag", "refuse"),
    "citizen_end": ("midnight", "office"),
}
CUTOFF_MOVES = ("hand_over", "same_day", "hours", "days")
# smallest and largest whole number of each
NUMBERS = {"hours_per_day": (1, 24), "apology_days": (0, 366), "hand_over_grace": (0, 24 * 60)}
LONGEST_WARNING = 366


@lru_cache(maxsize=64)
def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _check(name: str, value: object) -> None:
    if name in CHOICES:
        if value not in CHOICES[name]:
            raise SettingFault(name, f"{value!r} is none of {', '.join(CHOICES[name])}")
    elif name in NUMBERS:
        _check_number(name, value, *NUMBERS[name])
    elif name == "wait_counts":
        if not isinstance(value, bool):
            raise SettingFault(name, f"{value!r} is not true or false")
    elif name == "cutoff":
        _check_cutoff(value)
    else:
        _check_list(name, value)


def _check_number(name: str, value: object, least: int, most: int) -> None:
    if type(value) is not int or not least <= value <= most:
        raise SettingFault(name, f"{value!r} is not a whole number from {least} to {most}")


def _check_cutoff(value: object) -> None:
    if value is None or value == "none":
        return
    parts = value.split(":") if isinstance(value, str) else []
    if [len(part) for part in parts] != [2, 2] or not all(part.isascii() and part.isdecimal() for part in parts):
        raise SettingFault("cutoff", f'{value!r} is not a time such as "15:00", nor none')
    if int(parts[0]) > 23 or int(parts[1]) > 59:
        raise SettingFault("cutoff", f"{value!r} is not a time of the day")


def _check_list(name: str, value: object) -> None:
    if not isinstance(value, list | tuple):
        raise SettingFault(name, f"{value!r} is not a list")
    for item in value:
        if name == "warn_days":
            _check_number(name, item, 0, LONGEST_WARNING)
        elif item not in CUTOFF_MOVES:
            raise SettingFault(name, f"{item!r} is none of {', '.join(CUTOFF_MOVES)}")


DEFAULT_SETTINGS = ClockSettings()
