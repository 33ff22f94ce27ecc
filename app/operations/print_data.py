"""What a paper says, gathered when it is ordered: later changes of the dossier or the office do not touch it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import current_app

from app.definition.duration import Duration, parse_duration
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.documents import listed
from app.engine.environment import environment
from app.engine.fees import Balance, balance
from app.engine.state import State
from app.engine.world import World
from app.storage.outcomes import NewPrint
from app.storage.people import Person
from app.storage.projection import text_of

RECEIPT_TEMPLATE = "receipt-slip/1"
LETTER_TEMPLATE = "letter/1"
COUNTS = {
    "originals": "Bản chính",
    "certified_copies": "Bản sao chứng thực",
    "copies": "Bản sao",
    "scans": "Bản điện tử",
}
TITLES = {
    "supplement": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "refusal": "Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
    "apology": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "stop": "Thông báo dừng giải quyết hồ sơ",
    "control_slip": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
}


def print_data(
    kind: str,
    asked: Mapping[str, Any],
    state: State,
    procedure: Procedure,
    world: World,
    by: Person,
    now: datetime,
) -> NewPrint:
    """The receipt slip has its own form; every other paper is a letter with the facts it may need."""
    common = _common(state, procedure, world.organisation, now)
    if kind == "receipt":
        return NewPrint(kind, RECEIPT_TEMPLATE, {**common, **_receipt(state, procedure, world, by, now)})
    letter = {
        **common,
        "title": _title(kind, procedure),
        "reason": str(
            state.refusal.get("reason") or (state.requests[-1].get("reason") if state.requests else "") or ""
        ),
        "requested": [str(one) for one in (state.requests[-1].get("documents") or ())] if state.requests else [],
        "signer": by.full_name,
        "asked": {name: value for name, value in asked.items() if name != "print"},
    }
    return NewPrint(kind, LETTER_TEMPLATE, letter)


def _title(kind: str, procedure: Procedure) -> str:
    custom = procedure.prints.get(kind)
    return custom.title if custom is not None else TITLES.get(kind, kind)


def _common(state: State, procedure: Procedure, organisation: Organisation, now: datetime) -> dict[str, Any]:
    applicant = state.applicant
    unit = organisation.units.get(state.unit or state.agency)
    return {
        "agency_lines": _agency_lines(organisation, unit.title if unit else ""),
        "place": organisation.agency.place or organisation.agency.title,
        "issued_on": now.date().isoformat(),
        "dossier_code": state.code,
        "reception_unit": unit.title if unit else organisation.agency.title,
        "applicant_name": text_of(applicant.get("name")),
        "representative": text_of(applicant.get("representative")),
        "identity_number": text_of(applicant.get("identity")),
        "address": text_of(applicant.get("address")),
        "phone": text_of(applicant.get("phone")),
        "email": text_of(applicant.get("email")),
        "request": procedure.title,
        "received_at": (state.received_at or now).isoformat(),
        "due_at": state.due.isoformat() if state.due else None,
    }


def _agency_lines(organisation: Organisation, unit: str) -> list[str]:
    lines = (organisation.agency.parent_title, organisation.agency.title, unit)
    return list(dict.fromkeys(line for line in lines if line))


def _receipt(state: State, procedure: Procedure, world: World, by: Person, now: datetime) -> dict[str, Any]:
    """The rows of Mẫu số 01 that no other paper has."""
    env = environment(procedure, state, world, now)
    organisation = world.organisation
    unit = organisation.units.get(state.unit or state.agency)
    variant = next((one.title for one in procedure.variants if one.key == state.variant), "")
    papers = listed(procedure, env)
    return {
        "number": "",
        "sign": None,
        "lookup_url": _lookup_url(state.code),
        "request_details": [variant] if variant else [],
        "documents": [
            row for paper in papers for row in _paper_rows(paper, state.documents.get(paper.key), organisation)
        ],
        "dossier_sets": procedure.sets,
        "time_limit_text": _limit_text(state.limit),
        "due_is_expected": state.clock_state == "not_started",
        "result_place": unit.title if unit else organisation.agency.title,
        "fees": [_fee(entry) for entry in balance(procedure, state, env) if entry.fee.kind != "payout"],
        "register_volume": "",
        "register_number": "",
        "contact_phone": (unit.phone if unit else "") or organisation.agency.phone,
        "submitter_name": text_of(state.applicant.get("submitter") or state.applicant.get("representative"))
        or text_of(state.applicant.get("name")),
        "receiver_name": by.full_name,
        "extra_notes": [],
        "template_version": RECEIPT_TEMPLATE,
    }


def _lookup_url(code: str) -> str:
    """Where the applicant follows the dossier; the QR code leads there."""
    site = str(current_app.config.get("PUBLIC_URL", "")).rstrip("/")
    return f"{site}/tra-cuu?code={code}" if site.startswith("http") else ""


def _paper_rows(paper: Any, entry: Mapping[str, Any] | None, organisation: Organisation) -> Iterator[dict[str, Any]]:
    if entry is None:
        return
    note = "trả lại khi nhận kết quả" if paper.returned else ""
    counted = [(words, int(entry[name])) for name, words in COUNTS.items() if entry.get(name)]
    if not counted and entry.get("files"):
        counted = [(COUNTS["scans"], len(entry["files"]))]
    if not counted and entry.get("source"):
        source = str(entry["source"])
        counted, note = [("Dữ liệu điện tử", 1)], f"khai thác từ {organisation.sources.get(source, source)}"
    if not counted and entry.get("presented"):
        counted, note = [("Bản chính", 1)], "xuất trình để đối chiếu"
    for words, count in counted:
        yield {"title": paper.title, "kind_text": words, "quantity": count, "note": note}


def _fee(entry: Balance) -> dict[str, Any]:
    fee = entry.fee
    notes = list(fee.why)
    if fee.state == "exempt":
        notes.insert(0, "miễn")
    elif entry.paid:
        notes.append("đã nộp" if entry.is_settled else "đã nộp một phần")
    return {"title": fee.title, "amount": fee.amount, "note": "; ".join(notes)}


def _limit_text(limit: Mapping[str, Any]) -> str:
    """The promised limit as people read it."""
    times = [*(str(phase["time"]) for phase in limit.get("phases", ())), *map(str, limit.get("add", ()))]
    read = [parse_duration(text) for text in times]
    return ", cộng ".join(one.to_vietnamese() for one in read if isinstance(one, Duration))
