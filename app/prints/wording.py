"""How days, moments and free texts are put on an administrative paper."""

import re
import unicodedata
from datetime import date, datetime

from app.vietnamese.text import hidden_characters, normal

_ZERO_WIDTH_SPACE = "\u200b"
_REPLACED_BY = {"control": " ", "bidi": "", "invisible": "", "private": "\ufffd", "broken": "\ufffd"}


def day_text(day: date) -> str:
    """`ngày 05 tháng 02 năm 2026`: NĐ 30/2020 writes days under 10 and months 1 and 2 with a leading zero."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def moment_text(moment: datetime) -> str:
    """`09 giờ 12 phút, ngày 18 tháng 11 năm 2026`."""
    return f"{moment.hour:02} giờ {moment.minute:02} phút, {day_text(moment.date())}"


def printable(text: str, longest: int = 40) -> str:
    """The text as paper can carry it: one line, composed letters, no invisible signs, and no word wider than the page.

    Bidirectional controls are dropped because they could make a printed name read otherwise than the stored one;
    a run of more than `longest` characters without a space gets places where the line may break.
    """
    signs = list(normal(text))
    for hidden in hidden_characters("".join(signs)):
        signs[hidden.place] = _REPLACED_BY[hidden.kind]
    return re.sub(rf"\S{{{longest + 1},}}", _breakable, " ".join("".join(signs).split()))


def _breakable(word: re.Match[str]) -> str:
    signs: list[str] = []
    for sign in word.group():
        if signs and not unicodedata.combining(sign):
            signs.append(_ZERO_WIDTH_SPACE)
        signs.append(sign)
    return "".join(signs)
