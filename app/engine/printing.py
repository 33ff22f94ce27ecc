"""Ordering a print: the one in force for the dossier, with its number taken in the same move."""

from typing import Any

from app.definition.print_choice import print_for
from app.engine.taking_numbers import take_number
from app.engine.turn import Turn


def order_print(turn: Turn, key: str, unit: str = "", **facts: Any) -> None:
    """Order the print of this key as of the day of receipt; nothing where the office has none for that day.

    ``unit``: the one that writes it, which may count numbers of its own (else the agency). ``facts``: what only this
    occasion knows, such as the reason.
    """
    day = (turn.state.received_at or turn.now).date()
    wanted = print_for(turn.procedure, key, day)
    if wanted is None and key in turn.procedure.prints:
        return
    known = {name: value for name, value in facts.items() if value}
    if wanted is not None and wanted.register:
        known["number"] = take_number(turn, wanted.register, unit or turn.state.agency, print=wanted.key)
    turn.order_print(key if wanted is None else wanted.key, **known)
