"""How wide Vietnamese text is, without a font at hand; and breaking it into lines that fit."""

from __future__ import annotations

import unicodedata

# Widths of bold sans-serif letters in thousandths of the size; nobody knows which font will be there.
_WIDTHS = {
    240: "'",
    280: " ,./I\\ijl|·",
    330: "!()-:;[]`ft²³",
    390: "*r{}",
    470: '"',
    500: "z“”",
    560: "#$0123456789J_aceksvxy–",
    580: "+<=>^~−",
    610: "?FLTZbdghnopquđ",
    670: "EPSVXY",
    720: "&ABCDHKNRUĐ",
    780: "GOQw",
    830: "M",
    890: "%m",
    940: "W",
    1000: "@…→",
}
_OF_LETTER = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_UNKNOWN = 1000
_SPARE = 1.12
ELLIPSIS = "…"


def width_of(text: str, size: float) -> float:
    """The width in pixels of one line; marks above and below letters take none."""
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return sum(_OF_LETTER.get(letter, _UNKNOWN) for letter in bare) * size * _SPARE / 1000


def broken(text: str, size: float, width: float, most: int) -> tuple[str, ...]:
    """At most so many lines, each no wider than ``width``; what is left over ends in "…"."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), size, width):
        longer = f"{line} {word}" if line else word
        if not line or width_of(longer, size) <= width:
            line = longer
        else:
            lines.append(line)
            line = word
    lines += [line] if line else []
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _clipped(lines[most - 1], size, width))


def _pieces(words: list[str], size: float, width: float) -> list[str]:
    """The words; one that is wider than a line is cut where it must be."""
    pieces: list[str] = []
    for word in words:
        piece = ""
        for letter in word:
            if piece and not unicodedata.combining(letter) and width_of(piece + letter, size) > width:
                pieces.append(piece)
                piece = ""
            piece += letter
        pieces.append(piece)
    return pieces


def _clipped(line: str, size: float, width: float) -> str:
    while line and width_of(line + ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
