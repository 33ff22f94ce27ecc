"""How numbers of registers are written (``{n:02}/{type.sign}-{unit.sign}``, section 11), and counting in memory."""

import re
from collections.abc import Mapping
from datetime import datetime

from app.definition.model.organisation import Organisation, Register

DOSSIER_CODE = "dossier-code"
DEFAULT_CODE = Register(DOSSIER_CODE, "", "{unit.code}-{yymmdd}-{n:04}", restarts="day", scope="unit")
_DATES = {"year": "%Y", "yy": "%y", "month": "%m", "yymmdd": "%y%m%d"}
_PART = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)?)(?::0?(\d+))?\}")


def format_number(
    pattern: str, n: int, *, at: datetime, unit: str, organisation: Organisation, values: Mapping[str, str]
) -> str:
    """The number as it is written.

    An empty part swallows the sign after it (``01/SNNMT`` for a letter); at the end, the one before.
    """
    pieces = _PART.split(pattern)  # sign, name, width, sign, name, width, …, sign
    text, swallow = pieces[0], False
    for name, width, sign in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        part = _part(name, width, n, at, unit, organisation, values)
        text += part + (sign if part else sign[1:])
        swallow = not part and not sign
    return text[:-1] if swallow and text and not text[-1].isalnum() else text


def _part(
    name: str, width: str | None, n: int, at: datetime, unit: str, organisation: Organisation, values: Mapping[str, str]
) -> str:
    if name == "n":
        return f"{n:0{int(width or 1)}d}"
    if name in _DATES:
        return at.strftime(_DATES[name])
    owner, _, what = name.partition(".")
    if owner == "agency" and what in ("sign", "code"):
        own = organisation.units.get(organisation.agency.key)
        return str(getattr(organisation.agency, what) or (getattr(own, what) if own is not None else ""))
    if owner == "unit" and what in ("sign", "code"):
        return _inherited(unit, what, organisation)
    return values.get(name, "")


def _inherited(unit: str, what: str, organisation: Organisation) -> str:
    """The sign or code of a unit; a unit without one writes under that of the unit above it, at last the agency's."""
    for key in organisation.ancestry(unit):
        own = getattr(organisation.units[key], what)
        if own:
            return str(own)
    return str(getattr(organisation.agency, what))


def period_of(register: Register, at: datetime) -> str:
    """The span in which a run of numbers counts on; when it changes, counting begins again."""
    return {"year": f"{at:%Y}", "month": f"{at:%Y-%m}", "day": f"{at:%Y-%m-%d}"}.get(register.restarts, "")


class MemoryNumbers:
    """Counts in a dict: for scenarios and tests."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._last: dict[tuple[str, str, str, str], int] = {}

    def take(
        self, register: str, *, unit: str, at: datetime, series: str = "", values: Mapping[str, str] | None = None
    ) -> str:
        """The next number of a register."""
        known = self._organisation.registers.get(register, DEFAULT_CODE if register == DOSSIER_CODE else None)
        book = known or Register(register, register, "{n}")
        run = (register, period_of(book, at), unit if book.scope == "unit" else "", series)
        n = self._last.get(run, book.first - 1) + 1
        self._last[run] = n
        return format_number(book.number, n, at=at, unit=unit, organisation=self._organisation, values=values or {})
