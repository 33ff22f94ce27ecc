"""Phiếu kiểm soát quá trình giải quyết hồ sơ: who had the dossier, from when, and whether it was passed on in time."""

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from app.prints.heading import heading
from app.prints.kept import STRICT, DossierCode, Headed, RequiredText, Text, from_data, to_data
from app.prints.typesetting import typeset
from app.prints.wording import printable

TEMPLATE_VERSION: Final = "control-slip/1"


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class HandOver:
    """One row: given by, taken by, when, how it was dealt with by whoever took it."""

    giver: RequiredText
    receiver: RequiredText
    at: Text
    giver_name: Text = ""
    receiver_name: Text = ""
    result: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ControlSlip(Headed):
    """Everything the slip says."""

    dossier_code: DossierCode
    landscape: bool = False
    agency: RequiredText
    partners: Text = ""
    applicant_name: Text = ""
    phone: Text = ""
    request: RequiredText
    received: Text = ""
    due: Text = ""
    rows: tuple[HandOver, ...] = ()
    template_version: Literal["control-slip/1"] = TEMPLATE_VERSION

    def to_data(self) -> dict[str, object]:
        """The slip as JSON values, to be kept with the dossier."""
        return to_data(_SLIPS, self)

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "ControlSlip":
        """The slip that `to_data` kept; ValueError names every field that is missing, unknown or wrong."""
        return from_data(_SLIPS, data, "control slip")


_SLIPS: Final = TypeAdapter(ControlSlip)


def render_control_slip(slip: ControlSlip) -> bytes:
    """The slip as PDF; the same slip gives the same bytes."""
    names = ("agency", "partners", "applicant_name", "phone", "request", "received", "due")
    return typeset(
        "control-slip-1",
        {
            **heading(slip, slip.dossier_code, ""),
            "sheet": f"letter-{slip.paper}",
            "landscape": slip.landscape,
            "title": printable(slip.title, longest=24),
            "form_note": printable(slip.form_code),
            "copies": [""],
            **{name: printable(getattr(slip, name)) for name in names},
            "rows": [
                {name: printable(getattr(row, name), longest=16) for name in HandOver.__dataclass_fields__}
                for row in slip.rows
            ],
        },
    )
