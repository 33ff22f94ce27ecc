"""Numbers that name people, companies and telephones in Viet Nam: are they possible, how are they written and masked.

Every check returns None when the number is possible, else a Fault; none raises, whatever the text.
"""

from __future__ import annotations

import re
from datetime import date

from app.vietnamese.fault import Fault

# Codes (three digits, 001 …) of the province of birth registration. Mergers since 2025 do not touch numbers already
# given, so all 63 stay.
# fmt: off
PROVINCE_CODES = frozenset((
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91,
    92, 93, 94, 95, 96,
))
# fmt: on
_BORN_ABROAD = range(101, 400)  # citizens whose birth was registered abroad carry a country code instead
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_MOBILE = re.compile(r"0[35789][0-9]{8}")
_LANDLINE = re.compile(r"02[0-9]{9}")
_SERVICE = re.compile(r"1[89]00[0-9]{4,6}")
_ABROAD = re.compile(r"\+[1-9][0-9]{6,14}")
_SPACING = re.compile(r"[\s.\-]+")
_DIGITS = re.compile(r"[0-9]+")
MASK = "•"


def compact(text: str) -> str:
    """The number as stored: without the spaces, dots and hyphens people put in for reading."""
    return _SPACING.sub("", text)


def check_citizen_id(text: str, *, today: date, born: date | None = None) -> Fault | None:
    """Căn cước (CCCD), 12 digits: place code, century and sex, two digits of the birth year, six of chance."""
    number = compact(text)
    if fault := _digits_fault(number, 12):
        return fault
    if int(number[:3]) not in PROVINCE_CODES and int(number[:3]) not in _BORN_ABROAD:
        return Fault("id_province", {"found": number[:3]})
    year = birth_year(number)
    if year > today.year:
        return Fault("id_year", {"year": year})
    if born is not None and born.year != year:
        return Fault("id_born", {"year": year, "born": born.year})
    return None


def birth_year(citizen_id: str) -> int:
    """The year written in a 12-digit number (already checked for its digits)."""
    return 1900 + int(citizen_id[3]) // 2 * 100 + int(citizen_id[4:6])


def is_female(citizen_id: str) -> bool:
    """Whether the number belongs to a woman: odd century digits do."""
    return int(citizen_id[3]) % 2 == 1


def check_old_id(text: str) -> Fault | None:
    """Chứng minh nhân dân (CMND), 9 digits without inner structure that can be relied on."""
    return _digits_fault(compact(text), 9)


def check_person_id(text: str, *, today: date, born: date | None = None) -> Fault | None:
    """A number of either kind; which one is told by its length."""
    if len(compact(text)) == 9:
        return check_old_id(text)
    return check_citizen_id(text, today=today, born=born)


def _digits_fault(number: str, expected: int) -> Fault | None:
    if not number:
        return Fault("id_empty", {"expected": expected})
    if not _DIGITS.fullmatch(number):
        return Fault("id_not_digits", {"expected": expected})
    if len(number) != expected:
        return Fault("id_length", {"expected": expected, "found": len(number)})
    return None


def check_tax_code(text: str) -> Fault | None:
    """Mã số thuế: 10 digits, the last of them a check digit, and for a branch three more (`0100109106-001`)."""
    number = compact(text)
    if not number:
        return Fault("tax_empty")
    if not _DIGITS.fullmatch(number):
        return Fault("tax_not_digits")
    if len(number) not in (10, 13):
        return Fault("tax_length", {"found": len(number)})
    if number[10:] == "000":
        return Fault("tax_branch", {"found": number[10:]})
    check = 10 - sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number, strict=False)) % 11
    return None if check == int(number[9]) else Fault("tax_check_digit", {"found": number[9]})


def format_tax_code(text: str) -> str:
    """`0100109106-001`."""
    number = compact(text)
    return f"{number[:10]}-{number[10:]}" if len(number) == 13 else number


def national_phone(text: str) -> str:
    """The number as dialled inside the country: `+84 912 345 678` → `0912345678`; foreign numbers keep their plus."""
    number = re.sub(r"[\s.\-()]+", "", text)
    for prefix in ("+84", "0084"):
        if number.startswith(prefix):
            return "0" + number.removeprefix(prefix).removeprefix("0")
    return number


def check_phone(text: str) -> Fault | None:
    """Mobile numbers of 10 digits, landlines of 11, service numbers, and foreign ones after a plus."""
    number = national_phone(text)
    if not number:
        return Fault("phone_empty")
    if not _DIGITS.fullmatch(number.removeprefix("+")):
        return Fault("phone_not_digits")
    if any(kind.fullmatch(number) for kind in (_MOBILE, _LANDLINE, _SERVICE, _ABROAD)):
        return None
    expected = 11 if number.startswith("02") else 10
    if len(number) != expected:
        return Fault("phone_length", {"expected": expected, "found": len(number)})
    return Fault("phone_prefix", {"found": number[:2]})


def format_phone(text: str) -> str:
    """`0912 345 678`, `0225 3842 642`, `024 3825 1234`; anything else as it was typed."""
    number = national_phone(text)
    if _MOBILE.fullmatch(number):
        return f"{number[:4]} {number[4:7]} {number[7:]}"
    if _LANDLINE.fullmatch(number):
        area = 3 if number[:3] in ("024", "028") else 4  # only the two largest cities have eight digits after the area
        return f"{number[:area]} {number[area : -3 if area == 4 else -4]} {number[-3 if area == 4 else -4 :]}"
    return text.strip()


def mask(text: str) -> str:
    """`031088000123` → `0••••••••123`: enough for the owner to recognise it, too little for anybody else."""
    number = compact(text)
    if len(number) < 8:
        return MASK * len(number)
    return number[0] + MASK * (len(number) - 4) + number[-3:]
