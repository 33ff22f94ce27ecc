"""The closed vocabulary of statuses (national codes 1–10) and the only changes allowed between them."""

CODES = {
    "submitted": 1,
    "received": 2,
    "not_accepted": 3,
    "processing": 4,
    "supplement": 5,
    "financial_duty": 6,
    "withdrawal": 7,
    "stopped": 8,
    "result_ready": 9,
    "returned": 10,
}

ALLOWED: dict[str, frozenset[str]] = {
    "submitted": frozenset(("received", "not_accepted", "supplement", "withdrawal")),
    "received": frozenset(("processing", "supplement", "financial_duty", "withdrawal", "stopped", "result_ready")),
    "processing": frozenset(("supplement", "financial_duty", "withdrawal", "stopped", "result_ready")),
    "supplement": frozenset(("received", "processing", "withdrawal", "stopped")),
    "financial_duty": frozenset(("processing", "withdrawal", "stopped", "result_ready")),
    "withdrawal": frozenset(("processing", "stopped")),
    "stopped": frozenset(("processing",)),
    "result_ready": frozenset(("returned",)),
    "not_accepted": frozenset(),
    "returned": frozenset(),
}

# Of several parallel steps the one named first here gives its status to the dossier.
PRECEDENCE = ("financial_duty", "supplement", "result_ready", "processing")


def path(old: str, new: str) -> tuple[str, ...]:
    """The statuses to go through from one to the other, the last being ``new``; empty if there is no allowed way.

    Two neighbours that may not follow each other directly (6 and 5) meet in processing.
    """
    if old == new:
        return ()
    if new in ALLOWED[old]:
        return (new,)
    between = next((via for via in ("processing", "received") if via in ALLOWED[old] and new in ALLOWED[via]), "")
    return (between, new) if between else ()


WAYS = {(old, new): path(old, new) for old in CODES for new in CODES}
