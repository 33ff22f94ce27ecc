"""The ends of all journals, day by day, in files outside the database: a dossier that vanished as a whole is missed."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage.canonical import digest_of
from app.storage.keys import Keys
from app.storage.tables import Dossier, EventRow

BATCH = 1_000


class KnownHead(NamedTuple):
    """The end of one journal as it was on the day of the export."""

    dossier_id: int
    code: str
    sequence: int
    hash: str


class HeadsFault(ValueError):
    """The file is not what was exported: a line was changed, or its mark is not ours."""


def folder() -> Path:
    """Where the exports lie; whoever wants to be sure copies them to another machine."""
    return Path(str(current_app.config["DATA_FOLDER"])) / "chain-heads"


def newest_export() -> Path | None:
    """The last one, if there is any."""
    return max(folder().glob("????-??-??.jsonl"), default=None)


def export_heads(session: Session, keys: Keys, day: date) -> Path:
    """Write the file of a day, one journal a line, and last a mark over all of it."""
    folder().mkdir(mode=0o750, parents=True, exist_ok=True)
    target = folder() / f"{day.isoformat()}.jsonl"
    arriving = target.with_suffix(".arriving")
    digest = digest_of(target.stem)
    with arriving.open("w", encoding="utf-8") as out:
        for head in _heads(session):
            line = json.dumps(head, ensure_ascii=False)
            digest = digest_of(digest + line)
            out.write(line + "\n")
        out.write(json.dumps({"mark": keys.sign(digest)}) + "\n")
        out.flush()
        os.fsync(out.fileno())
    arriving.replace(target)
    return target


def read_heads(path: Path, keys: Keys) -> list[KnownHead]:
    """What was exported on the day that the file is named after; raises HeadsFault, OSError."""
    *lines, last = path.read_text(encoding="utf-8").splitlines() or [""]
    digest = digest_of(path.stem)
    for line in lines:
        digest = digest_of(digest + line)
    try:
        if not keys.is_signed(digest, json.loads(last)["mark"]):
            raise HeadsFault(f"{path} is not as it was written, or it was signed with a key that SEAL_KEYS lacks")
        return [KnownHead(*json.loads(line)) for line in lines]
    except (ValueError, KeyError, TypeError) as fault:
        raise HeadsFault(f"{path}: {fault}") from None


def missing_since(session: Session, known: list[KnownHead]) -> Iterator[KnownHead]:
    """Those journals that no longer hold the event that once was their last."""
    for start in range(0, len(known), BATCH):
        part = {head.dossier_id: head for head in known[start : start + BATCH]}
        rows = session.execute(
            select(EventRow.dossier_id, EventRow.sequence, EventRow.hash)
            .join(Dossier, Dossier.id == EventRow.dossier_id)
            .where(EventRow.dossier_id.in_(list(part)))
        )
        whole = {row.dossier_id for row in rows if part[row.dossier_id][2:] == (row.sequence, row.hash)}
        yield from (head for head in part.values() if head.dossier_id not in whole)


def _heads(session: Session) -> Iterator[KnownHead]:
    last = 0
    while rows := session.execute(
        select(Dossier.id, Dossier.code, Dossier.row_version, Dossier.head_hash)
        .where(Dossier.id > last)
        .order_by(Dossier.id)
        .limit(BATCH)
    ).all():
        yield from (KnownHead(row[0], row[1] or "", row[2], row[3]) for row in rows)
        last = rows[-1][0]
