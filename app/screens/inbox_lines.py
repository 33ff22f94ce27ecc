"""Rows of the inbox as the page shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.screens.deadlines import Deadlines, Due
from app.screens.titles import procedure_title
from app.storage.inbox import WorkRow

MOST_AT_ONCE = 100
LONGEST_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is called, how long there is, whose it is."""

    row: WorkRow
    title: str
    due: Due
    step_left: str
    holder: str
    url: str

    @property
    def is_free(self) -> bool:
        """Whether nobody has taken it yet."""
        return not self.row.holder

    @property
    def key(self) -> str:
        """What a tick sends: dossier and visit."""
        return f"{self.row.dossier_id}.{self.row.visit}"


def lines_of(rows: Iterable[WorkRow], when: Deadlines) -> Iterator[Line]:
    """In the order of the rows."""
    for row in rows:
        holder = row.holder_name or row.holder
        url = f"/p/{row.procedure_key}/{row.dossier_id}"
        yield Line(row, procedure_title(row.procedure_key), _due(row, when), when.left(row.visit_due_at), holder, url)


def _due(row: WorkRow, when: Deadlines) -> Due:
    paused_since = row.entered_at if row.clock_state == "paused" else None
    return when.due(row.due_at, row.clock_state, result_class=row.result_class, paused_since=paused_since)


def ticked(values: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Dossier and visit of every tick that can be read; each once."""
    for value in list(dict.fromkeys(values))[:MOST_AT_ONCE]:
        dossier, _dot, visit = value.partition(".")
        if all(part.isascii() and part.isdecimal() and len(part) < LONGEST_NUMBER for part in (dossier, visit)):
            yield int(dossier), int(visit)
