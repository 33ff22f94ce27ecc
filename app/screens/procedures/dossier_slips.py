"""The slips of a dossier page: what was printed, each with its address, and what can be printed now."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.engine.printing_by_hand import prints_by_hand
from app.prints.papers import can_draw
from app.screens.procedures.case import Case
from app.storage.prints import prints_of


class Slip(NamedTuple):
    """A paper of the office; without an address it cannot be drawn."""

    title: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class Slips:
    """``made`` the oldest first; ``offered`` are (key, title) of those that this person can have made."""

    made: tuple[Slip, ...]
    offered: tuple[tuple[str, str], ...]


def slips_of(case: Case) -> Slips:
    """The prints of this dossier."""
    lines = prints_of(case.id) if case.state.prints else ()
    made = tuple(
        Slip(
            case.names.print_(line.kind),
            line.created_at,
            case.url("print_", print_id=line.id) if can_draw(line.template_version) else "",
        )
        for line in lines
    )
    offered = prints_by_hand(case.procedure, case.state, case.now)
    return Slips(made, tuple((key, case.names.print_(key)) for key in offered))
