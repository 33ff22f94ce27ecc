"""The papers of a dossier as slips list them: what came in and how often, and what is asked for."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from app.definition.model.documents import Document
from app.engine.documents import counts, listed
from app.operations.prints.occasion import Occasion

COUNTS: Final = {
    "originals": "Bản chính",
    "certified_copies": "Bản sao chứng thực",
    "compared_copies": "Bản sao đã đối chiếu",
    "copies": "Bản sao",
    "scans": "Bản điện tử",
}


class HandedIn(NamedTuple):
    """One line of the documents on a slip."""

    title: str
    kind: str
    copies: int
    note: str

    @property
    def amount(self) -> str:
        """`Bản chính: 02`."""
        return f"{self.kind}: {self.copies:02}"


def handed_in(occasion: Occasion, phase: str = "") -> tuple[HandedIn, ...]:
    """What came in; with ``phase`` only the papers that are asked for in it."""
    papers = listed(occasion.procedure, occasion.env)
    wanted = (paper for paper in papers if not phase or paper.phase == phase)
    return tuple(line for paper in wanted for line in _lines(paper, occasion))


def _lines(paper: Document, occasion: Occasion) -> Iterator[HandedIn]:
    entry: Mapping[str, Any] | None = occasion.state.documents.get(paper.key)
    if entry is None:
        return
    note = "trả lại khi nhận kết quả" if paper.returned else ""
    counted = [(words, int(entry[name])) for name, words in COUNTS.items() if entry.get(name)]
    if not counted and entry.get("files"):
        counted = [(COUNTS["scans"], len(entry["files"]))]
    if not counted and entry.get("source"):
        source = str(entry["source"])
        counted, note = (
            [("Dữ liệu điện tử", 1)],
            f"khai thác từ {occasion.world.organisation.sources.get(source, source)}",
        )
    if not counted and entry.get("presented"):
        counted, note = [("Bản chính", 1)], "xuất trình để đối chiếu"
    for words, count in counted:
        yield HandedIn(paper.title, words, count, note)


def asked_for(paper: Document) -> str:
    """`Bản chính: 01; Bản sao: 02`, what a supplement asks for."""
    asked = counts(paper)
    return "; ".join(f"{COUNTS[name]}: {count:02}" for name, count in asked.items()) or "xuất trình bản chính"
