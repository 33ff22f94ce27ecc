"""What standard conduct says in the timeline: transfers, corrections, a change of case, reopening, money paid back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.engine.events import Event
from app.screens.formats import format_moment, format_money
from app.screens.names import Names

# How heavy it is in its move, the sentence, and what was said with it.
Sentence = tuple[int, str, str]
APPROVED: Mapping[str, Any] = {
    "refuse": _l("Refusal"),
    "stop": _l("Stop"),
    "extend": _l("New date"),
    "withdraw": _l("Withdrawal"),
    "supplement": _l("One more supplement"),
    "send_back": _l("Sending back"),
    "transfer": _l("Transfer to another office"),
    "correct": _l("Correction of a result"),
    "consult": _l("Consultation"),
}


def approval(event: Event, _names: Names) -> Sentence:
    """Somebody was asked to agree, or has decided."""
    conduct = str(APPROVED.get(str(event.data["conduct"]), event.data["conduct"]))
    if event.type == "approval_asked":
        given = event.data.get("arguments", {})
        said = [str(given[name]) for name in ("reason", "ground", "question") if given.get(name)]
        return (
            85,
            _("Agreement asked for: %(what)s", what=conduct),
            "\n".join(said) or str(event.data.get("comment", "")),
        )
    if event.data.get("agreed"):
        return 88, _("Agreed: %(what)s", what=conduct), ""
    return 88, _("Not agreed: %(what)s", what=conduct), ""


def extended(event: Event, _names: Names) -> Sentence:
    """The due date was moved: with an apology, or because the law moves it."""
    at, reason = format_moment(datetime.fromisoformat(str(event.data["to"]))), str(event.data.get("reason", ""))
    if event.data.get("ground") == "legal":
        return 90, _("Extended by law, new date %(at)s", at=at), reason
    return 90, _("Apology, new date %(at)s", at=at), reason


def _transferred(event: Event, names: Names) -> Sentence:
    before, after = names.unit(str(event.data["from"])), names.unit(str(event.data["to"]))
    return 92, _("Transferred from %(before)s to %(after)s", before=before, after=after), str(event.data["reason"])


def _corrected(event: Event, names: Names) -> Sentence:
    result = names.result(str(event.data["result"]))
    text = _("Correction %(number)s of “%(result)s”", number=event.data["correction"], result=result)
    responsible = _("Responsible: %(who)s", who=event.data["responsible"])
    return 92, text, f"{event.data['reason']}\n{responsible}"


def _reopened(event: Event, _names: Names) -> Sentence:
    text = _("Taken up again by decision %(decision)s", decision=event.data["decision"])
    return 95, text, str(event.data["reason"])


def _variant_changed(event: Event, names: Names) -> Sentence:
    before, after = (names.variant(str(event.data[name])) for name in ("from", "to"))
    return 85, _("Case changed from “%(before)s” to “%(after)s”", before=before, after=after), str(event.data["reason"])


def _refund_asked(event: Event, names: Names) -> Sentence:
    fees = [f"{names.fee(str(key))} ({format_money(int(amount))})" for key, amount in event.data["fees"].items()]
    return 25, _("To be paid back: %(fees)s", fees="; ".join(fees)), ""


def _refunded(event: Event, names: Names) -> Sentence:
    fee, number = names.fee(str(event.data["fee"])), str(event.data.get("receipt", ""))
    return 60, _("Paid back: %(fee)s, voucher %(number)s", fee=fee, number=number), ""


TOLD: Mapping[str, Callable[[Event, Names], Sentence]] = {
    "approval_asked": approval,
    "approval_decided": approval,
    "extended": extended,
    "transferred": _transferred,
    "corrected": _corrected,
    "reopened": _reopened,
    "variant_changed": _variant_changed,
    "refund_asked": _refund_asked,
    "fee_refunded": _refunded,
}
