"""Do one step for many dossiers at once: each on its own, with an answer of its own (``bulk``)."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.take_action import take_action
from app.storage.people import Person

# Beyond this a request would take too long; the others are still there afterwards.
MOST_AT_ONCE = 100


class Item(NamedTuple):
    """One dossier that was ticked: its open visit, and the version the person saw."""

    dossier_id: int
    visit: int
    row_version: int


class ItemDone(NamedTuple):
    """What became of one of them."""

    item: Item
    refusal: Refusal | None


def do_many(
    items: Iterable[Item], step: str, by: Person, now: datetime, *, choose: str = "", comment: str = "", key: str = ""
) -> tuple[ItemDone, ...]:
    """One transaction for each, in the order given: what is refused leaves the others alone.

    Refusals as of ``take_action``; where the step may not be done for many: not_allowed. ``key``: of the submission.
    """
    done = []
    for item in list(dict.fromkeys(items))[:MOST_AT_ONCE]:
        action = Action("step", step, item.visit, choose=choose, comment=comment, arguments={"bulk": True})
        own = f"{key}.{item.dossier_id}.{item.visit}" if key else ""
        answer = take_action(item.dossier_id, item.row_version, action, by, now, key=own)
        done.append(ItemDone(item, answer if isinstance(answer, Refusal) else None))
    return tuple(done)
