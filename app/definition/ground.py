"""What all procedures of a config folder stand on: organisation, calendar and shared pieces, joined once."""

from __future__ import annotations

from collections.abc import Iterable
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
from app.definition.shape.tree import plain

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
    return Ground(documents, joined, document, organisation, library, tuple(collector.problems))


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
