"""Mẫu số 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: its data, kept when decided, and its PDF, drawn from them."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, cast

from pydantic import ConfigDict, Field, NaiveDatetime, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from app.prints.form_sets import Form, form_set_on
from app.prints.machine_codes import code_128, qr_code
from app.prints.typesetting import typeset
from app.prints.wording import day_text, moment_text, printable
from app.vietnamese.numbers import format_money_long

TEMPLATE_VERSION: Final = "receipt-slip/1"
_TEMPLATE_FILES: Final = {"receipt-slip/1": "receipt-slip-1"}

Paper = Literal["A5", "A4"]
PAPERS: Final[tuple[Paper, ...]] = ("A5", "A4")

# Strict: "3" is not 3 and a slip with a surplus key was made by other code. Values stay out of messages: they are
# personal data and messages go to the log.
_STRICT = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

_Text = Annotated[str, Field(max_length=5000)]
_RequiredText = Annotated[str, Field(max_length=5000, pattern=r"\S")]
# What Code-128 can carry at a readable width across an A5 page; QĐ 20/2020 codes need 47 at most.
_DossierCode = Annotated[str, Field(pattern=r"^[!-~]([ -~]{0,48}[!-~])?$")]
_Link = Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")]


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class SlipDocument:
    """One row of the documents handed in; `note` is for "trả lại khi nhận kết quả" and the like."""

    title: _RequiredText
    kind_text: _Text
    quantity: Annotated[int, Field(ge=1, le=99_999)]
    note: _Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class SlipFee:
    """One fee in đồng; `amount` None means that a later notice will tell it."""

    title: _RequiredText
    amount: Annotated[int, Field(ge=0)] | None
    note: _Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=_STRICT)
class ReceiptSlip:
    """Everything the paper says, as plain values; the numbers are the rows of the form."""

    # header
    agency_lines: Annotated[tuple[_RequiredText, ...], Field(min_length=1, max_length=4)]  # the last one is bold
    number: _Text = ""  # the register's number; dots are printed when empty
    sign: _Text | None = None  # None: the sign of the form set; "": `number` is already whole
    place: _RequiredText
    issued_on: date
    lookup_url: _Link = ""  # drawn as QR when given
    # rows 1 to 8
    dossier_code: _DossierCode
    reception_unit: _RequiredText
    applicant_name: _RequiredText
    representative: _Text = ""
    identity_number: _Text = ""
    address: _Text = ""
    phone: _Text = ""
    email: _Text = ""
    request: _RequiredText
    request_details: tuple[_RequiredText, ...] = ()
    # rows 9 to 16
    documents: tuple[SlipDocument, ...]
    dossier_sets: Annotated[int, Field(ge=1, le=99_999)] = 1
    time_limit_text: _Text = ""
    received_at: NaiveDatetime
    due_at: NaiveDatetime | None  # None: the procedure promises no date
    due_is_expected: bool = False  # the clock has not started yet: "dự kiến"
    result_place: _Text = ""
    fees: tuple[SlipFee, ...] = ()
    register_volume: _Text = ""
    register_number: _Text = ""
    # rows 17 to 19
    contact_phone: _Text = ""
    submitter_name: _Text = ""
    receiver_name: _Text = ""
    extra_notes: tuple[_RequiredText, ...] = ()
    template_version: Literal["receipt-slip/1"] = TEMPLATE_VERSION

    def to_data(self) -> dict[str, object]:
        """The slip as JSON values, to be kept with the dossier."""
        return cast(dict[str, object], _SLIPS.dump_python(self, mode="json"))

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "ReceiptSlip":
        """The slip that `to_data` kept; ValueError names every field that is missing, unknown or wrong."""
        try:
            return _SLIPS.validate_json(json.dumps(dict(data)))
        except ValidationError as mistakes:
            named = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in mistakes.errors())
            raise ValueError(f"receipt slip data cannot be read: {named}") from None
        except TypeError as mistake:
            raise ValueError(f"receipt slip data must be JSON values only: {mistake}") from None


_SLIPS: Final = TypeAdapter(ReceiptSlip)


def render_receipt_slip(slip: ReceiptSlip, paper: Paper = "A5") -> bytes:
    """Both copies of the slip as one PDF, the office's first; the same slip gives the same bytes."""
    if paper not in PAPERS:
        raise ValueError(f"paper {paper!r} is unknown: allowed are {', '.join(PAPERS)}")
    return typeset(_TEMPLATE_FILES[slip.template_version], _page(slip, paper))


def _page(slip: ReceiptSlip, paper: Paper) -> dict[str, object]:
    """What the template prints, all of it ready text."""
    forms = form_set_on(slip.received_at.date())
    form = forms.receipt
    bars = code_128(slip.dossier_code)
    qr = qr_code(slip.lookup_url) if slip.lookup_url else None
    return {
        "paper": paper,
        "title": form.title,
        "form_note": f"{form.number} ban hành kèm theo {forms.circular}",
        "copies": [f"Liên {order}: {name}" for order, name in enumerate(form.copies, start=1)],
        "advice": [*form.advice, *map(printable, slip.extra_notes)],
        "code": slip.dossier_code,
        "bars": {"svg": bars.svg, "modules": bars.modules},
        "qr": qr and {"svg": qr.svg},
        "agency_lines": [printable(line, longest=20) for line in slip.agency_lines],
        "number": _number(slip, form),
        "place_and_date": f"{printable(slip.place, longest=20)}, {day_text(slip.issued_on)}",
        "dossier_sets": f"{slip.dossier_sets:02} (bộ)",
        "documents": [_document_row(row) for row in slip.documents],
        "request_details": [printable(line) for line in slip.request_details],
        **_texts(slip),
        **_times(slip),
        **_fees(slip.fees),
    }


def _texts(slip: ReceiptSlip) -> dict[str, str]:
    names = (
        "reception_unit", "applicant_name", "representative", "identity_number", "address", "phone", "email", "request",
        "result_place", "register_volume", "register_number", "contact_phone",
    )  # fmt: skip
    signers = ("submitter_name", "receiver_name")
    return {name: printable(getattr(slip, name), longest=20 if name in signers else 40) for name in (*names, *signers)}


def _times(slip: ReceiptSlip) -> dict[str, str]:
    expected = " (dự kiến)" if slip.due_is_expected else ""
    return {
        "time_limit": printable(slip.time_limit_text),
        "received": moment_text(slip.received_at),
        "due_label": f"Thời gian trả kết quả giải quyết hồ sơ{expected}",
        "due": moment_text(slip.due_at) if slip.due_at else "theo thông báo của cơ quan giải quyết",
    }


def _number(slip: ReceiptSlip, form: Form) -> str:
    number = printable(slip.number, longest=20) or "……"
    sign = form.sign if slip.sign is None else printable(slip.sign, longest=20)
    return f"{number}/{sign}" if sign else number


def _document_row(row: SlipDocument) -> dict[str, object]:
    return {
        "title": printable(row.title, longest=24),
        "kind_text": printable(row.kind_text, longest=10),
        "quantity": f"{row.quantity:02}",
        "note": printable(row.note, longest=24),
    }


def _fees(fees: tuple[SlipFee, ...]) -> dict[str, object]:
    known = [fee.amount for fee in fees if fee.amount is not None]
    later = " và khoản theo thông báo" if len(known) < len(fees) else ""
    return {
        "fees": [_fee_line(fee) for fee in fees],
        "fees_total": (format_money_long(sum(known)) + later) if known else "",
    }


def _fee_line(fee: SlipFee) -> str:
    amount = "theo thông báo" if fee.amount is None else format_money_long(fee.amount)
    note = f" ({printable(fee.note)})" if fee.note.strip() else ""
    return f"{printable(fee.title)}: {amount}{note}"
