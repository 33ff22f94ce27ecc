"""Between the dossier and the clock: entries and a limit in words become one reading, budgets become due moments.

State keeps what the clock said at the last event; `reading` says it for any moment.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from app.definition.duration import Duration, Segment, parse_duration
from app.engine.calendar import CalendarUnknown
from app.engine.clock import (
    ClockEvent,
    ClockReading,
    ClockSettings,
    Limit,
    Phase,
    budget_due,
    read_clock,
    with_additions,
)
from app.engine.clock.start import Start
from app.engine.clock.stretch import Track
from app.engine.clock.values import Amount, Unit
from app.engine.state import State
from app.engine.world import World

Entry = Mapping[str, Any]

_UNITS: dict[str, tuple[Unit, int]] = {
    "hour": ("hour", 1),
    "working_day": ("working_day", 1),
    "day": ("calendar_day", 1),
    "week": ("calendar_day", 7),
    "month": ("month", 1),
    "year": ("month", 12),
}
NO_LIMIT = Limit(())
STOPPED = "stopped"  # the key of the pause that an undone stop has become


class Reading(NamedTuple):
    """What the clock says. ``clock`` has all a page shows; for a limit ``until`` a day its due is not the due."""

    due: datetime | None
    first_due: datetime | None
    legal_due: datetime | None
    state: str
    result_class: str
    phase_due: dict[str, str | None]
    clock: ClockReading


# ---- durations


@lru_cache(maxsize=1024)
def duration_of(text: str) -> Duration:
    """The duration written in an event; a step's quarters of days included."""
    parsed = parse_duration(text, steps=True)
    if not isinstance(parsed, Duration):
        raise ValueError(f"{text!r} in a journal is no duration")
    return parsed


@lru_cache(maxsize=1024)
def phases_of(text: str) -> tuple[Phase, ...]:
    """The phases of a duration in words; none for a duration that counts nothing."""
    return duration_phases(duration_of(text))


def duration_phases(duration: Duration) -> tuple[Phase, ...]:
    """The clock's phases of a duration."""
    if duration.kind == "same_day":
        return (Phase(0, "same_day"),)
    if duration.kind == "at_once":
        return (Phase(0, "working_day"),)
    return tuple(_phase(segment) for segment in duration.segments)


def _phase(segment: Segment) -> Phase:
    unit, times = _UNITS[segment.unit]
    amount: Fraction = segment.amount * times
    if unit == "calendar_day" and amount.denominator != 1:
        return Phase(_whole(amount * 8), "hour")
    return Phase(_whole(amount), unit)


def _whole(amount: Fraction) -> Amount:
    return int(amount) if amount.denominator == 1 else amount


@lru_cache(maxsize=256)
def settings_for(settings: ClockSettings, cutoff: str) -> ClockSettings:
    """The settings with the procedure's own cut-off; a limit of no time at all is due at once (section 4.1)."""
    own = replace(settings, zero_step="at_once")
    if not cutoff:
        return own
    return replace(own, cutoff=None if cutoff == "none" else cutoff)


def due_of(duration: Duration, entered: datetime, world: World) -> datetime | None:
    """When a budget that starts now is used up; None for one that is not measured. ``until`` is the caller's."""
    phases = duration_phases(duration)
    return budget_due(phases, entered, world.calendar, settings_for(world.settings, "")) if phases else None


def span_end(duration: Duration, start: datetime, world: World) -> datetime | None:
    """The end of a span of the law that begins at a moment: the day of the beginning is not counted, no cut-off."""
    phases = duration_phases(duration)
    settings = settings_for(world.settings, "")
    return Track(Start(start, "notice"), (), world.calendar, settings).due(phases) if phases else None


def citizen_due(duration: Duration, entered: datetime, world: World) -> datetime | None:
    """A deadline for the applicant: the end of its last day (clock rule 27)."""
    last = _notice_day(duration, entered, world)
    if last is None:
        return None
    if world.settings.citizen_end == "office" and last <= world.calendar.edition.known_to:
        return world.calendar.closing(last)
    return datetime.combine(last, time(23, 59))


def _notice_day(duration: Duration, entered: datetime, world: World) -> date | None:
    """The last day of a notice.

    The applicant may have a year to answer, longer than days off are decided for. His deadline is no promise of the
    office: where the calendar ends only the weekly days off are known, and count.
    """
    phases = duration_phases(duration)
    if not phases:
        return None
    try:
        last = Track(Start(entered, "notice"), (), world.calendar, world.settings).due(phases)
        return last.date() if last is not None else None
    except CalendarUnknown:
        if any(phase.unit not in ("calendar_day", "month") for phase in phases):
            raise
        return _rolled(_plain_end(phases, entered.date()), world)


def _plain_end(phases: Iterable[Phase], day: date) -> date:
    for phase in phases:
        amount = int(phase.value)
        if phase.unit == "calendar_day":
            day += timedelta(days=amount)
        else:
            months = day.year * 12 + day.month - 1 + amount
            year, month = divmod(months, 12)
            day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return day


def _rolled(day: date, world: World) -> date:
    off = world.calendar.edition.habits_in(day.year).weekly_off
    while day.isoweekday() in off:
        day += timedelta(days=1)
    return day


def wait_end(duration: Duration, entered: datetime, world: World) -> datetime | None:
    """The end of a fixed wait: closing of its last day (clock rule 26)."""
    phases = duration_phases(duration)
    last = Track(Start(entered, "notice"), (), world.calendar, world.settings).due(phases) if phases else None
    return None if last is None else world.calendar.closing(last.date())


# ---- the dossier's clock


def reading(state: State, now: datetime, world: World) -> Reading:
    """What the clock of a dossier says at a moment."""
    return read(state.clock, state.limit, now, world)


def read(entries: Sequence[Entry], limit: Mapping[str, Any], now: datetime, world: World) -> Reading:
    """The reading of clock entries under a limit in words."""
    settings = settings_for(world.settings, str(limit.get("cutoff", "")))
    entries = without_stops(entries)
    if limit.get("kind") != "count":
        return _uncounted(entries, limit, now, world, settings)
    events = tuple(_events(entries))
    fresh = _fresh(entries)
    phases = _limit_phases(limit)
    starts = starting_type(limit)
    clock = read_clock(Limit(phases, starts, fresh), events, now, world.calendar, settings)
    original = legal_due = clock.original_due
    if "legal" in limit:
        legal = Limit(phases_of(limit["legal"]), starts, fresh)
        legal_due = read_clock(legal, _without_apologies(events), now, world.calendar, settings).due
    result = clock.result_class if clock.state == "finished" else None
    phase_due = _phase_dues(entries, limit, clock, now, world, settings)
    return Reading(clock.due, original, legal_due, clock.state, result or "", phase_due, clock)


def _limit_phases(limit: Mapping[str, Any]) -> tuple[Phase, ...]:
    phases = tuple(phase for entry in limit["phases"] for phase in phases_of(entry["time"]))
    return with_additions(phases, (phase for text in limit.get("add", ()) for phase in phases_of(text)))


def _fresh(entries: Sequence[Entry]) -> tuple[Phase, ...] | None:
    """What runs after the last restart, where that is not the limit itself. A restart forgets every earlier one."""
    for entry in reversed(entries):
        if entry["type"] == "restarted":
            return phases_of(entry["fresh"]) if entry.get("fresh") else None
    return None


def _uncounted(
    entries: Sequence[Entry], limit: Mapping[str, Any], now: datetime, world: World, settings: ClockSettings
) -> Reading:
    """No limit, or one that ends on a day of its own: pauses do not move it, an extension replaces it."""
    clock = read_clock(Limit((), starting_type(limit)), tuple(_events(entries)), now, world.calendar, settings)
    first = datetime.fromisoformat(limit["until"]) if limit.get("until") else None
    extended = [entry["to"] for entry in entries if entry["type"] == "extended"]
    due = datetime.fromisoformat(extended[-1]) if extended and first is not None else first
    result = ""
    if clock.state == "finished" and due is not None:  # a new date given by whoever set the first one is the date
        result = judged(now, due, settings)
    if clock.state in ("not_started", "stopped", "lapsed"):
        due = None
    phase_due = _phase_dues(entries, limit, clock, now, world, settings)
    return Reading(due, first, first, clock.state, result, phase_due, clock)


def judged(finished: datetime, against: datetime, settings: ClockSettings) -> str:
    """Early, on time or overdue (clock rule 31)."""
    finished = finished.replace(second=0, microsecond=0)
    if finished > against:
        return "overdue"
    early = finished < against if settings.early_by == "moment" else finished.date() < against.date()
    return "early" if early else "on_time"


def starting_type(limit: Mapping[str, Any]) -> str:
    """The type of the clock entry that starts counting: received, arrived, complete, step or field."""
    return str(limit.get("starts", "received")).partition(".")[0]


def _events(entries: Iterable[Entry]) -> Iterable[ClockEvent]:
    """The entries that the dossier's own clock hears. Of several extensions on one ground the last one says the date.

    A start on a date of the dossier may lie before what was written earlier, so they are put in order first.
    """
    entries = sorted(entries, key=lambda entry: str(entry["at"]))
    last = {entry.get("ground"): number for number, entry in enumerate(entries) if entry["type"] == "extended"}
    for number, entry in enumerate(entries):
        kind = entry["type"]
        if kind in ("phase", "limit") or entry.get("only", "dossier") != "dossier":
            continue
        if kind != "extended" or number == last[entry.get("ground")]:
            yield _event(entry)


def _event(entry: Entry) -> ClockEvent:
    at = datetime.fromisoformat(entry["at"])
    add = phases_of(entry["add"])[0] if entry.get("add") else None
    wait = phases_of(entry["wait"]) if entry.get("wait") else ()
    to = datetime.fromisoformat(entry["to"]).date() if entry.get("to") else None
    ground = str(entry.get("ground", "apology"))
    return ClockEvent(entry["type"], at, pause=str(entry.get("key", "")), add=add, wait=wait, to=to, ground=ground)


def _without_apologies(events: Sequence[ClockEvent]) -> tuple[ClockEvent, ...]:
    return tuple(event for event in events if event.type != "extended" or event.ground != "apology")


def without_stops(entries: Sequence[Entry]) -> Sequence[Entry]:
    """A stop that was undone by decision: the clock stood still from the one to the other."""
    if not any(entry["type"] == "reopened" for entry in entries):
        return entries
    found: list[Entry] = []
    for entry in entries:
        if entry["type"] == "reopened":
            at = max(i for i, earlier in enumerate(found) if earlier["type"] == "stopped")
            found[at] = {"type": "paused", "at": found[at]["at"], "key": STOPPED}
            found.append({"type": "resumed", "at": entry["at"], "key": STOPPED})
        else:
            found.append(entry)
    return found


# ---- phases


def _phase_dues(
    entries: Sequence[Entry],
    limit: Mapping[str, Any],
    clock: ClockReading,
    now: datetime,
    world: World,
    settings: ClockSettings,
) -> dict[str, str | None]:
    """A phase that has begun has its own due moment from its real start; the others that of the promise."""
    dues = _promised_dues(limit, clock)
    begun = [(i, entry) for i, entry in enumerate(entries) if entry["type"] == "phase"]
    for number, (index, entry) in enumerate(begun):
        ends = begun[number + 1][0] if number + 1 < len(begun) else len(entries)
        own = _own_clock(entry, entries[index + 1 : ends], now, world, settings)
        if own is not None:
            dues[entry["phase"]] = _later(own, dues.get(entry["phase"]))
    return dues


def _later(own: ClockReading, promised: str | None) -> str | None:
    """A phase that begins before its turn is not shortened by that; while it stands still it has no due moment."""
    if own.due is None:
        return None
    text = own.due.isoformat()
    return max(text, promised) if promised is not None else text


def _own_clock(
    entry: Entry, later: Sequence[Entry], now: datetime, world: World, settings: ClockSettings
) -> ClockReading | None:
    phases = phases_of(entry["within"]) if entry.get("within") else ()
    if not phases:
        return None
    start = ClockEvent("entered", datetime.fromisoformat(entry["at"]))
    stops = [item for item in later if _stops_phase(item)]
    fresh = next((phases_of(item["own"]) for item in reversed(stops) if item.get("own")), None)
    heard = [_event(item) for item in stops]
    return read_clock(Limit(phases, "entered", fresh), (start, *heard), now, world.calendar, settings)


def _stops_phase(entry: Entry) -> bool:
    return entry["type"] in ("paused", "resumed", "restarted", "waiting") and entry.get("only", "dossier") != "step"


def _promised_dues(limit: Mapping[str, Any], clock: ClockReading) -> dict[str, str | None]:
    """The due moments of the chain, from its end: an addition inside it lies before the phases still to come."""
    phases = [entry for entry in limit.get("phases", ()) if entry["key"]]
    dues = clock.phases
    found: dict[str, str | None] = {}
    position = len(dues) - _appended(limit, clock)
    for entry in reversed(phases):
        due = dues[position - 1] if 0 < position <= len(dues) else None
        found[entry["key"]] = None if due is None else due.isoformat()
        position -= len(phases_of(entry["time"]))
    return dict(reversed(found.items()))


def _appended(limit: Mapping[str, Any], clock: ClockReading) -> int:
    """How many phases stand behind the last one of the procedure: what was added to the limit or by an extension."""
    own = sum(len(phases_of(entry["time"])) for entry in limit.get("phases", ()))
    inside = sum(1 for entry in clock.history.accepted if entry.type == "resumed" and entry.add is not None)
    return max(0, len(clock.phases) - own - inside)
