"""Mẫu số 01, Giấy tiếp nhận hồ sơ và hẹn trả kết quả: its data, kept when decided, and its PDF, drawn from them."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, NaiveDatetime, TypeAdapter
from pydantic.dataclasses import dataclass

from app.definition.model.print_text import Print
from app.definition.standard_prints import standard_print
from app.prints.heading import heading
from app.prints.kept import PAPERS, STRICT, DossierCode, Headed, PaperSize, RequiredText, Text, from_data, to_data
from app.prints.typesetting import typeset
from app.prints.wording import printable
from app.vietnamese.dates import moment_text
from app.vietnamese.numbers import format_money_long

TEMPLATE_VERSION: Final = "receipt-slip/1"
_TEMPLATE_FILES: Final = {"receipt-slip/1": "receipt-slip-1"}


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SlipDocument:
    """One row of the documents handed in; `note` is for "trả lại khi nhận kết quả" and the like."""

    title: RequiredText
    kind_text: Text
    quantity: Annotated[int, Field(ge=1, le=99_999)]
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class SlipFee:
    """One fee in đồng; `amount` None means that a later notice will tell it."""

    title: RequiredText
    amount: Annotated[int, Field(ge=0)] | None
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ReceiptSlip(Headed):
    """Everything the paper says, as plain values; the numbers are the rows of the form.

    Title, form code, sign, names of the copies and advice that are left empty are those of the set of the circular
    that was in force on the day of receipt.
    """

    paper: PaperSize = "A5"
    copies: tuple[RequiredText, ...] = ()
    advice: tuple[RequiredText, ...] = ()
    # rows 1 to 8
    dossier_code: DossierCode
    reception_unit: RequiredText
    applicant_name: RequiredText
    representative: Text = ""
    identity_number: Text = ""
    address: Text = ""
    phone: Text = ""
    email: Text = ""
    request: RequiredText
    request_details: tuple[RequiredText, ...] = ()
    # rows 9 to 16
    documents: tuple[SlipDocument, ...]
    dossier_sets: Annotated[int, Field(ge=1, le=99_999)] = 1
    time_limit_text: Text = ""
    received_at: NaiveDatetime
    due_at: NaiveDatetime | None  # None: the procedure promises no date
    due_is_expected: bool = False  # the clock has not started yet: "dự kiến"
    result_place: Text = ""
    fees: tuple[SlipFee, ...] = ()
    register_volume: Text = ""
    register_number: Text = ""
    # rows 17 to 19
    contact_phone: Text = ""
    submitter_name: Text = ""
    receiver_name: Text = ""
    extra_notes: tuple[RequiredText, ...] = ()
    template_version: Literal["receipt-slip/1"] = TEMPLATE_VERSION

    def to_data(self) -> dict[str, object]:
        """The slip as JSON values, to be kept with the dossier."""
        return to_data(_SLIPS, self)

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "ReceiptSlip":
        """The slip that `to_data` kept; ValueError names every field that is missing, unknown or wrong."""
        return from_data(_SLIPS, data, "receipt slip")


_SLIPS: Final = TypeAdapter(ReceiptSlip)


def render_receipt_slip(slip: ReceiptSlip, paper: PaperSize | None = None) -> bytes:
    """All copies of the slip as one PDF, the office's first, on its own paper or another; the same bytes every time."""
    wanted = slip.paper if paper is None else paper
    if wanted not in PAPERS:
        raise ValueError(f"paper {wanted!r} is unknown: allowed are {', '.join(PAPERS)}")
    return typeset(_TEMPLATE_FILES[slip.template_version], _page(slip, wanted))


def _page(slip: ReceiptSlip, paper: PaperSize) -> dict[str, object]:
    """What the template prints, all of it ready text."""
    form = standard_print("receipt", slip.received_at.date()) or Print("receipt", "")
    return {
        **heading(slip, slip.dossier_code, form.sign),
        "sheet": paper,
        "landscape": False,
        "title": printable(slip.title or form.title),
        "form_note": printable(slip.form_code or form.form_code),
        "copies": [f"Liên {order}: {printable(name)}" for order, name in enumerate(slip.copies or form.copy_names, 1)],
        "advice": [printable(line) for line in (*(slip.advice or form.advice), *slip.extra_notes)],
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
