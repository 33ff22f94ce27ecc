"""The dossier's clock inside a move: every change is an event that carries what the clock says from then on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.definition.duration import Duration
from app.definition.expression import Expression
from app.definition.model.choice import Choice
from app.definition.model.route import Step
from app.definition.model.time import Pause
from app.engine.clock import ClockEvent, Limit, read_clock
from app.engine.events import iso
from app.engine.limits import concrete_limit
from app.engine.plan import StepPlan
from app.engine.state import State, Visit
from app.engine.timing import judged, phases_of, read, settings_for, starting_type
from app.engine.turn import Turn
from app.engine.until import until_moment

RUNNING = frozenset(("running", "paused", "waiting"))
_MOVES_STEPS = frozenset(("paused", "resumed", "restarted", "waiting"))


def text_of(moment: datetime) -> str:
    """A moment as it stands in a clock entry: by the minute (clock rule 1)."""
    return moment.isoformat(timespec="minutes")


def note_clock(
    turn: Turn, kind: str, *, at: datetime | None = None, limit: Mapping[str, Any] | None = None, **details: Any
) -> None:
    """Add an entry to the clock and note what the clock says with it."""
    entry = {"type": kind, "at": text_of(at or turn.now)}
    entry.update((name, value) for name, value in details.items() if value not in ("", None))
    _emit(turn, entry, limit)


def read_again(turn: Turn) -> None:
    """Note what the clock says now, without anything having been done to it (a fixed wait has ended)."""
    _emit(turn, None, None)


def _emit(turn: Turn, entry: dict[str, Any] | None, limit: Mapping[str, Any] | None) -> None:
    state = turn.state
    entries = state.clock if entry is None else (*state.clock, entry)
    said = read(entries, state.limit if limit is None else limit, turn.now, turn.world)
    first, legal = said.first_due, said.legal_due
    if said.state == "paused":  # the promise does not vanish while the clock stands still
        first, legal = first or state.first_due, legal or state.legal_due
    data: dict[str, Any] = {
        "entry": entry,
        "due": _iso(said.due),
        "first_due": _iso(first),
        "legal_due": _iso(legal),
        "state": said.state,
        "class": said.result_class,
        "phase_due": said.phase_due,
    }
    if limit is not None:
        data["limit"] = limit
    visits = _sibling_dues(turn, entries, entry) if entry is not None else {}
    if visits:
        data["visits"] = visits
    turn.emit("clock", data)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else iso(moment)


# ---- start


def start_clock(turn: Turn, received: datetime) -> None:
    """Fix the limit of this case and start counting, or say what counting waits for."""
    limit = _limit(turn)
    note_clock(turn, "received", at=received, limit=limit)
    if starting_type(limit) == "complete":
        note_clock(turn, "complete", at=_completed(turn, received))
    _start_on_field(turn)


def _limit(turn: Turn) -> dict[str, Any]:
    def until(text: str) -> datetime | None:
        return until_moment(turn.plan.until(text), turn.env, turn.world.calendar, turn.world.settings)

    return concrete_limit(turn.procedure, turn.env, until)


def _completed(turn: Turn, received: datetime) -> datetime:
    """When the last paper came in."""
    moments = [datetime.fromisoformat(entry["at"]) for entry in turn.state.documents.values() if entry.get("at")]
    return max((received, *moments))


def _start_on_field(turn: Turn) -> None:
    """Counting from a date in the dossier begins as soon as the date is known."""
    starts = str(turn.state.limit.get("starts", ""))
    if not starts.startswith("field.") or turn.state.clock_state != "not_started":
        return
    day = turn.env.get(starts.removeprefix("field."))
    if isinstance(day, datetime):
        note_clock(turn, "field", at=day)
    elif isinstance(day, date):
        note_clock(turn, "field", at=datetime.combine(day, datetime.min.time()))


def start_at(turn: Turn, kind: str, key: str = "") -> None:
    """Counting begins with the take-over by the agency, or with a step, where the limit says so."""
    starts = str(turn.state.limit.get("starts", ""))
    if turn.state.clock_state == "not_started" and starts == (f"{kind}.{key}" if key else kind):
        note_clock(turn, kind)


def arrive_at_agency(turn: Turn, position: str) -> None:
    """The first act of the agency's own people takes the dossier over."""
    if turn.state.arrived_at is not None or turn.state.accepted_at is None:
        return
    unit = position.partition("@")[2]
    if turn.state.agency in turn.world.organisation.ancestry(unit) or unit == turn.state.agency:
        turn.emit("arrived", {})
        start_at(turn, "arrived")


def rechain(turn: Turn, changed: frozenset[str]) -> None:
    """Answers have changed on which the limit, or the end of an open step, depends: set anew, with the reason."""
    _move_dates(turn, changed)
    because = changed & turn.plan.limit_reads
    if not because or not turn.state.limit or turn.state.finished_at is not None:
        return
    limit = _limit(turn)
    if limit != turn.state.limit:
        note_clock(turn, "limit", limit=limit, reason=sorted(because))
    _start_on_field(turn)


def _move_dates(turn: Turn, changed: frozenset[str]) -> None:
    """A step that ends on a day the dossier names follows that day; until it is known nothing is due (section 4.1)."""
    for visit in turn.state.visits:
        until = _until(turn, turn.route.steps[visit.step].step) if visit.kind == "step" else None
        if until is None or changed.isdisjoint(until.reads):
            continue
        due = until_moment(until, turn.env, turn.world.calendar, turn.world.settings)
        if due != visit.due:
            turn.emit("due_moved", {"visit": visit.number, "due": _iso(due), "because": sorted(changed & until.reads)})


def _until(turn: Turn, step: Step) -> Expression | None:
    """The day on which a step ends, where the dossier says so itself."""
    if step.wait is not None:
        return step.wait.until
    duration = step.within.pick(turn.env) if step.within is not None else None
    return turn.plan.until(duration.until or "") if duration is not None and duration.kind == "until" else None


# ---- phases and pauses


def begin_phase(turn: Turn, key: str, at: datetime | None = None) -> None:
    """The first step of a phase starts the phase's own clock; a phase that is off counts for nothing (ruling 5)."""
    phases = turn.procedure.phases
    if not key or not turn.state.clock or all(phase.within is None for phase in phases):
        return
    phase = next((phase for phase in phases if phase.key == key), None)
    if phase is None or any(entry.get("phase") == key for entry in turn.state.clock):
        return
    if phase.when is not None and phase.when.evaluate(turn.env) is not True:
        return
    within = phase.within.pick(turn.env) if phase.within is not None else None
    counted = within is not None and within.kind in ("segments", "same_day")
    note_clock(turn, "phase", at=at, phase=key, within=within.to_text() if within is not None and counted else "")


def pause_for(turn: Turn, visit: int, pause: Pause, wait: Duration | None) -> None:
    """The clock stands still while a step is open; a fixed wait is a pause whose end is known (clock rule 26)."""
    if turn.state.clock_state not in RUNNING or pause.only == "step":
        return
    if wait is not None:
        note_clock(turn, "waiting", key=str(visit), reason=pause.reason, only=_only(pause), wait=wait.to_text())
    else:
        note_clock(turn, "paused", key=str(visit), reason=pause.reason, only=_only(pause))


def _only(pause: Pause) -> str:
    return "" if pause.only == "dossier" else pause.only


def resume_after(turn: Turn, visit: Visit, pause: Pause) -> None:
    """The step is left: the clock runs on, or a new one starts."""
    key = str(visit.number)
    entry = next((item for item in reversed(turn.state.clock) if item.get("key") == key), None)
    if entry is None or turn.state.clock_state not in RUNNING:
        return
    if entry["type"] == "waiting":
        read_again(turn)
    elif pause.then == "restart":
        fresh = picked_text(pause.fresh, turn.env)
        if pause.of == "phase":
            fresh, own = chained_fresh(turn.state, fresh)
            note_clock(turn, "restarted", key=key, only=_only(pause), fresh=fresh, own=own)
        else:
            note_clock(turn, "restarted", key=key, only=_only(pause), fresh=fresh)
    else:
        add = pause.add.to_text() if pause.add is not None else ""
        note_clock(turn, "resumed", key=key, only=_only(pause), add=add)


def chained_fresh(state: State, fresh: str) -> tuple[str, str]:
    """What runs after a restart of the open phase: its fresh time, then the later phases; and that time alone."""
    begun = [str(entry["phase"]) for entry in state.clock if entry["type"] == "phase"]
    phases = [entry for entry in state.limit.get("phases", ()) if entry["key"]]
    at = next((i for i, entry in enumerate(phases) if begun and entry["key"] == begun[-1]), None)
    if at is None:
        return fresh, fresh
    own = fresh or str(phases[at]["time"])
    return " + ".join((own, *(str(entry["time"]) for entry in phases[at + 1 :]))), own


def picked_text(choice: Choice[Duration] | None, env: Mapping[str, object]) -> str:
    """The duration of this case in words; empty where none is given."""
    duration = choice.pick(env) if choice is not None else None
    return "" if duration is None or duration.kind == "none" else duration.to_text()


def _sibling_dues(
    turn: Turn, entries: tuple[Mapping[str, Any], ...], entry: Mapping[str, Any]
) -> dict[str, str | None]:
    """The other open steps stand still with the dossier; their due moments are worked out anew."""
    if entry["type"] not in _MOVES_STEPS or entry.get("only", "dossier") != "dossier":
        return {}
    own = entry.get("key")
    return {
        str(visit.number): _iso(_sibling_due(turn, visit, entries))
        for visit in turn.state.visits
        if visit.kind == "step" and visit.budget and str(visit.number) != own and _is_counted(turn.route.steps, visit)
    }


def _is_counted(steps: Mapping[str, StepPlan], visit: Visit) -> bool:
    """A step that stands still itself, or waits, has its own moment; what runs to a named day is not moved."""
    step = steps[visit.step].step
    return step.pauses is None and step.wait is None and bool(phases_of(visit.budget)) and visit.sent is None


def _sibling_due(turn: Turn, visit: Visit, entries: tuple[Mapping[str, Any], ...]) -> datetime | None:
    entered = text_of(visit.entered)
    events = [ClockEvent("entered", datetime.fromisoformat(entered))]
    for item in entries:
        if item["type"] in _MOVES_STEPS and item["at"] >= entered and item.get("only", "dossier") == "dossier":
            wait = phases_of(item["wait"]) if item.get("wait") else ()
            kind = "resumed" if item["type"] == "restarted" else item["type"]
            events.append(ClockEvent(kind, datetime.fromisoformat(item["at"]), pause=item.get("key", ""), wait=wait))
    limit = Limit.budget(phases_of(visit.budget))
    return read_clock(limit, events, turn.now, turn.world.calendar, settings_for(turn.world.settings, "")).due


def finish_clock(turn: Turn) -> None:
    """The result is ready: counting ends, the class is fixed for ever."""
    state = turn.state
    if state.finished_at is not None:
        return
    if state.clock_state != "running":
        note_clock(turn, "finished")
        return
    # A running clock has nothing to work out: what was due stays due, only the class is new (clock rule 31).
    settings = turn.world.settings
    extended = settings.class_against == "extended" or state.limit.get("kind") == "until"
    against = state.due if extended else state.first_due
    turn.emit(
        "clock",
        {
            "entry": {"type": "finished", "at": text_of(turn.now)},
            "due": _iso(state.due),
            "first_due": _iso(state.first_due),
            "legal_due": _iso(state.legal_due),
            "state": "finished",
            "class": judged(turn.now, against, settings) if against is not None else "",
            "phase_due": state.phase_due,
        },
    )


def stop_clock(turn: Turn) -> None:
    """Withdrawn, lapsed or stopped: nothing is due any more."""
    if turn.state.clock and turn.state.finished_at is None:
        note_clock(turn, "stopped")


def runs(state: State) -> bool:
    """Whether the clock has started and not ended."""
    return state.clock_state in RUNNING
