"""Numbers and money as Vietnamese offices write and type them: 1.234,5 and 810.000 đ."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

from app.vietnamese.fault import Fault

Number = int | Decimal

LONGEST_TYPED = 40  # characters; nothing an office counts needs more, and a longer text only costs time
_PRECISION = 100  # enough for every number of LONGEST_TYPED digits; the default of 28 would round silently

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = {mark: re.compile(rf"[1-9][0-9]{{0,2}}(?:{re.escape(mark)}[0-9]{{3}})+") for mark in (".", ",", " ")}
_CURRENCY = re.compile(r"\s*(?:đồng|đ|vnđ|vnd|₫)\.?$", re.IGNORECASE)


def format_number(value: Number, decimals: int | None = None) -> str:
    """`1.234,5`; with `decimals` always that many (half up), without just those the value has."""
    number = Decimal(value)
    if decimals is not None:
        number = rounded(number, decimals)
    digits = f"{abs(number):f}"
    whole, _, fraction = digits.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if number < 0 else ""
    return f"{sign}{grouped},{fraction}" if fraction else f"{sign}{grouped}"


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as money is rounded in law; never `-0`."""
    with localcontext() as context:
        context.prec = _PRECISION
        result = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def format_money(amount: Number, unit: str = "đ") -> str:
    """`810.000 đ`."""
    return f"{format_number(amount)} {unit}"


def format_money_long(amount: Number) -> str:
    """`810.000 đồng`, the wording of slips and letters."""
    return format_money(amount, "đồng")


def format_percent(share: Number, decimals: int = 2) -> str:
    """`98,50 %` for the share 0.985."""
    return f"{format_number(Decimal(share) * 100, decimals)} %"


def parse_number(text: str) -> Decimal | Fault:
    """What people type, read in one way only.

    The Vietnamese reading comes first (dots between thousands, decimal comma: `1.234` is one thousand two hundred and
    thirty-four), because that is how the same number is shown. A text it cannot be is read the other way round
    (`1.5`, `0.234`, `1,234.50`, `1,234,567`); a text that fits neither is refused.
    """
    typed = " ".join(text.split()).replace("\u2212", "-")
    if not typed:
        return Fault("number_empty")
    if len(typed) > LONGEST_TYPED:
        return Fault("number_too_long", {"most": LONGEST_TYPED})
    sign, digits = (typed[0], typed[1:].lstrip()) if typed[0] in "+-" else ("", typed)
    for group, point in ((".", ","), (",", "."), (" ", ","), (" ", ".")):
        number = _read(digits, group, point)
        if number is not None:
            return -number if sign == "-" and number else number
    return Fault("number_grouping" if re.fullmatch(r"[0-9., ]+", digits) else "number_shape", {"found": typed})


def _read(digits: str, group: str, point: str) -> Decimal | None:
    whole, mark, fraction = digits.partition(point)
    if mark and not _PLAIN.fullmatch(fraction):
        return None
    if not (_PLAIN.fullmatch(whole) or _GROUPED[group].fullmatch(whole)):
        return None
    return Decimal(whole.replace(group, "") + (f".{fraction}" if mark else ""))


def parse_money(text: str) -> int | Fault:
    """Whole đồng; `810.000`, `810000 đ`, `810.000 đồng` and `810,000` are the same amount."""
    typed = _CURRENCY.sub("", " ".join(text.split()))
    if _GROUPED[","].fullmatch(typed.lstrip("+-")):
        typed = typed.replace(",", "")  # there is no part of a đồng, so this comma can only stand between thousands
    number = parse_number(typed)
    if isinstance(number, Fault):
        return number
    return int(number) if number == number.to_integral_value() else Fault("money_whole", {"found": text.strip()})
