"""Rules about shared pieces that nobody uses (R10)."""

from collections.abc import Iterator

from app.definition.rules.subject import Finding, Library


def unused_pieces(library: Library) -> Iterator[Finding]:
    """R10: a shared form, route, list, document or print that no procedure uses."""
    files = {"forms": library.forms, "routes": library.routes, "lists": library.lists}
    for kind, pieces in files.items():
        for key in pieces:
            # A dated form (`land-change.2026-07-01`) is used under the key that procedures name.
            if not {(kind, key), (kind, key.partition(".")[0])} & library.used:
                yield Finding(("key",), "R10", {"key": key}, document=f"{kind}/{key}")
    for kind, parts in {"documents": library.documents, "prints": library.prints}.items():
        for key in parts:
            if (kind, key) not in library.used:
                yield Finding((key,), "R10", {"key": key}, on_key=True, document=kind)
