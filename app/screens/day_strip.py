"""The day-by-day explanation of a due date as cells of a strip; long runs are merged so that it stays readable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from app.engine.clock.explanation import Entry
from app.screens.formats import format_number, format_weekday

LONGEST = 12  # cells that stand singly; a longer strip is merged
COUNTED = frozenset(("working", "makeup", "calendar", "same_day"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One day, or a run of days of one kind: recv, counted, off, pause. ``title`` names the holiday and decision."""

    kind: str
    first: date
    last: date
    number: int = 0
    note: str = ""
    title: str = ""
    is_today: bool = False
    is_due: bool = False

    @property
    def classes(self) -> str:
        """The modifiers of ``mc-day``."""
        names = [self.kind, "today" if self.is_today else "", "due" if self.is_due else ""]
        return " ".join(f"mc-day--{name}" for name in names if name)

    @property
    def weekday(self) -> str:
        """`Thứ Năm`, or `Hôm nay`; nothing over a run."""
        if self.first != self.last:
            return ""
        name = _("today") if self.is_today else format_weekday(self.first)
        return name[:1].upper() + name[1:]

    @property
    def label(self) -> str:
        """`17/08`, or `30/11 – 04/12`."""
        one = f"{self.first:%d/%m}"
        return one if self.first == self.last else f"{one} – {self.last:%d/%m}"


def day_strip(entries: Iterable[Entry], *, due: date | None, today: date, pauses: Mapping[str, str]) -> list[Cell]:
    """The cells of ``ClockReading.explain()``; ``pauses`` gives the words of each pause key."""
    days = list(_days(entries, due, today, pauses))
    merged = days if len(days) <= LONGEST else _merged(days, absorb=False)
    return merged if len(merged) <= 2 * LONGEST else _merged(days, absorb=True)


def _days(entries: Iterable[Entry], due: date | None, today: date, pauses: Mapping[str, str]) -> Iterator[Cell]:
    number, last = 0, None
    for entry in entries:
        if entry.date == last:
            continue  # where one phase ends the next begins: the day is told once
        last = entry.date
        number += entry.counted or 0
        cell = _cell(entry, number, pauses)
        is_due = entry.date == due
        note = _("%(note)s, due", note=cell.note) if is_due and cell.note else _("due") if is_due else cell.note
        yield replace(cell, is_today=entry.date == today, is_due=is_due, note=note)


def _cell(entry: Entry, number: int, pauses: Mapping[str, str]) -> Cell:
    day, title = entry.date, ", ".join(filter(None, (entry.title, entry.decision)))
    if entry.reason == "start":
        return Cell("recv", day, day, note=_("received"), title=title)
    if entry.reason == "hours":
        hours = format_number(str(round((entry.minutes or 0) / 60, 1)))
        return Cell("counted", day, day, note=_("%(hours)s hours", hours=hours), title=title)
    if entry.reason in COUNTED:
        note = _("make-up day, %(number)s", number=number) if entry.reason == "makeup" else _day_note(number, number)
        return Cell("counted", day, day, number, note, title)
    if entry.reason == "paused":
        return Cell("pause", day, day, note=pauses.get(entry.pause or "", _("paused")), title=title)
    if entry.reason == "after_pause":
        return Cell("recv", day, day, note=_("after the pause"), title=title)
    note = _("public holiday") if entry.reason == "off" and entry.title else _("day off")
    return Cell("off", day, day, note=note, title=title)


def _day_note(first: int, last: int) -> str:
    if first == last:
        return _("day %(number)s", number=first)
    return _("days %(first)s–%(last)s", first=first, last=last)


def _merged(days: list[Cell], *, absorb: bool) -> list[Cell]:
    """Runs of one kind as one cell. With ``absorb`` days off without a name vanish in the counted run around them."""
    cells: list[Cell] = []
    for cell in days:
        last = cells[-1] if cells else None
        if last is None or not _joins(last, cell, absorb):
            cells.append(cell)
        else:
            is_counted = cell.kind == "counted" and cell.number  # the run keeps the number of its first day
            note = _day_note(last.number, cell.number) if is_counted else last.note
            cells[-1] = replace(last, last=cell.last, note=note)
    return cells


def _joins(last: Cell, cell: Cell, absorb: bool) -> bool:
    if last.is_due or last.is_today or cell.is_due or cell.is_today or cell.kind == "recv" or last.kind == "recv":
        return False
    if cell.kind == last.kind:
        return cell.kind != "pause" or cell.note == last.note
    return absorb and last.kind == "counted" and cell.kind == "off" and not cell.title
