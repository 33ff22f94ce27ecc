"""From the state of a dossier to columns: everything lists, filters and reports read follows from here."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.co_owners import NAME, co_owners_of
from app.engine.state import State, Visit, state_to_json
from app.storage.sealing import SEAL, is_seal
from app.vietnamese.search import search_key, sort_key

_WORD = re.compile(r"[^\W_]+")
# An applicant's or a reception's words: enough to find a dossier, short enough for an index.
_SEARCH_LENGTH = 4_000
# Work that is over; everything else is still somebody's, a result waiting to be collected included.
CLOSED = frozenset(("returned", "stopped", "not_accepted"))


def dossier_columns(state: State, procedure: Procedure) -> dict[str, Any]:
    """The columns of the row, from the sealed state."""
    applicant = state.applicant
    name = text_of(applicant.get("name"))
    return {
        "procedure_key": state.procedure,
        "procedure_number": state.number,
        "field": procedure.field,
        "agency": state.agency,
        "authority": state.authority,
        "unit": state.unit,
        "code": state.code or None,
        "status": state.status,
        "closed": state.status in CLOSED,
        "channel": state.channel,
        "variant": state.variant,
        "period": state.period,
        "follows": int(state.follows) if state.follows else None,
        **_work(state.visits),
        "applicant_kind": text_of(applicant.get("kind"))[:40],
        "applicant_name": name[:300],
        "applicant_sort": sort_key(name)[:400],
        "applicant_phone": text_of(applicant.get("phone"))[:40],
        "applicant_address": text_of(applicant.get("address"))[:500],
        "applicant_identity": _digest(applicant.get("identity")),
        "sent_at": state.sent_at,
        "received_at": state.received_at,
        "accepted_at": state.accepted_at,
        "due_at": state.due,
        "first_due_at": state.first_due,
        "legal_due_at": state.legal_due,
        "finished_at": state.finished_at,
        "returned_at": state.returned_at,
        "clock_state": state.clock_state,
        "result_class": state.result_class,
        "search": search_text(state, procedure),
        "answers": dict(state.answers),
        "state": state_to_json(state),
        "row_version": state.sequence,
        "updated_at": state.last_at,
    }


def _work(visits: tuple[Visit, ...]) -> dict[str, str]:
    steps = [visit for visit in visits if visit.kind != "opinion"]
    return {
        "step_keys": " ".join(dict.fromkeys(visit.step for visit in steps))[:500],
        "step_titles": " · ".join(dict.fromkeys(visit.title for visit in steps))[:500],
        "holder": next((visit.holder for visit in steps if visit.holder), ""),
    }


def _digest(value: Any) -> str:
    return str(value[SEAL]) if is_seal(value) else ""


def text_of(value: Any) -> str:
    """A value of the applicant or of a form as plain words; seals have none."""
    if value is None or is_seal(value) or isinstance(value, bool):
        return ""
    if isinstance(value, Mapping):
        named = value.get("name")
        return text_of(named) if named else ", ".join(filter(None, map(text_of, value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(text_of, value)))
    return str(value)


def search_text(state: State, procedure: Procedure) -> str:
    """Folded words of code, numbers, applicant and searchable answers, each after a space."""
    applicant = state.applicant
    parts = [state.code, *(applicant.get(name) for name in ("name", "phone", "email", "address"))]
    representative = applicant.get("representative")
    if isinstance(representative, Mapping):
        parts.append(representative.get("name"))
    parts.extend(owner.get(NAME) for owner in co_owners_of(applicant))
    parts.extend(number for run in state.numbers.values() for number in run)
    for field in procedure.form.fields.values():
        if field.in_search and not field.sensitive and field.shown_to is None:
            parts.append(state.answers.get(field.key))
    return "".join(f" {word}" for part in parts for word in words(text_of(part)))[:_SEARCH_LENGTH]


def words(text: str) -> Iterator[str]:
    """The folded words of a text, as they are stored and as they are looked for."""
    return (found.group() for found in _WORD.finditer(search_key(text)))


def visit_columns(visit: Visit) -> dict[str, Any]:
    """The columns of one visit."""
    return {
        "number": visit.number,
        "step": visit.step,
        "kind": visit.kind,
        "title": visit.title[:300],
        "holder": visit.holder,
        "actor": visit.actor,
        "chosen": visit.chosen or visit.opinion,
        "entered_at": visit.entered,
        "due_at": visit.due,
        "left_at": visit.left,
    }


def moment_of(text: str) -> datetime | None:
    """An ISO date, moment or month as a moment; None for anything else."""
    try:
        return datetime.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return None
