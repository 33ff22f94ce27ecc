"""Verify all dossiers: chain, fold, state and projected columns."""

from dataclasses import dataclass

from app.storage.catalogue_store import holder
from app.storage.database import reading
from app.storage.keys import keys
from app.storage.verification import Fault, verify


@dataclass(frozen=True, slots=True)
class Verified:
    """How many dossiers were looked at, and the first fault of each that is not whole."""

    count: int
    faults: tuple[Fault, ...]


def verify_journals() -> Verified:
    """Reads only; whatever it finds it leaves as it is."""
    catalogue = holder.refresh()
    count = 0
    faults = []
    with reading() as session:
        for fault in verify(session, keys(), catalogue.procedure):
            count += 1
            if fault is not None:
                faults.append(fault)
    return Verified(count, tuple(faults))
