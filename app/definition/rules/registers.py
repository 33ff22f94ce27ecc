"""Rules about registers and their number formats (O07–O09 O12)."""

import re
from collections.abc import Iterator

from app.definition.model.organisation import Organisation, Register
from app.definition.rules.references import MOST_NAMES, keys_of
from app.definition.rules.subject import Finding, KeyPath, Library, Subject
from app.definition.source import near

DOSSIER_CODE = "dossier-code"
LONGEST_CODE = 50  # what bar code, data exchange and the printed slip can hold
_PART = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"n(?::0[1-9])?")
_FIXED = ("year", "yy", "yymmdd", "unit.sign", "agency.sign", "unit.code", "agency.code", "period")
_LONGEST_NUMBER = 6


def number_parts(library: Library) -> Iterator[Finding]:
    """O07: a part of a number format that nothing fills in, a format without the number itself, an unpaired bracket."""
    columns, used = _columns(library), _used(library)
    for key, register in library.organisation.registers.items():
        path: KeyPath = (key, "number")
        parts = _PART.findall(register.number)
        allowed = ("n", "n:04", *_FIXED, *columns)
        strange = [part for part in parts if not _NUMBER.fullmatch(part) and part not in allowed]
        if key not in used:  # nothing tells which form its parts belong to
            strange = [part for part in strange if not _is_column(part, library)]
        for part in strange[:1]:
            params = {"part": f"{{{part}}}", "near": near(part, allowed), "allowed": allowed[:MOST_NAMES]}
            yield Finding(path, "O07", params, offset=register.number.find(f"{{{part}}}"), document="registers")
        rest = _PART.sub("", register.number)
        if strange:
            continue
        if "{" in rest or "}" in rest:
            yield Finding(path, "O07", {"part": rest, "allowed": allowed[:MOST_NAMES]}, document="registers")
        elif not any(_NUMBER.fullmatch(part) for part in parts):
            yield Finding(path, "O07", {"part": register.number, "near": ("{n}",)}, document="registers")


def _columns(library: Library) -> tuple[str, ...]:
    """`<choice field>.<column>` of every form whose field takes its options from a list with columns."""
    found: dict[str, None] = {}
    for procedure in library.procedures:
        for key, option_list in procedure.listed:
            for name in library.lists.get(option_list, {}).get("columns") or ():
                found[f"{key}.{name}"] = None
    return tuple(found)


def _is_column(part: str, library: Library) -> bool:
    _, dot, column = part.partition(".")
    return bool(dot) and any(column in keys_of(body.get("columns")) for body in library.lists.values())


def _used(library: Library) -> frozenset[str]:
    """The registers from which numbers are taken. The platform itself uses the one of the dossier codes."""
    return frozenset((DOSSIER_CODE,)).union(*(procedure.registers for procedure in library.procedures))


def unused_registers(library: Library) -> Iterator[Finding]:
    """O08: a register from which nobody takes a number."""
    used = _used(library)
    for key in library.registers:
        if key not in used:
            yield Finding((key,), "O08", {"register": key}, on_key=True, document="registers")


def dossier_code(library: Library) -> Iterator[Finding]:
    """O12: dossier codes go into bar codes, file names and other systems: printable ASCII, at most 50 characters."""
    register = library.organisation.registers.get(DOSSIER_CODE)
    if register is None:
        return
    path: KeyPath = (DOSSIER_CODE, "number")
    for example in _examples(register, library.organisation):
        if len(example) > LONGEST_CODE or not all(" " < character <= "~" for character in example):
            yield Finding(path, "O12", {"code": example, "max": str(LONGEST_CODE)}, document="registers")
            return


def _examples(register: Register, organisation: Organisation) -> Iterator[str]:
    """The longest code of every unit that takes dossiers in."""
    units = [unit for unit in organisation.units.values() if "reception" in unit.roles]
    for unit in units or list(organisation.units.values())[:1]:
        values = {
            "year": "2026",
            "yy": "26",
            "yymmdd": "261231",
            "unit.code": unit.code,
            "unit.sign": unit.sign,
            "agency.code": organisation.agency.code,
            "agency.sign": organisation.agency.sign,
        }

        def filled(part: re.Match[str], values: dict[str, str] = values) -> str:
            return "9" * _LONGEST_NUMBER if _NUMBER.fullmatch(part[1]) else values.get(part[1], "")

        yield _PART.sub(filled, register.number)


def secret_without_register(subject: Subject) -> Iterator[Finding]:
    """O09: dossiers may be secret, but no step numbers them in a secret book."""
    if not subject.procedure.access.secrecy:
        return
    registers = subject.organisation.registers
    numbering = [placed.step.register for table in subject.tables for placed in table.steps]
    books = [registers.get(key) for choice in numbering if choice is not None for key in choice.values()]
    if any(books) and not any(book is not None and book.secret for book in books):
        yield Finding(("access", "secrecy"), "O09")
