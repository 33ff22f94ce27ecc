"""What a rule is: its id, how grave it is, what it says and what it advises, in Vietnamese and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from app.definition.words import Words
from app.vietnamese.dates import format_date
from app.vietnamese.text import hidden_characters

Param = str | int | Decimal | Fraction | date | Words | tuple[str, ...]

LONGEST_SHOWN = 300  # characters of one parameter; a hostile file must not flood the screen
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Severity(StrEnum):
    """How grave a problem is."""

    ERROR = "error"  # blocks loading the file
    PUBLISH = "publish"  # blocks publishing
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table.

    A cure is sentences divided by `|`: those whose parameters are given; if there are none, those without parameters.
    """

    id: str
    severity: Severity
    en: str
    vi: str
    cure_en: str
    cure_vi: str

    def needs(self) -> frozenset[str]:
        """Names of the parameters without which the message cannot be said."""
        return frozenset(_PLACE.findall(self.en))

    def message(self, params: Mapping[str, Param], locale: str) -> str:
        """What is wrong."""
        return _filled(self.en if locale == "en" else self.vi, params, locale)

    def hint(self, params: Mapping[str, Param], locale: str) -> str:
        """What is allowed and what to write instead."""
        if "cure" in params:
            return shown(params["cure"], locale)
        cure = self.cure_en if locale == "en" else self.cure_vi
        said, always = [], []
        for sentence in map(str.strip, cure.split("|")):
            names = _PLACE.findall(sentence)
            if not names:
                always.append(sentence)
            elif all(params.get(name) not in (None, "", ()) for name in names):
                said.append(_filled(sentence, params, locale))
        return " ".join(said or always)


def _filled(text: str, params: Mapping[str, Param], locale: str) -> str:
    # Not str.format: a parameter may hold braces, and `{0.__class__}` must stay what it is.
    return _PLACE.sub(lambda place: shown(params[place[1]], locale), text)


def shown(value: Param, locale: str) -> str:
    """One parameter as it is read by people: on one line, nothing hidden in it, not endless."""
    if isinstance(value, Words):
        value = value.en if locale == "en" else value.vi
    elif isinstance(value, tuple):
        value = ", ".join(f'"{one}"' for one in value)
    elif isinstance(value, date):
        value = value.isoformat() if locale == "en" else format_date(value)
    return visible(str(value))


def visible(text: str) -> str:
    """Hidden and direction characters are spelled out: a file name or a key must not be able to steer a terminal."""
    text = " ".join(text.split("\n"))
    for hidden in hidden_characters(text):
        text = text.replace(hidden.character, f"<{hidden.name}>")
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
