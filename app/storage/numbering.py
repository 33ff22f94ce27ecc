"""Numbers of registers: a counter row raised in the transaction that uses the number, so no gap and no duplicate."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.definition.model.organisation import Organisation, Register
from app.storage.database import is_sqlite
from app.storage.tables import Counter

_COUNTER: Any = Counter.__table__
_KEY = ("register", "scope", "series", "period")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_COUNT = re.compile(r"n(?::0?(\d+))?")
_PERIODS: Mapping[str, str] = {"year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d", "never": ""}


class NumberFault(ValueError):
    """A register is missing or its format holds something unknown: the definition should have been refused."""


class Numbering:
    """The numbers of one transaction (``app.engine.world.NumberSource``)."""

    def __init__(self, session: Session, organisation: Organisation) -> None:
        self._session = session
        self._organisation = organisation

    def take(
        self, register: str, *, unit: str, at: datetime, series: str = "", values: Mapping[str, str] | None = None
    ) -> str:
        """The next number as it is written. The counter stays locked until the transaction ends."""
        found = self._organisation.registers.get(register)
        if found is None:
            known = ", ".join(self._organisation.registers) or "none"
            raise NumberFault(f"register {register!r} does not exist; there are: {known}")
        words = self._words(unit, at, values or {})
        key = {
            "register": register,
            "scope": counter_scope(found, unit, words) if found.scope == "unit" else "",
            "series": series,
            "period": at.strftime(_PERIODS[found.restarts]),
        }
        return written(found.number, self._raise_counter(key, found.first), words)

    def _raise_counter(self, key: Mapping[str, str], first: int) -> int:
        counted = _raising(sqlite.insert if is_sqlite(self._session) else postgresql.insert)
        return int(self._session.connection().execute(counted, {**key, "value": first}).scalar_one())

    def _words(self, unit: str, at: datetime, values: Mapping[str, str]) -> Callable[[str], str]:
        """What each placeholder stands for; a unit without code or sign uses the nearest one above it."""
        words = {
            "year": f"{at.year:04}",
            "yy": f"{at.year % 100:02}",
            "month": f"{at.month:02}",
            "yymmdd": at.strftime("%y%m%d"),
            "agency.code": self._organisation.agency.code,
            "agency.sign": self._organisation.agency.sign,
            "unit.code": self._inherited(unit, "code"),
            "unit.sign": self._inherited(unit, "sign"),
            **values,
        }

        def word(name: str) -> str:
            if name not in words:
                raise NumberFault(f"{{{name}}} is unknown in a number; known are: {', '.join(sorted(words))}, n")
            return words[name]

        return word

    def _inherited(self, unit: str, part: str) -> str:
        units = self._organisation.units
        return next((text for key in self._organisation.ancestry(unit) if (text := getattr(units[key], part))), "")


@lru_cache(maxsize=2)
def _raising(insert: Any) -> Any:
    """Insert the first number or raise the last one, in one statement; built once, since every acceptance runs it."""
    raised = insert(_COUNTER).values({column.name: bindparam(column.name) for column in _COUNTER.columns})
    raised = raised.on_conflict_do_update(index_elements=_KEY, set_={"value": _COUNTER.c.value + 1})
    return raised.returning(_COUNTER.c.value)


def counter_scope(register: Register, unit: str, word: Callable[[str], str]) -> str:
    """Units that print the same code share one run, or their numbers would collide; else every unit has its own."""
    printed = [name for name in _PLACEHOLDER.findall(register.number) if name in ("unit.code", "unit.sign")]
    return "/".join(word(name) for name in printed) if printed else unit


def written(number: str, n: int, word: Callable[[str], str]) -> str:
    """The format filled in. An empty part swallows the sign after it; at the end, the one before."""
    pieces = _PLACEHOLDER.split(number)  # sign, name, sign, name, …, sign
    text, swallow = pieces[0], False
    for name, sign in zip(pieces[1::2], pieces[2::2], strict=True):
        part = _part(name, n, word)
        text += part + (sign if part else sign[1:])
        swallow = not part and not sign
    return text[:-1] if swallow and text and not text[-1].isalnum() else text


def _part(name: str, n: int, word: Callable[[str], str]) -> str:
    count = _COUNT.fullmatch(name)
    return word(name) if count is None else f"{n:0{int(count[1] or 1)}}"
