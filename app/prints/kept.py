"""Papers as values that are kept with the dossier: strict, so that one made by other code is never drawn wrongly."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal, TypeVar, cast

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

PaperSize = Literal["A5", "A4"]
PAPERS: Final[tuple[PaperSize, ...]] = ("A5", "A4")

# Strict: "3" is not 3 and a paper with a surplus key was made by other code. Values stay out of messages: they are
# personal data and messages go to the log.
STRICT = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

Text = Annotated[str, Field(max_length=5000)]
LongText = Annotated[str, Field(max_length=50_000)]  # a long answer may stand on a letter
RequiredText = Annotated[str, Field(max_length=5000, pattern=r"\S")]
# What Code-128 can carry at a readable width across an A5 page; QĐ 20/2020 codes need 47 at most.
DossierCode = Annotated[str, Field(pattern=r"^[!-~]([ -~]{0,48}[!-~])?$")]
Link = Annotated[str, Field(max_length=500, pattern=r"^(https?://\S+)?$")]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Headed:
    """The head of every paper: the office, number, place and date, what it is called."""

    agency_lines: Annotated[tuple[RequiredText, ...], Field(min_length=1, max_length=4)]  # the last one is bold
    number: Text = ""  # the register's number; dots are printed when empty
    sign: Text | None = None  # stands after the dots; "": `number` is already whole
    place: RequiredText
    issued_on: date
    lookup_url: Link = ""  # drawn as QR when given
    title: Text = ""
    form_code: Text = ""  # printed in the corner
    paper: PaperSize = "A4"


def to_data(adapter: TypeAdapter[T], paper: T) -> dict[str, object]:
    """The paper as JSON values."""
    return cast(dict[str, object], adapter.dump_python(paper, mode="json"))


def from_data(adapter: TypeAdapter[T], data: Mapping[str, object], called: str) -> T:
    """The paper that `to_data` kept; ValueError names every field that is missing, unknown or wrong."""
    try:
        return adapter.validate_json(json.dumps(dict(data)))
    except ValidationError as mistakes:
        named = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in mistakes.errors())
        raise ValueError(f"{called} data cannot be read: {named}") from None
    except TypeError as mistake:
        raise ValueError(f"{called} data must be JSON values only: {mistake}") from None
