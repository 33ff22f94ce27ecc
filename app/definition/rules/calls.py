"""Rules about procedures that name each other: those called, and those whose dossiers a field picks (R06 W15)."""

from collections.abc import Iterator

from app.definition.rules.graph import shortest
from app.definition.rules.references import unknown
from app.definition.rules.subject import Finding, Library


def procedures_named(library: Library) -> Iterator[Finding]:
    """R06: a field picks dossiers of a procedure, or a step calls one, that the folder does not have."""
    known = tuple(dict.fromkeys(one.key for one in library.procedures))
    for outline in library.procedures:
        for path, key in outline.named:
            if key not in known:
                found = unknown("R06", path, key, known, key=key)
                yield Finding(path, "R06", found.params, document=f"procedures/{outline.stem}")


def wait_in_circles(library: Library) -> Iterator[Finding]:
    """W15: procedures wait for each other's end, so none of them ever ends."""
    edges: dict[str, tuple[str, ...]] = {}
    for outline in library.procedures:
        edges[outline.key] = (*edges.get(outline.key, ()), *(key for _, key in outline.awaited))
    for outline in library.procedures:
        for path, key in outline.awaited:
            circle = () if key == outline.key else shortest(edges, edges.get(key, ()), outline.key)
            if circle or key == outline.key:
                names = (outline.key, key, *circle)
                yield Finding(path, "W15", {"path": " → ".join(names)}, document=f"procedures/{outline.stem}")
