"""What the templates print at the head of every paper, all of it ready text and drawings."""

from app.prints.kept import Headed
from app.prints.machine_codes import code_128, qr_code
from app.prints.wording import printable
from app.vietnamese.dates import day_text

NO_NUMBER = "……"


def heading(paper: Headed, code: str, sign: str) -> dict[str, object]:
    """Office, number, place and date; bars and QR where there is a dossier code and a link."""
    bars = code_128(code) if code else None
    return {
        "agency_lines": [printable(line, longest=20) for line in paper.agency_lines],
        "number": number_text(paper.number, sign if paper.sign is None else paper.sign),
        "place_and_date": f"{printable(paper.place, longest=20)}, {day_text(paper.issued_on)}",
        "code": code,
        "bars": bars and {"svg": bars.svg, "modules": bars.modules},
        "qr": {"svg": qr_code(paper.lookup_url).svg} if paper.lookup_url else None,
    }


def number_text(number: str, sign: str) -> str:
    """`152/TNHS`, `……/TNHS` before a number is given, `01/GP-UBND` as a register wrote it."""
    written, after = printable(number, longest=20) or NO_NUMBER, printable(sign, longest=20)
    return f"{written}/{after}" if after else written
