"""Dossier components with the shared documents they use laid in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.definition.expand.shared import DOCUMENT, Shared, tell_unknown
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, Twig


def laid_in_documents(documents: Twig, shared: Shared, collector: Collector) -> Twig:
    """Every entry with its shared document below its own keys; ``use`` becomes ``key``."""
    result = Twig()
    result.lossy = documents.lossy
    for entry, mark in zip(documents, documents.marks, strict=True):
        if "group" in entry:
            group = Branch(entry)
            if isinstance(entry.get("items"), Twig):
                items = laid_in_documents(entry["items"], shared, collector)
                group.put("items", items, entry.marks.get("items"))
            result.add(group, mark)
        else:
            result.add(_document(entry, shared, collector), mark)
    return result


def _document(entry: Branch, shared: Shared, collector: Collector) -> Branch:
    if "use" not in entry:
        return entry
    key, mark = entry["use"], entry.marks.get("use")
    own = Branch(entry)
    own.drop("use")
    own.put("key", own.get("key", key), mark)
    base = shared.document(key)
    if base is None:
        tell_unknown(collector, mark, DOCUMENT, key, shared.documents)
        own.refused |= {"title"}  # it would have come from there
        return own
    return base.merged(own)


def tell_doubles(documents: Twig, collector: Collector) -> None:
    """K11: two papers with one key. The same shared paper may be used in groups that exclude each other."""
    first: dict[str, Mark] = {}
    for paper in all_documents_in(documents):
        mark = paper.marks.get("key") if isinstance(paper, Branch) else None
        if mark is None or "key" not in paper:
            continue
        before = first.setdefault(paper["key"], mark)
        if before is not mark and not (_is_used(before) and _is_used(mark)):
            collector.tell("K11", mark, key=paper["key"], n=before.node.line)


def _is_used(mark: Mark) -> bool:
    return mark.key is not None and mark.key.text == "use"


def all_documents_in(documents: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Every document of the expanded list, those in groups included, in order."""
    for entry in documents:
        if "group" in entry:
            yield from all_documents_in(entry.get("items", ()))
        else:
            yield entry
