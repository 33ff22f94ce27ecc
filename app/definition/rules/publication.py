"""Rules about what the law wants published, and about versions side by side (P01–P06 P09–P11)."""

import re
from collections.abc import Iterator
from datetime import date

from app.definition.outline import Outline
from app.definition.rules.references import listed
from app.definition.rules.subject import Finding, Library, Subject
from app.definition.words import Words

# National codes: "1.004220", with the parts some portals append: "1.004220.000.00.00.H24".
_CODE = re.compile(r"[0-9]\.[0-9]{6}(?:\.[0-9A-Z]{1,6})*")
_PARTS = {
    "legal_basis": Words("căn cứ pháp lý", "legal basis"),
    "results": Words("kết quả", "results"),
}


def legal_parts(subject: Subject) -> Iterator[Finding]:
    """P01: a part that Article 8 of Decree 63/2010 wants is empty. That it is not written at all is told as K02."""
    if subject.procedure.kind != "service":
        return
    for key, part in _PARTS.items():
        if key in subject.expanded and not listed(subject.expanded[key]) and (key,) not in subject.broken:
            yield Finding((key,), "P01", {"part": part, "place": key}, on_key=True)


def nobody_applies(subject: Subject) -> Iterator[Finding]:
    """P09: nobody may apply."""
    if subject.procedure.kind == "service" and "for" in subject.expanded and not subject.procedure.applicants:
        yield Finding(("for",), "P09", on_key=True)


def dates_reversed(subject: Subject) -> Iterator[Finding]:
    """P04: out of force before it comes into force."""
    procedure = subject.procedure
    if procedure.until is not None and procedure.until < procedure.since:
        yield Finding(("effective", "to"), "P04")


def announced_late(subject: Subject) -> Iterator[Finding]:
    """P05: announced after it came into force."""
    procedure = subject.procedure
    day = procedure.announced.day if procedure.announced is not None else None
    if day is not None and day > procedure.since:
        yield Finding(("announced", "date"), "P05", {"a": day, "b": procedure.since})


def basis_ended(subject: Subject) -> Iterator[Finding]:
    """P06: a legal text that was no longer in force when the procedure came into force."""
    for at, basis in enumerate(subject.procedure.legal_basis):
        if basis.until is not None and basis.until < subject.procedure.since:
            yield Finding(("legal_basis", at, "to"), "P06", {"title": basis.title, "day": basis.until})


def no_code(subject: Subject) -> Iterator[Finding]:
    """P10: neither a national nor a provincial code."""
    procedure = subject.procedure
    if procedure.kind == "service" and not procedure.code and not procedure.local_code:
        yield Finding(("key",), "P10", on_key=True)


def code_shape(subject: Subject) -> Iterator[Finding]:
    """P11: a national code of another shape than 1.004220."""
    code = subject.procedure.code
    if code and _CODE.fullmatch(code) is None:
        yield Finding(("code",), "P11", {"code": code})


def same_codes(library: Library) -> Iterator[Finding]:
    """P02: a code that another procedure has, today or formerly."""
    owners: dict[str, str] = {}
    for one in library.procedures:
        for path, code in one.codes:
            other = owners.setdefault(code, one.name)
            if other != one.name:
                yield Finding(path, "P02", {"code": code, "other": other}, document=f"procedures/{one.stem}")


def versions_overlap(library: Library) -> Iterator[Finding]:
    """P03: two versions of one procedure are in force on the same day."""
    earlier: dict[str, list[Outline]] = {}
    for one in library.procedures:
        for other in earlier.setdefault(one.key, []) if one.key else ():
            day = _common_day(one, other)
            if day is not None:
                params = {"day": day, "other": f"procedures/{other.stem}.yaml"}
                yield Finding(("effective", "from"), "P03", params, document=f"procedures/{one.stem}")
        earlier.setdefault(one.key, []).append(one)


def _common_day(one: Outline, two: Outline) -> date | None:
    first = max(one.since, two.since)
    ends = [end for end in (one.until, two.until) if end is not None]
    return first if all(first <= end for end in ends) else None
