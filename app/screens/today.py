"""What is special about counting time today and tomorrow; nothing on ordinary days."""

from datetime import timedelta

from flask_babel import gettext as _

from app.engine.calendar import CalendarUnknown
from app.screens.deadlines import Deadlines
from app.screens.formats import format_date


def notice_of(when: Deadlines) -> str:
    """One sentence about a day off or a make-up day, today or tomorrow."""
    today = when.now.date()
    tomorrow = today + timedelta(days=1)
    try:
        kinds = when.calendar.kind_of_day(today), when.calendar.kind_of_day(tomorrow)
    except CalendarUnknown:
        return ""
    if kinds[0] in ("off", "weekend"):
        return _("Today is a day off and does not count.")
    if kinds[1] == "off":
        return _("Tomorrow, %(date)s, is a public holiday and does not count.", date=format_date(tomorrow))
    if kinds[0] == "makeup":
        return _("Today is a make-up working day and counts.")
    if kinds[1] == "makeup":
        return _("Tomorrow, %(date)s, is a make-up working day and counts.", date=format_date(tomorrow))
    return ""
