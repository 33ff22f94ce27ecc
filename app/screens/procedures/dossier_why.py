"""Why the due date is this day: the limit and its ground in prose, what stood still, what was put off, day by day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.definition.duration import Duration
from app.definition.expression import to_vietnamese
from app.definition.model.choice import Choice
from app.engine.timing import duration_of
from app.screens.day_strip import Cell, day_strip
from app.screens.formats import format_date, format_moment, format_moment_long
from app.screens.procedures.case import Case


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation: its heading, the limit, sentences about it, the strip, and the days off that have a name."""

    title: str
    limit: str
    sentences: tuple[str, ...]
    strip: tuple[Cell, ...]
    named_days: tuple[str, ...]


def why_due(case: Case) -> Why | None:
    """The explanation; None while nothing is counted because the dossier is not accepted yet."""
    state = case.state
    if not state.limit:
        return None
    strip = tuple(_strip(case))
    named = dict.fromkeys(cell.title for cell in strip if cell.title and cell.kind == "off")
    days = tuple(
        _("%(day)s: %(title)s.", day=", ".join(cell.label for cell in strip if cell.title == title), title=title)
        for title in named
    )
    return Why(_title(case), _limit(case), tuple(_sentences(case)), strip, days)


def _title(case: Case) -> str:
    due = case.state.due or case.state.first_due
    if due is None:
        return _("How the time limit is counted")
    if case.reading.state == "paused":
        return _("Why the clock stands still")
    return _("Why it is due at %(at)s", at=format_moment_long(due))


def _limit(case: Case) -> str:
    """`5 ngày làm việc + 10 ngày làm việc`."""
    limit = case.state.limit
    if limit["kind"] == "none":
        return _("no time limit")
    if limit["kind"] == "until":
        until = limit.get("until")
        return _("until %(date)s", date=format_moment(datetime.fromisoformat(until))) if until else _("not known yet")
    times = [*(phase["time"] for phase in limit.get("phases", ())), *limit.get("add", ())]
    return " + ".join(duration_of(text).to_vietnamese() for text in times)


# ---- sentences


def _sentences(case: Case) -> Iterator[str]:
    yield from _grounds(case)
    yield from _phases(case)
    yield from _start(case)
    yield from _standstills(case)
    yield from _new_dates(case)
    legal, due = case.state.legal_due, case.state.first_due
    if legal is not None and due is not None and legal != due:
        yield _("The law allows until %(at)s; the office promises less.", at=format_moment(legal))


def _grounds(case: Case) -> Iterator[str]:
    limit, promised = case.procedure.time_limit, case.procedure.time_limit.promised
    chosen = promised.case_for(case.env)
    if chosen is not None:
        yield _("Because %(ground)s.", ground=to_vietnamese(chosen.when, ""))
        if chosen.why:
            yield _("Ground: %(why)s.", why=chosen.why)
    elif promised.cases:
        yield _("The usual limit: %(others)s does not apply.", others=_others(promised))
    for addition in limit.add:
        if addition.when.evaluate(case.env) is True:
            ground = addition.why or to_vietnamese(addition.when, "")
            yield _("%(time)s added: %(ground)s.", time=addition.time.to_vietnamese(), ground=ground)


def _others(promised: Choice[Duration]) -> str:
    """The cases that would have given another limit."""
    found = (f"{case.value.to_vietnamese()} {to_vietnamese(case.when)}" for case in promised.cases)
    return "; ".join(found)


def _phases(case: Case) -> Iterator[str]:
    titles = {phase.key: phase.title for phase in case.procedure.phases}
    for key, due in case.state.phase_due.items():
        if due:
            at = format_moment(datetime.fromisoformat(due))
            yield _("%(phase)s: until %(at)s.", phase=titles.get(key, key), at=at)


STARTS: Mapping[str, Any] = {
    "received": _l("Counted from the day of receipt, %(day)s, which does not count itself."),
    "arrived": _l("Counted from the day on which the agency took the dossier over, %(day)s."),
    "complete": _l("Counted from the day on which the dossier was complete, %(day)s."),
    "step": _l("Counted from the step that starts the clock, %(day)s."),
    "field": _l("Counted from the day named in the dossier, %(day)s."),
}


def _start(case: Case) -> Iterator[str]:
    kind = str(case.state.limit.get("starts", "received")).partition(".")[0]
    started = next((entry for entry in case.state.clock if entry["type"] == kind), None)
    if started is None:
        yield _("Counting has not begun yet.")
    elif kind in STARTS:
        yield str(STARTS[kind]) % {"day": format_date(datetime.fromisoformat(started["at"]))}


def _standstills(case: Case) -> Iterator[str]:
    """Each pause with its reason, from when until when; the last word if there was none."""
    seen = False
    for place, entry in enumerate(case.state.clock):
        if entry["type"] not in ("paused", "waiting") or entry.get("only", "dossier") != "dossier":
            continue
        seen = True
        end = next((one for one in case.state.clock[place + 1 :] if _ends(one, entry)), None)
        yield _standstill(entry, end)
    if not seen and case.state.clock:
        yield _("The clock has not stood still.")


def _ends(entry: Mapping[str, Any], pause: Mapping[str, Any]) -> bool:
    return entry["type"] in ("resumed", "restarted") and entry.get("key") == pause.get("key")


def _standstill(entry: Mapping[str, Any], end: Mapping[str, Any] | None) -> str:
    since = format_moment(datetime.fromisoformat(entry["at"]))
    reason = str(entry.get("reason") or _("no reason given")).rstrip(".")
    if end is None:
        return _("Standing still since %(since)s: %(reason)s.", since=since, reason=reason)
    until = format_moment(datetime.fromisoformat(end["at"]))
    if end["type"] == "restarted":
        return _(
            "Stood still from %(since)s to %(until)s (%(reason)s), then counted anew.",
            since=since,
            until=until,
            reason=reason,
        )
    return _("Stood still from %(since)s to %(until)s: %(reason)s.", since=since, until=until, reason=reason)


def _new_dates(case: Case) -> Iterator[str]:
    for event in case.events:
        if event.type == "extended":
            to = format_moment(datetime.fromisoformat(str(event.data["to"])))
            before = event.data.get("from")
            old = format_moment(datetime.fromisoformat(before)) if before else ""
            reason = str(event.data.get("reason", "")).rstrip(".")
            yield _("Put off from %(old)s to %(to)s: %(reason)s.", old=old, to=to, reason=reason)


# ---- the strip


def _strip(case: Case) -> list[Cell]:
    if case.state.limit.get("kind") != "count" or case.reading.state in ("not_started", "stopped", "lapsed"):
        return []
    due = case.reading.due or case.state.due
    reasons = {
        str(e.get("key", "")): str(e.get("reason", "")) for e in case.state.clock if e["type"] in ("paused", "waiting")
    }
    pauses = {key: reason if len(reason) <= SHORT else _("paused") for key, reason in reasons.items() if reason}
    entries = case.reading.clock.explain()
    return day_strip(entries, due=due.date() if due else None, today=case.now.date(), pauses=pauses)


SHORT = 24
