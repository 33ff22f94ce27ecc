"""How a due moment looks now: the state that gives the pill its colour and icon, its words, and the exact moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.engine.calendar import Calendar, CalendarUnknown
from app.engine.clock import ClockSettings
from app.engine.clock.remaining import remaining
from app.screens.formats import format_date, format_moment, format_time_left
from app.screens.now import office_now
from app.screens.page_texts import in_each_language
from app.storage.catalogue_store import holder

FINISHED: Mapping[str, Any] = {
    "early": _l("Finished early"),
    "on_time": _l("Finished on time"),
    "overdue": _l("Finished late"),
}
PAUSED: Mapping[str, Any] = {"paused": _l("Paused"), "waiting": _l("Waiting")}
STANDING: Mapping[str, Any] = {"not_started": _l("Not counted yet"), "stopped": _l("Stopped"), "lapsed": _l("Lapsed")}
MINUTES_PER_HOUR = 60

_finished, _paused, _standing = in_each_language(FINISHED), in_each_language(PAUSED), in_each_language(STANDING)


class Due(NamedTuple):
    """The arguments of the macro ``due``: state is ok | soon | late | pause | none | done."""

    state: str
    text: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One moment's view of all due moments on a page: what is left is counted in office time."""

    now: datetime
    calendar: Calendar
    settings: ClockSettings

    @property
    def soon_until(self) -> datetime:
        """What is due before this moment is due soon: the end of the last working day of the shortest warning."""
        days = min(self.settings.warn_days, default=1)
        try:
            day = self.calendar.add_working_days(self.now.date(), days)
        except CalendarUnknown:
            day = self.now.date() + timedelta(days=days)
        return datetime.combine(day + timedelta(days=1), time.min)

    def due(
        self,
        due_at: datetime | None,
        clock_state: str = "running",
        *,
        result_class: str = "",
        finished_at: datetime | None = None,
        paused_since: datetime | None = None,
    ) -> Due:
        """The pill of a dossier; works from the columns that every list has."""
        if finished_at is not None or clock_state == "finished":
            return Due("done", _finished().get(result_class) or _("Finished"), format_moment(finished_at))
        if clock_state in PAUSED:
            since = _("since %(date)s", date=format_date(paused_since)) if paused_since else ""
            return Due("pause", _paused()[clock_state], since)
        if clock_state in STANDING:
            return Due("none", _standing()[clock_state])
        if due_at is None:
            return Due("none", _("No time limit"))
        return Due(self.state(due_at), self.left(due_at), _("due %(at)s", at=format_moment(due_at)))

    def state(self, due_at: datetime) -> str:
        """late, soon or ok."""
        if due_at < self.now:
            return "late"
        return "soon" if due_at < self.soon_until else "ok"

    def left(self, due_at: datetime | None) -> str:
        """The office time to a due moment in words; only "overdue" where the calendar of that year is unknown."""
        if due_at is None:
            return ""
        minutes = remaining(due_at, self.now, self.calendar)
        if not minutes and due_at < self.now:
            return _("Overdue")  # no office time has passed since then, or nobody knows how much
        if minutes is None:
            return ""
        return format_time_left(minutes, self.settings.hours_per_day * MINUTES_PER_HOUR)


def deadlines() -> Deadlines:
    """Those of this request; the same moment for everything on the page."""
    if "deadlines" not in g:
        world = holder.world(g.catalogue)
        g.deadlines = Deadlines(office_now(), world.calendar, world.settings)
    found: Deadlines = g.deadlines
    return found
