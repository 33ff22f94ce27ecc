"""What a paper says, gathered when it is ordered: later changes of dossier, office or texts do not touch it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from flask import current_app

from app.definition.model.organisation import Organisation
from app.definition.model.print_text import Print
from app.definition.model.procedure import Procedure
from app.definition.print_choice import print_named
from app.definition.shape.tables.vocabulary import STANDARD_PRINTS
from app.engine.co_owners import NAME, co_owners_of
from app.engine.fees import Balance, balance
from app.engine.state import State
from app.engine.world import World
from app.operations.prints.hand_overs import hand_overs
from app.operations.prints.handed_in import handed_in
from app.operations.prints.lines import lines_of
from app.operations.prints.occasion import Occasion
from app.operations.prints.signatures import office_of, signatures, submitter_name
from app.operations.prints.words import PrintWords
from app.storage.outcomes import NewPrint
from app.storage.people import Person
from app.storage.projection import text_of

TEMPLATES: Final = {"receipt": "receipt-slip/1", "letter": "letter/2", "control_slip": "control-slip/1"}


def print_data(
    kind: str,
    asked: Mapping[str, Any],
    state: State,
    procedure: Procedure,
    world: World,
    by: Person,
    now: datetime,
) -> NewPrint:
    """Everything the print of this key says, for the template that draws it."""
    occasion = Occasion(asked, state, procedure, world, by, now)
    one = print_named(procedure, kind, (state.received_at or now).date()) or Print(kind, kind)
    return NewPrint(kind, TEMPLATES[one.layout], {**_head(one, occasion), **_BODIES[one.layout](one, occasion)})


def _head(one: Print, occasion: Occasion) -> dict[str, Any]:
    """What every paper has: who writes, number, place and date, codes, title."""
    organisation = occasion.world.organisation
    return {
        "agency_lines": _agency_lines(organisation, _writer(one, occasion)),
        "number": str(occasion.facts.get("number", "")),
        "sign": "" if occasion.facts.get("number") else one.sign,
        "place": organisation.agency.place or organisation.agency.title,
        "issued_on": occasion.now.date().isoformat(),
        "lookup_url": _lookup_url(occasion.state.code),
        "dossier_code": occasion.state.code,
        "title": one.title,
        "form_code": one.form_code,
        "paper": one.paper,
        "template_version": TEMPLATES[one.layout],
    }


def _writer(one: Print, occasion: Occasion) -> str:
    """The unit in whose name a paper is written: that of the office-holder who signs; of the law's slips, reception."""
    signs = office_of(one, occasion)
    if signs:
        return signs
    agency = occasion.world.organisation.agency.key
    return (occasion.state.unit or occasion.state.agency) if one.key in STANDARD_PRINTS else agency


def _agency_lines(organisation: Organisation, key: str) -> list[str]:
    """Whoever stands above, the agency, the unit; a body that is no part of the agency stands below its own parent."""
    agency, unit = organisation.agency, organisation.units.get(key)
    if unit is not None and agency.key in organisation.units and agency.key not in organisation.ancestry(key):
        above = organisation.units.get(unit.parent)
        return [above.title, unit.title] if above is not None else [unit.title]
    lines = (agency.parent_title, agency.title, unit.title if unit is not None else "")
    return list(dict.fromkeys(line for line in lines if line))


def _lookup_url(code: str) -> str:
    """Where the applicant follows the dossier; the QR code leads there."""
    site = str(current_app.config.get("PUBLIC_URL", "")).rstrip("/")
    return f"{site}/tra-cuu?code={code}" if code and site.startswith("http") else ""


def _letter(one: Print, occasion: Occasion) -> dict[str, Any]:
    words = PrintWords(occasion)
    return {
        "landscape": one.landscape,
        "copies": one.copies,
        "lines": lines_of(one.text, words),
        "signatures": signatures(one, occasion),
        "recipients": [line["text"] for line in lines_of(one.recipients, words)],
    }


def owners_named(applicant: Mapping[str, Any]) -> str:
    """The applicant, and whoever owns beside them."""
    names = (applicant.get("name"), *(owner.get(NAME) for owner in co_owners_of(applicant)))
    return ", ".join(filter(None, map(text_of, names)))


def _control_slip(one: Print, occasion: Occasion) -> dict[str, Any]:
    words = PrintWords(occasion)
    state, procedure = occasion.state, occasion.procedure
    return {
        "landscape": one.landscape,
        "agency": occasion.unit_title(state.agency),
        "partners": "; ".join(occasion.unit_title(key) for key in procedure.partners),
        "applicant_name": owners_named(state.applicant),
        "phone": text_of(state.applicant.get("phone")),
        "request": procedure.title,
        "received": words.text("dossier.received"),
        "due": words.text("dossier.due"),
        "rows": hand_overs(occasion),
    }


def _receipt(one: Print, occasion: Occasion) -> dict[str, Any]:
    """The rows of Mẫu số 01; a later intake lists the papers of its phase and the day its phase ends."""
    state, procedure = occasion.state, occasion.procedure
    organisation, unit = occasion.world.organisation, occasion.reception
    step = occasion.step
    phase = step.phase if step is not None and step.does == "intake" and step.key != _first_step(occasion) else ""
    variant = next((item.title for item in procedure.variants if item.key == state.variant), "")
    applicant = state.applicant
    due = (state.phase_due.get(phase) if phase else None) or (state.due.isoformat() if state.due else None)
    return {
        "copies": list(one.copy_names) or [f"{number}" for number in range(1, one.copies + 1)],
        "advice": list(one.advice),
        "reception_unit": unit.title if unit else organisation.agency.title,
        **{name: text_of(applicant.get(name)) for name in ("representative", "address", "phone", "email")},
        "applicant_name": owners_named(applicant),
        "identity_number": text_of(applicant.get("identity")),
        "request": procedure.title,
        "request_details": [text for text in (variant, _phase_title(procedure, phase)) if text],
        "documents": [
            {"title": line.title, "kind_text": line.kind, "quantity": line.copies, "note": line.note}
            for line in handed_in(occasion, phase)
        ],
        "dossier_sets": procedure.sets,
        "time_limit_text": occasion.limit,
        "received_at": (occasion.now if phase else state.received_at or occasion.now).isoformat(),
        "due_at": due,
        "due_is_expected": state.clock_state == "not_started",
        "result_place": unit.title if unit else organisation.agency.title,
        "fees": [_fee(entry) for entry in balance(procedure, state, occasion.env) if entry.fee.kind != "payout"],
        "register_volume": "",
        "register_number": "",
        "contact_phone": (unit.phone if unit else "") or organisation.agency.phone,
        "submitter_name": submitter_name(occasion),
        "receiver_name": occasion.by.full_name,
        "extra_notes": [],
    }


def _first_step(occasion: Occasion) -> str:
    visits = (*occasion.state.past, *occasion.state.visits)
    return min(visits, key=lambda visit: visit.number).step if visits else ""


def _phase_title(procedure: Procedure, phase: str) -> str:
    return next((one.title for one in procedure.phases if phase and one.key == phase), "")


def _fee(entry: Balance) -> dict[str, Any]:
    fee = entry.fee
    notes = list(fee.why)
    if fee.state == "exempt":
        notes.insert(0, "miễn")
    elif entry.paid:
        notes.append("đã nộp" if entry.is_settled else "đã nộp một phần")
    return {"title": fee.title, "amount": fee.amount, "note": "; ".join(notes)}


_BODIES: Final[Mapping[str, Callable[[Print, Occasion], dict[str, Any]]]] = {
    "letter": _letter,
    "control_slip": _control_slip,
    "receipt": _receipt,
}
