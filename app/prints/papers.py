"""Every kind of paper by the template version it was kept under, and what draws it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.prints.control_slip import ControlSlip, render_control_slip
from app.prints.letter import Letter, render_letter
from app.prints.receipt_slip import ReceiptSlip, render_receipt_slip

Renderer = Callable[[Mapping[str, Any]], bytes]

# A print whose template version is not here was made by another program; it cannot be drawn and has no address.
RENDERERS: Final[Mapping[str, Renderer]] = {
    "receipt-slip/1": lambda data: render_receipt_slip(ReceiptSlip.from_data(data)),
    "letter/2": lambda data: render_letter(Letter.from_data(data)),
    "control-slip/1": lambda data: render_control_slip(ControlSlip.from_data(data)),
}


def can_draw(template_version: str) -> bool:
    """Whether a print can be drawn."""
    return template_version in RENDERERS


def draw(_kind: str, template_version: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a print from what was kept of it."""
    return RENDERERS[template_version](data)
