"""How free texts are put on an administrative paper."""

import re
import unicodedata

from app.vietnamese.text import hidden_characters, normal

_ZERO_WIDTH_SPACE = "\u200b"
_REPLACED_BY = {"control": " ", "bidi": "", "invisible": "", "private": "\ufffd", "broken": "\ufffd"}


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
