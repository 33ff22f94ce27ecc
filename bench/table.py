"""What a figure is, and how figures are told: one row each, judged against what is wanted."""

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

COLUMNS = ("figure", "ours", "compared with", "ratio", "wanted", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure. ``good`` is None where a row only explains the one above it."""

    figure: str
    ours: str
    other: str = ""
    ratio: float | None = None
    wanted: str = ""
    good: bool | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as texts."""
        verdict = {True: "PASS", False: "FAIL", None: ""}[self.good]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}" if self.ratio < 10 else f"{self.ratio:,.0f}"
        return self.figure, self.ours, self.other, ratio, self.wanted, verdict


Figure = Callable[[], Iterable[Row]]


def text_table(rows: Iterable[Row]) -> str:
    """A table that reads well on a terminal and is Markdown at the same time."""
    lines = [COLUMNS, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    told = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (told[0], rule, *told[1:]))


def median(values: Iterable[float]) -> float:
    """The middle of several measurements: one disturbed round changes nothing."""
    return statistics.median(values)
