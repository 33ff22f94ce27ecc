"""Send what waits in the outbox; who sends is told by whoever calls, so that mail being down concerns nobody else."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update

from app.storage.database import is_sqlite, writing
from app.storage.incidents import report_incident
from app.storage.tables import OutboxRow

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LEASE = timedelta(minutes=5)


class Message(NamedTuple):
    """One message: ``kind`` is the event (accepted, returned …), ``key`` lets a receiver drop a second delivery."""

    key: str
    dossier_id: int
    kind: str
    payload: Mapping[str, Any]


class DeliveryFault(Exception):
    """The other side did not take it; it is tried again later."""


Deliverer = Callable[[Message], None]


def deliver_outbox(deliver: Deliverer, now: datetime, limit: int = 100) -> int:
    """How many messages left. ``deliver`` raises DeliveryFault when a message must be tried again."""
    sent = 0
    for _ in range(limit):
        claimed = _claim(now)
        if claimed is None:
            break
        message, attempts = claimed
        try:
            deliver(message)
        except DeliveryFault as fault:
            _postpone(message, attempts, str(fault), now)
        else:
            _mark(message.key, state="sent", sent_at=now, fault="")
            sent += 1
    return sent


def _claim(now: datetime) -> tuple[Message, int] | None:
    """The next message, ours for a while: sending holds no lock, and if we die somebody sends it again."""
    with writing() as session:
        due = select(OutboxRow).where(OutboxRow.state == "waiting", OutboxRow.next_at <= now)
        due = due.order_by(OutboxRow.id).limit(1).execution_options(populate_existing=True)
        if not is_sqlite(session):
            due = due.with_for_update(skip_locked=True)
        row = session.scalars(due).first()
        if row is None:
            return None
        row.attempts += 1
        row.next_at = now + LEASE
        return Message(row.key, row.dossier_id, row.kind, row.payload), row.attempts


def _postpone(message: Message, attempts: int, fault: str, now: datetime) -> None:
    if attempts < MOST_ATTEMPTS:
        _mark(message.key, next_at=now + FIRST_WAIT * 2 ** (attempts - 1), fault=fault[:500])
        return
    _mark(message.key, state="failed", fault=fault[:500])
    with writing() as session:
        report_incident(session, "outbox", f"message {message.key}", fault, now)


def _mark(key: str, **values: Any) -> None:
    with writing() as session:
        session.execute(update(OutboxRow).where(OutboxRow.key == key).values(**values))
