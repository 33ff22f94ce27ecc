"""Lengths of time in Vietnamese: limits as the law names them, and what is left of them."""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard, cast

Amount = int | float | Decimal | Fraction
Part = tuple[Amount, str]

# How people write units, and the word the language has for each; longer ones first, so that "ngày" does not take them.
_TYPED = {
    "ngày làm việc": "working days",
    "giờ làm việc": "hours",
    "ngày": "days",
    "giờ": "hours",
    "tuần": "weeks",
    "tháng": "months",
    "năm": "years",
}
_PIECE = re.compile(rf"([0-9]+(?:[.,][0-9]+)?)\s*({'|'.join(_TYPED)})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:\+|,|\bvà\b|\bcộng\b)?\s*", re.IGNORECASE)
LONGEST_TYPED = 100

UNITS = {
    "hour": "giờ",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "month": "tháng",
}
SAME_DAY = "trong ngày"
NO_LIMIT = "không quy định thời hạn"
NOT_COUNTED = "chưa tính hạn"
DUE_NOW = "đến hạn"
OVERDUE = "quá hạn"
LEFT = "còn"
PAUSED = "tạm dừng"


def typed_length(text: str) -> str:
    """`5 ngày làm việc` or `1 năm 6 tháng` in the words of the language, `5 working days`; other text as it is."""
    typed = " ".join(text.split()).lower()
    if len(typed) > LONGEST_TYPED:
        return text
    found, at = [], 0
    for piece in _PIECE.finditer(typed):
        if not _BETWEEN.fullmatch(typed[at : piece.start()]):
            return text
        found.append(f"{piece[1].replace(',', '.')} {_TYPED[piece[2].lower()]}")
        at = piece.end()
    return " + ".join(found) if found and at == len(typed) else text


def limit_text(limit: Part | Sequence[Part]) -> str:
    """`5 ngày làm việc`; several parts are joined, `3 ngày làm việc cộng 70 ngày`; nothing at all is no limit."""
    parts = (limit,) if _is_part(limit) else cast("Sequence[Part]", limit)
    return " cộng ".join(_part(value, unit) for value, unit in parts) or NO_LIMIT


def remaining_text(minutes: int, *, is_late: bool, is_paused: bool = False, minutes_per_day: int = 480) -> str:
    """`còn 2 ngày 3 giờ`, `quá hạn 1 ngày`, `đến hạn`; a day is a working day of office time."""
    if minutes == 0:
        return OVERDUE if is_late else DUE_NOW
    text = f"{OVERDUE if is_late else LEFT} {length_text(abs(minutes), minutes_per_day)}"
    return f"{PAUSED}, {text}" if is_paused else text


def length_text(minutes: int, minutes_per_day: int = 480) -> str:
    """`2 ngày 3 giờ`, `40 phút`: minutes are named only where there are no days; zero parts are left out."""
    days, rest = divmod(minutes, minutes_per_day)
    hours, rest = divmod(rest, 60)
    parts = [(days, "ngày"), (hours, "giờ"), (0 if days else rest, "phút")]
    return " ".join(f"{number} {name}" for number, name in parts if number)


def _is_part(limit: Part | Sequence[Part]) -> TypeGuard[Part]:
    return len(limit) == 2 and isinstance(limit[1], str)


def _part(value: Amount, unit: str) -> str:
    return SAME_DAY if unit == "same_day" else f"{_number(value)} {UNITS[unit]}"


def _number(value: Amount) -> str:
    exact = Fraction(str(value)) if not isinstance(value, Fraction) else value
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{float(exact):.6f}".rstrip("0").replace(".", ",")
