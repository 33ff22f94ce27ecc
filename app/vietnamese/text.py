"""What a text may hide: normal form, invisible characters, stacked marks, look-alikes of HTML, templates and formulas.

Pure predicates; who may not contain what is decided by the definition checker and by intake.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

MOST_MARKS = 3  # ế carries two; more than three on one letter is an attack on the line above
_LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Not of category Cf, yet nothing is drawn for them.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_VARIATION = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_HTML = re.compile(r"<[a-z/!?]|&(?:#\w+|[a-z]{2,8});|javascript:", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|\{#|\$\{|#\{|<%|%\([\w.]*\)[a-z]")
_PLACEHOLDER = re.compile(r"\{[^{}\s][^{}]*\}")
# After a plus or minus only what makes it a command or a call: "- Bản chính (nếu có)" is a list, "+84 912" a telephone.
_FORMULA = re.compile(r"=|@\S|[+-][^\n]*(?:\||\w![A-Za-z$]|[A-Za-z0-9.]\()")
_PLAIN_SIGNS = str.maketrans("\uff1d\uff0b\uff0d\uff20", "=+-@")


@dataclass(frozen=True)
class Hidden:
    """One character nobody can see: where it stands (from 0) and of which kind."""

    place: int
    character: str
    kind: str  # control, bidi, invisible, private, broken

    @property
    def name(self) -> str:
        """`U+200B`, for messages."""
        return f"U+{ord(self.character):04X}"


def normal(text: str) -> str:
    """NFC, the one form in which texts are kept."""
    return unicodedata.normalize("NFC", text)


def is_normal(text: str) -> bool:
    """Whether the text is in NFC already."""
    return unicodedata.is_normalized("NFC", text)


def hidden_characters(text: str, *, lines: bool = False) -> list[Hidden]:
    """Characters that are not seen or turn the reading direction; with `lines`, tab and line feed are allowed."""
    if text.isascii() and text.isprintable():
        return []
    allowed = "\n\t" if lines else ""
    found = ((place, char, _hidden_kind(char)) for place, char in enumerate(text) if char not in allowed)
    return [Hidden(place, char, kind) for place, char, kind in found if kind]


def _hidden_kind(char: str) -> str | None:
    if char in _BIDI:
        return "bidi"
    if char in "\u2028\u2029":
        return "control"
    if char in _BLANK or any(ord(char) in span for span in _VARIATION):
        return "invisible"
    return {"Cc": "control", "Cf": "invisible", "Co": "private", "Cs": "broken", "Cn": "broken"}.get(
        unicodedata.category(char)
    )


def has_line_break(text: str) -> bool:
    """Whether the text would take more than one line anywhere it is shown."""
    return not _LINE_BREAKS.isdisjoint(text)


_MOST_COMPOSED = 3
_LETTER = re.compile(r".[^\w\s]*", re.DOTALL)
_FOLLOWED_LETTER = re.compile(r".[^\w\s]+", re.DOTALL)


def stacked_marks(text: str, most: int = MOST_MARKS) -> int | None:
    """The place of the first letter carrying more than `most` marks, counted after decomposition."""
    # A single composed character decomposes into three marks at most, so usually only what follows a letter matters.
    clusters = _FOLLOWED_LETTER if most >= _MOST_COMPOSED else _LETTER
    for found in clusters.finditer(text):
        cluster = unicodedata.normalize("NFD", found[0])
        if sum(unicodedata.category(char) in ("Mn", "Me") for char in cluster) > most:
            return found.start()
    return None


def looks_like_html(text: str) -> bool:
    """`<b>`, `</p`, `<!--`, `&amp;`, `javascript:`; not `a < b` or `R&D`."""
    return _HTML.search(text) is not None


def looks_like_template(text: str) -> bool:
    """`{{ x }}`, `{% x %}`, `${x}`, `<%`, `%(x)s`: what a template engine would act upon."""
    return _TEMPLATE.search(text) is not None


def looks_like_placeholder(text: str) -> bool:
    """`{dossier.code}`: ours, to be used only where placeholders are filled in."""
    return _PLACEHOLDER.search(text) is not None


def looks_like_formula(text: str) -> bool:
    """A spreadsheet would calculate it: `=SUM(A1)`, `@x`, `+cmd|' /C'!A0`; not `- Bản chính`, `-5`, `+84 912 345`."""
    return _FORMULA.match(text.strip().translate(_PLAIN_SIGNS)) is not None


def opens_formula(text: str) -> bool:
    """Whether a cell holding this text must be written as text, whatever it means: the cautious sister for exports."""
    first = text.lstrip(" \xa0\ufeff")[:1].translate(_PLAIN_SIGNS)
    return first != "" and first in "=+-@\t\r\n"
