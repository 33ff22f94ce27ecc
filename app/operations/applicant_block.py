"""The applicant as typed, made into what is kept: only known parts, normal text, nothing invisible."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.definition.model.procedure import Procedure
from app.engine.co_owners import IDENTITY, NAME, co_owners_field, read_co_owners
from app.engine.co_owners import KEY as CO_OWNERS
from app.engine.world import Refusal
from app.vietnamese.text import hidden_characters, normal

PARTS = ("kind", "name", "identity", "address", "phone", "email", "note")
EXTRA_PARTS = (
    "birth_date",
    "sex",
    "nationality",
    "occupation",
    "fax",
    "bank_account",
    "relation",
    "position",
    "tax_code",
)
PEOPLE = ("representative", "submitter")
LONGEST = {"name": 300, "address": 500}
USUAL_LENGTH = 200


def applicant_block(procedure: Procedure, raw: Mapping[str, Any], on: date) -> dict[str, Any] | Refusal:
    """Refusals: missing_fields {fields}, invalid_value {field, reason, errors}, as the engine words them."""
    found, wrong = _read(raw, (*PARTS, *EXTRA_PARTS), "applicant")
    if procedure.kind == "service" and not found.get("name"):
        return Refusal("missing_fields", {"fields": ["applicant.name"]})
    if "kind" not in found and procedure.applicants:
        found["kind"] = procedure.applicants[0]
    for person in PEOPLE:
        if isinstance(raw.get(person), Mapping):
            inner, faults = _read(raw[person], (*PARTS, *EXTRA_PARTS), f"applicant.{person}")
            wrong += faults
            if inner.get("name"):
                found[person] = inner
    owners, faults = _co_owners(procedure, raw, on)
    found |= {CO_OWNERS: owners} if owners else {}
    wrong += faults
    if wrong:
        return Refusal("invalid_value", {**wrong[0], "errors": wrong})
    return found


def _co_owners(
    procedure: Procedure, raw: Mapping[str, Any], on: date
) -> tuple[list[Mapping[str, Any]], list[dict[str, Any]]]:
    field = co_owners_field(procedure.applicant, dict.fromkeys((CO_OWNERS, NAME, IDENTITY), ""))
    if field is None:
        return [], []
    rows, errors = read_co_owners(field, raw.get(CO_OWNERS), on)
    return rows, [error.to_params() for error in errors]


def _read(raw: Mapping[str, Any], parts: tuple[str, ...], place: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    found: dict[str, Any] = {}
    wrong: list[dict[str, str]] = []
    for part in parts:
        value = raw.get(part)
        if isinstance(value, Mapping) and part == "address":
            pieces, faults = _read(value, ("line", "commune"), f"{place}.address")
            wrong += faults
            value = pieces
        elif value is not None:
            text = " ".join(normal(str(value)).split())
            reason = _fault(part, text)
            if reason:
                wrong.append({"field": f"{place}.{part}", "code": "invalid_value", "reason": reason})
            value = text
        if value:
            found[part] = value
    return found, wrong


def _fault(part: str, text: str) -> str:
    if len(text) > LONGEST.get(part, USUAL_LENGTH):
        return "too_long"
    return "bad_text" if hidden_characters(text) else ""
