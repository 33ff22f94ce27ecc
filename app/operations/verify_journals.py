"""Verify all dossiers: chain, fold, state, projected columns and readers; and that none vanished since an export."""

from dataclasses import dataclass
from pathlib import Path

from app.storage.catalogue_store import holder
from app.storage.chain_heads import missing_since, newest_export, read_heads
from app.storage.database import reading
from app.storage.following import readers_follow
from app.storage.keys import keys
from app.storage.verification import Fault, verify


@dataclass(frozen=True, slots=True)
class Verified:
    """How many dossiers were looked at, and the first fault of each that is not whole."""

    count: int
    faults: tuple[Fault, ...]
    heads: Path | None


def verify_journals(heads: Path | None = None) -> Verified:
    """Reads only; whatever it finds it leaves as it is. ``heads``: which export to compare with (none: the newest).

    Raises HeadsFault when the export itself was tampered with, OSError when it cannot be read.
    """
    catalogue = holder.refresh()
    heads = heads or newest_export()
    known = read_heads(heads, keys()) if heads is not None else []
    count = 0
    faults = []
    with reading() as session:
        follow = catalogue.organisation if readers_follow(session) else None
        for fault in verify(session, keys(), catalogue.procedure, follow):
            count += 1
            if fault is not None:
                faults.append(fault)
        named = {fault.dossier_id for fault in faults}
        gone = [head for head in missing_since(session, known) if head.dossier_id not in named]
        faults += [Fault(head.dossier_id, head.code, "missing", head.sequence) for head in gone]
    return Verified(count, tuple(faults), heads)
