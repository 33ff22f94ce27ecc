"""What all procedures of a config folder stand on: organisation, calendar and shared pieces, joined once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.definition.compile_organisation import compile_organisation
from app.definition.config_tree.documents import ConfigDocument, read_shared
from app.definition.config_tree.joining import Joined, join
from app.definition.config_tree.places import ConfigFile
from app.definition.model.organisation import Organisation
from app.definition.problem import Problem
from app.definition.rules import Library
from app.definition.shape.collector import Collector
from app.definition.shape.tree import Branch, Mark, plain

SharedFile = tuple[ConfigFile, str, bytes]  # its place, the name shown to people, what stands in it


@dataclass(frozen=True, slots=True)
class Ground:
    """The shared files of one state of a folder, and what they make together. Nothing changes it once it is made."""

    documents: tuple[ConfigDocument, ...]
    joined: Joined
    organisation_document: dict[str, Any]  # with the registers
    organisation: Organisation
    library: Library  # without procedures
    problems: tuple[Problem, ...]  # of joining; each document tells its own
    name: str  # differs as soon as any byte of these files does

    def named(self, document: str) -> tuple[Branch | None, Mark | None]:
        """The tree that a finding means ("registers", "forms/land-change"), with the first place in it."""
        joined, shared = self.joined, self.joined.shared
        top: dict[str, Branch] = {
            "organisation": joined.organisation,
            "registers": shared.registers,
            "prints": shared.prints,
            "documents": shared.documents,
        }
        kind, _, key = document.partition("/")
        within: dict[str, Mapping[str, Branch]] = {
            "forms": joined.completed_forms,
            "routes": joined.completed_routes,
            "lists": shared.lists,
            "calendar": {str(year["year"]): year for year in joined.calendar if "year" in year},
        }
        tree = within.get(kind, {}).get(key) if key else top.get(document)
        return tree, next(iter(tree.marks.values()), None) if tree else None


def ground_of(files: Iterable[SharedFile]) -> Ground:
    """The ground that these files make. As long as none of them changes, it is not laid again."""
    return _laid(tuple(files))


@lru_cache(maxsize=2)
def _laid(files: tuple[SharedFile, ...]) -> Ground:
    documents = tuple(read_shared(place, label, data) for place, label, data in files)
    collector = Collector()
    joined = join(documents, collector)
    document: dict[str, Any] = plain(joined.organisation)
    if document:
        document["registers"] = plain(joined.shared.registers)
    organisation = compile_organisation(document)
    library = _library(joined, document, organisation)
    return Ground(documents, joined, document, organisation, library, tuple(collector.problems), _name(files))


def _name(files: tuple[SharedFile, ...]) -> str:
    """One hash over all of it."""
    told = hashlib.sha256()
    for place, label, data in files:
        told.update(f"{place.path}\0{label}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
        told.update(data)
    return told.hexdigest()


def _library(joined: Joined, document: dict[str, Any], organisation: Organisation) -> Library:
    return Library(
        organisation=organisation,
        organisation_document=document,
        forms={key: plain(form) for key, form in joined.completed_forms.items()},
        routes={key: plain(route) for key, route in joined.completed_routes.items()},
        documents=plain(joined.shared.documents),
        lists={key: plain(one) for key, one in joined.shared.lists.items()},
        registers=plain(joined.shared.registers),
        prints=plain(joined.shared.prints),
        calendar_years={int(year["year"]): plain(year) for year in joined.calendar if "year" in year},
    )
