"""Lengths of time in Vietnamese: limits as the law names them, and what is left of them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard, cast

Amount = int | float | Decimal | Fraction
Part = tuple[Amount, str]

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
