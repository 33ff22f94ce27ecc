"""Book money that came in for a fee, with its receipt."""

from datetime import datetime

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.take_action import take_action
from app.storage.outcomes import Done
from app.storage.people import Person


def record_payment(
    dossier_id: int,
    row_version: int | None,
    fee: str,
    by: Person,
    now: datetime,
    *,
    amount: int | None = None,
    receipt: str = "",
    manner: str = "cash",
    key: str = "",
) -> Done | Refusal:
    """``amount`` None: all that is left to pay. Refusals as of ``take_action``."""
    said = {"receipt": receipt.strip(), "manner": manner}
    details = said if amount is None else {**said, "amount": amount}
    return take_action(dossier_id, row_version, Action("pay", pay={fee: details}), by, now, key=key)
