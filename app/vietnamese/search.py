"""Finding and ordering Vietnamese text: a key without marks for search, a key in dictionary order for lists."""

from __future__ import annotations

import re
import unicodedata

_BARRED_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})  # the last two are what wrong keyboards and old files hold
_DROPPED = ("Mn", "Me", "Cf")  # marks, enclosing marks, invisible format characters


def search_key(text: str) -> str:
    """`Trần Văn  ĐỊNH` → `tran van dinh`: no marks, lower case, single spaces; the same for NFC and NFD input."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = _decomposed(_decomposed(text).casefold()).casefold()  # some capitals decompose only after folding
    bare = "".join(char for char in folded if unicodedata.category(char) not in _DROPPED)
    return " ".join(bare.translate(_BARRED_D).split())


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text)


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_WEIGHT = {letter: chr(ord("A") + place) for place, letter in enumerate(_LETTERS)}
# The five tone marks in the order huyền, hỏi, ngã, sắc, nặng; no mark (ngang) comes first.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter, not a tone
_SYLLABLE = re.compile(r"[^\W_]+")
_END_OF_LETTERS, _END_OF_SYLLABLE, _LEVEL_TONE = "!", " ", "0"  # all sort before every letter and digit weight


def sort_key(text: str) -> str:
    """Dictionary order, as text that sorts by plain code points (in SQL: `COLLATE "C"`).

    Syllable by syllable: letters first (a ă â b c d đ e ê …), then the tone (ngang huyền hỏi ngã sắc nặng), so that all
    of "ba …" stands before "bà …". Where in the syllable the tone is written (hòa, hoà) makes no difference.
    """
    composed = unicodedata.normalize("NFC", text).lower()
    return "".join(_syllable_key(syllable) for syllable in _SYLLABLE.findall(unicodedata.normalize("NFC", composed)))


def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tones: list[str] = []
    for char in syllable:
        letter, tone = _letter_and_tone(char)
        letters.append(_WEIGHT.get(letter, letter))
        if tone:
            tones.append(tone)
    return "".join(letters) + _END_OF_LETTERS + ("".join(tones) or _LEVEL_TONE) + _END_OF_SYLLABLE


def _letter_and_tone(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    base, marks = parts[0], parts[1:]
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), "")
    shaped = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark in _SHAPES))
    return (shaped if shaped in _WEIGHT else base), tone
