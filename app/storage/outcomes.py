"""What a move asks for beside the dossier itself: prints, messages, payments, and the key that makes it happen once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.engine.events import Event
from app.engine.state import State
from app.storage.canonical import canonical
from app.storage.keys import keys
from app.storage.tables import Dossier, IdempotencyKey, OutboxRow, Payment, PrintRow


class Done(NamedTuple):
    """What a change led to."""

    dossier_id: int
    procedure_key: str
    row_version: int
    code: str


class NewPrint(NamedTuple):
    """A paper as decided: everything it says."""

    kind: str
    template_version: str
    data: Mapping[str, Any]


def first_done(session: Session, user_id: int, key: str) -> Done | None:
    """What this submission led to when it came the first time."""
    if not key:
        return None
    row = session.execute(
        select(Dossier.id, Dossier.procedure_key, IdempotencyKey.row_version, Dossier.code)
        .join(IdempotencyKey, IdempotencyKey.dossier_id == Dossier.id)
        .where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == key[:64])
    ).first()
    return None if row is None else Done(row[0], row[1], row[2], row[3] or "")


def remember_done(session: Session, user_id: int, key: str, done: Done, now: datetime) -> None:
    """The same submission, sent again, will get this answer."""
    if key:
        values = {"dossier_id": done.dossier_id, "row_version": done.row_version, "at": now}
        session.execute(insert(IdempotencyKey).values(user_id=user_id, key=key[:64], **values))


def write_prints(session: Session, dossier_id: int, prints: Iterable[NewPrint], by: str, now: datetime) -> None:
    """Fix what the ordered papers say; they are drawn when first asked for."""
    last = session.execute(select(func.max(PrintRow.number)).where(PrintRow.dossier_id == dossier_id)).scalar() or 0
    rows = []
    for number, one in enumerate(prints, start=last + 1):
        fixed = {"dossier_id": dossier_id, "number": number, "kind": one.kind, "sha256": "", "size": 0}
        data = keys().encrypt(canonical(one.data), print_place(dossier_id, number))
        made = {"data": data, "template_version": one.template_version, "created_by": by, "created_at": now}
        rows.append({**fixed, **made})
    if rows:
        session.execute(insert(PrintRow), rows)


def print_place(dossier_id: int, number: int) -> str:
    """What the data of a print are sealed for."""
    return f"print:{dossier_id}:{number}"


def write_messages(
    session: Session, dossier_id: int, sequence: int, messages: Iterable[tuple[str, Mapping[str, Any]]], now: datetime
) -> None:
    """Put messages into the outbox; the key makes a second one for the same event impossible."""
    rows = [
        {
            "key": f"{dossier_id}:{sequence}:{place}",
            "dossier_id": dossier_id,
            "kind": kind[:40],
            "payload": dict(payload),
            "state": "waiting",
            "attempts": 0,
            "created_at": now,
            "next_at": now,
            "fault": "",
        }
        for place, (kind, payload) in enumerate(messages)
    ]
    if rows:
        session.execute(insert(OutboxRow), rows)


def write_payments(session: Session, dossier_id: int, before: State, events: Iterable[Event]) -> None:
    """One row per sum received, or paid back (then less than nothing); events tell the total paid so far."""
    paid = {fee: int(facts.get("paid", 0)) for fee, facts in before.fees.items()}
    rows = []
    for event in events:
        if event.type not in ("fee_paid", "fee_refunded"):
            continue
        fee, total = str(event.data["fee"]), int(event.data["paid"])
        details = {
            "manner": str(event.data.get("manner", ""))[:40],
            "receipt": str(event.data.get("receipt", ""))[:100],
        }
        who = {"received_by": event.actor, "paid_at": event.at}
        rows.append({"dossier_id": dossier_id, "fee": fee, "amount": total - paid.get(fee, 0), **details, **who})
        paid[fee] = total
    if rows:
        session.execute(insert(Payment), rows)
