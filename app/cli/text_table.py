"""A table of words for a terminal: columns side by side, long cells broken at spaces."""

import textwrap
from collections.abc import Iterator, Sequence

GAP = "  "
SMALLEST = 4


def table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """The rows as lines; a column is as wide as its longest cell, at most as given (0: as wide as it comes)."""
    columns = [
        max(SMALLEST, *(len(row[at]) for row in rows)) if not most else min(most, _longest(rows, at))
        for at, most in enumerate(widths)
    ]
    for row in rows:
        cells = [_broken(text, width) for text, width in zip(row, columns, strict=True)]
        for line in range(max(len(cell) for cell in cells)):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            yield GAP.join(part.ljust(width) for part, width in zip(parts, columns, strict=True)).rstrip()


def _longest(rows: Sequence[Sequence[str]], at: int) -> int:
    return max(max(len(line) for line in row[at].split("\n")) for row in rows)


def _broken(text: str, width: int) -> list[str]:
    lines = [line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]
    return lines or [""]
