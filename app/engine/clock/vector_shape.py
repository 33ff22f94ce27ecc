"""Reads one test vector of the clock: every key, unit, type and event checked, the place of a fault named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol, cast

from app.engine.calendar import Calendar
from app.engine.clock.settings import ClockSettings, SettingFault
from app.engine.clock.spans import with_additions
from app.engine.clock.values import GROUNDS, MILESTONES, UNITS, VERBS, ClockEvent, Limit, Phase, Unit
from app.engine.edition import EditionFault, parse_date

VECTOR_KEYS = ("id", "rule", "note", "calendar", "settings", "facts", "limit", "visits", "events", "now", "expect")
READING_KEYS = (
    "due", "original_due", "state", "class", "phases", "hand_over_due", "warn_at", "apology_latest",
    "remaining_minutes", "remaining_text", "citizen_due", "lapse_at", "wait_until", "continues_at",
    "refused", "flags", "explain",
)  # fmt: skip
EXPECT_KEYS = (*READING_KEYS, "visits", "join_due", "error", "year")
LIMIT_KEYS = ("value", "unit", "starts", "cases", "add", "after_supplement", "phases", "none")
EVENT_KEYS = ("type", "at", "pause", "visit", "add", "wait", "citizen", "by", "to", "ground", "calendar")


class VectorFault(ValueError):
    """A file that is no file of vectors: where, and what is expected there."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")
        self.place, self.message = place, message


@dataclass(frozen=True, slots=True)
class Vector:
    """One vector, ready to be run: either `limit` or `visits`."""

    id: str
    rule: str
    calendar: Calendar
    settings: ClockSettings
    limit: Limit | None
    visits: Mapping[str, Limit]
    events: tuple[ClockEvent, ...]
    now: datetime
    expect: Mapping[str, Any]


class CalendarShelf(Protocol):
    """Calendars by name."""

    def calendar(self, name: object, place: str) -> Calendar:
        """The calendar of that name; raises `VectorFault` if there is none."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Reads the parts of a vector; `calendars` holds those that it may name, `facts` what is true."""

    calendars: CalendarShelf
    facts: frozenset[str] = frozenset()

    def limit(self, document: object, place: str, *, steps: bool = False) -> Limit:
        """`{value, unit}` with cases, additions and the limit after a supplement; `{phases}`; or `{none: true}`."""
        spec = mapping(document, place, LIMIT_KEYS)
        after = spec.get("after_supplement")
        starts = text(spec.get("starts", "entered" if steps else "received"), f"{place}.starts")
        if starts in VERBS:
            raise VectorFault(f"{place}.starts", f"{starts!r} cannot start a clock")
        return Limit(
            phases=self.phases(spec, place),
            starts=starts,
            after_supplement=self.phases(mapping(after, f"{place}.after_supplement", LIMIT_KEYS), place)
            if after
            else None,
            steps=steps,
        )

    def phases(self, spec: Mapping[str, Any], place: str) -> tuple[Phase, ...]:
        """The phases with every addition whose fact is true."""
        if "none" in spec:
            if spec["none"] is not True:
                raise VectorFault(f"{place}.none", "can only be true")
            return ()
        if "phases" in spec:
            phases = self.length(spec["phases"], f"{place}.phases")
        else:
            phases = (phase_of(self._case(spec, place), place),)
        additions = list_of(spec.get("add", []), f"{place}.add")
        lines = [self._line(line, f"{place}.add[{number}]") for number, line in enumerate(additions)]
        return with_additions(phases, (phase_of(line, f"{place}.add") for line in lines if line["when"] in self.facts))

    def length(self, document: object, place: str) -> tuple[Phase, ...]:
        """One phase, or a list of them."""
        if isinstance(document, list):
            if not document:
                raise VectorFault(place, "must hold at least one phase")
            return tuple(
                phase_of(mapping(part, f"{place}[{number}]", ("value", "unit")), f"{place}[{number}]")
                for number, part in enumerate(document)
            )
        return self.phases(mapping(document, place, ("value", "unit", "phases")), place)

    def event(self, document: object, place: str, starts: frozenset[str]) -> ClockEvent:
        """One event; a type is known as a verb, as a milestone or as the start of a limit."""
        spec = mapping(document, place, EVENT_KEYS)
        type_ = text(spec.get("type"), f"{place}.type")
        known = (*sorted(VERBS), *MILESTONES)
        if type_ not in known and type_ not in starts:
            raise VectorFault(f"{place}.type", f"{type_!r} is none of {', '.join(known)}")
        return ClockEvent(
            type=type_,
            at=moment(spec.get("at"), f"{place}.at"),
            pause=text(spec.get("pause", ""), f"{place}.pause"),
            visit=text(spec["visit"], f"{place}.visit") if "visit" in spec else None,
            add=self._one(spec, "add", place),
            wait=self._wait(spec, type_, place),
            citizen=self.length(spec["citizen"], f"{place}.citizen") if "citizen" in spec else (),
            **self._extension(spec, type_, place),
            calendar=self._edition(spec, type_, place),
        )

    def _case(self, spec: Mapping[str, Any], place: str) -> Mapping[str, Any]:
        cases = list_of(spec.get("cases", []), f"{place}.cases")
        lines = [self._line(line, f"{place}.cases[{number}]") for number, line in enumerate(cases)]
        return next((line for line in lines if line["when"] in self.facts), spec)

    def _line(self, document: object, place: str) -> Mapping[str, Any]:
        line = mapping(document, place, ("when", "value", "unit"))
        text(line.get("when"), f"{place}.when")
        phase_of(line, place)
        return line

    def _one(self, spec: Mapping[str, Any], key: str, place: str) -> Phase | None:
        here = f"{place}.{key}"
        return phase_of(mapping(spec[key], here, ("value", "unit")), here) if key in spec else None

    def _wait(self, spec: Mapping[str, Any], type_: str, place: str) -> tuple[Phase, ...]:
        if type_ == "waiting" and "wait" not in spec:
            raise VectorFault(f"{place}.wait", "a fixed wait needs its length")
        return self.length(spec["wait"], f"{place}.wait") if "wait" in spec else ()

    def _extension(self, spec: Mapping[str, Any], type_: str, place: str) -> dict[str, Any]:
        if type_ == "extended" and ("by" in spec) == ("to" in spec):
            raise VectorFault(place, "an extension has either by or to")
        ground = spec.get("ground", "apology")
        if ground not in GROUNDS:
            raise VectorFault(f"{place}.ground", f"{ground!r} is none of {', '.join(GROUNDS)}")
        try:
            to = parse_date(spec["to"], f"{place}.to") if "to" in spec else None
        except EditionFault as fault:
            raise VectorFault(fault.place, fault.message) from None
        return {"by": self._one(spec, "by", place), "to": to, "ground": ground}

    def _edition(self, spec: Mapping[str, Any], type_: str, place: str) -> Calendar | None:
        if type_ != "recalculated":
            return None
        return self.calendars.calendar(spec.get("calendar"), f"{place}.calendar")


def vector_of(document: object, place: str, calendars: CalendarShelf) -> Vector:
    """Read one vector; raises `VectorFault`."""
    spec = mapping(document, place, VECTOR_KEYS)
    name = text(spec.get("id"), f"{place}.id")
    here = f"{place} ({name})"
    if ("limit" in spec) == ("visits" in spec):
        raise VectorFault(here, "has either limit or visits")
    facts = mapping(spec.get("facts", {}), f"{here}.facts")
    shape = Shape(calendars, frozenset(fact for fact, value in facts.items() if value is True))
    limit = shape.limit(spec["limit"], f"{here}.limit") if "limit" in spec else None
    visits = {
        visit: shape.limit(budget, f"{here}.visits.{visit}", steps=True)
        for visit, budget in mapping(spec.get("visits", {}), f"{here}.visits").items()
    }
    starts = frozenset(one.starts for one in (limit, *visits.values()) if one is not None)
    events = list_of(spec.get("events"), f"{here}.events")
    return Vector(
        id=name,
        rule=text(spec.get("rule", ""), f"{here}.rule"),
        calendar=calendars.calendar(spec.get("calendar"), f"{here}.calendar"),
        settings=_settings(spec, here),
        limit=limit,
        visits=visits,
        events=tuple(shape.event(event, f"{here}.events[{n}]", starts) for n, event in enumerate(events)),
        now=moment(spec.get("now"), f"{here}.now"),
        expect=_expect(spec.get("expect"), f"{here}.expect", visits),
    )


def _settings(spec: Mapping[str, Any], place: str) -> ClockSettings:
    try:
        return ClockSettings.from_mapping(mapping(spec.get("settings", {}), f"{place}.settings"))
    except SettingFault as fault:
        raise VectorFault(f"{place}.settings.{fault.name}", fault.message) from None


def _expect(document: object, place: str, visits: Mapping[str, Limit]) -> Mapping[str, Any]:
    expect = mapping(document, place, EXPECT_KEYS)
    for visit, wanted in mapping(expect.get("visits", {}), f"{place}.visits").items():
        mapping(wanted, f"{place}.visits.{visit}", READING_KEYS)
        if visit not in visits:
            raise VectorFault(f"{place}.visits.{visit}", "there is no such visit")
    return expect


def mapping(value: object, place: str, keys: tuple[str, ...] | None = None) -> Mapping[str, Any]:
    """A mapping with no other keys than these."""
    if not isinstance(value, dict):
        raise VectorFault(place, "must be a mapping")
    for key in value:
        if keys is not None and key not in keys:
            raise VectorFault(f"{place}.{key}", f"unknown key; there are {', '.join(keys)}")
    return value


def list_of(value: object, place: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise VectorFault(place, "must be a list")
    return value


def text(value: object, place: str) -> str:
    """A text."""
    if not isinstance(value, str):
        raise VectorFault(place, "is missing or not a text")
    return value


def moment(value: object, place: str) -> datetime:
    """`2025-05-12T09:00`, seconds allowed, local time."""
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) and "T" in value else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is not None:
        raise VectorFault(place, f'{value!r} is not a local moment such as "2025-05-12T09:00"')
    return read


def phase_of(spec: Mapping[str, Any], place: str) -> Phase:
    """`{value, unit}`; `same_day` has no value."""
    unit, value = spec.get("unit"), spec.get("value")
    if unit not in UNITS:
        raise VectorFault(f"{place}.unit", f"{unit!r} is none of {', '.join(UNITS)}")
    if unit == "same_day":
        return Phase(0, "same_day")
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise VectorFault(f"{place}.value", f"{value!r} is not a number")
    return Phase(value, cast("Unit", unit))
