"""Letters and minutes: lines of text under the head of the office, drawn from what was kept when they were ordered."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter
from pydantic.dataclasses import dataclass

from app.prints.heading import heading
from app.prints.kept import STRICT, DossierCode, Headed, LongText, RequiredText, Text, from_data, to_data
from app.prints.typesetting import typeset
from app.prints.wording import printable

TEMPLATE_VERSION: Final = "letter/2"


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class LetterLine:
    """A paragraph, or with a marker an item of a list; line breaks inside come from a long answer."""

    text: LongText
    marker: Annotated[str, Field(max_length=8)] = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Signature:
    """The words above the name, the name, and what stands between them for those who sign by hand."""

    role: Text
    name: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Letter(Headed):
    """Everything a letter says. A dossier that was not accepted has no code yet."""

    dossier_code: DossierCode | Literal[""] = ""
    landscape: bool = False
    copies: Annotated[int, Field(ge=1, le=20)] = 1
    lines: tuple[LetterLine, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[RequiredText, ...] = ()
    template_version: Literal["letter/2"] = TEMPLATE_VERSION

    def to_data(self) -> dict[str, object]:
        """The letter as JSON values, to be kept with the dossier."""
        return to_data(_LETTERS, self)

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> "Letter":
        """The letter that `to_data` kept; ValueError names every field that is missing, unknown or wrong."""
        return from_data(_LETTERS, data, "letter")


_LETTERS: Final = TypeAdapter(Letter)


def render_letter(letter: Letter) -> bytes:
    """The letter as PDF; the same letter gives the same bytes."""
    several = letter.copies > 1
    return typeset(
        "letter-2",
        {
            **heading(letter, letter.dossier_code, ""),
            "sheet": f"letter-{letter.paper}",
            "landscape": letter.landscape,
            "title": printable(letter.title, longest=24),
            "form_note": printable(letter.form_code),
            "copies": [f"Liên {order}" if several else "" for order in range(1, letter.copies + 1)],
            "lines": [_line(line) for line in letter.lines],
            "signatures": [
                {name: printable(getattr(one, name), longest=20) for name in ("role", "name", "note")}
                for one in letter.signatures
            ],
            "recipients": [printable(one) for one in letter.recipients],
        },
    )


def _line(line: LetterLine) -> dict[str, object]:
    return {"marker": line.marker, "texts": [printable(text) for text in line.text.splitlines() if text.strip()]}
