"""The files of a config folder, each read by the table of its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.definition.config_tree.places import PLACES, RECORD_OF, ConfigFile, FileKind, classify
from app.definition.problem import Problem
from app.definition.shape.collector import Collector
from app.definition.shape.reader import REFUSED, Reader
from app.definition.shape.tree import Branch, Mark
from app.definition.source import read_source
from app.definition.words import Words

LANGUAGE_VERSION = 1
MOST_REMEMBERED = 64  # the shared files of a folder, read again for every procedure that is published
_KEYED = (FileKind.PROCEDURE, FileKind.FORM, FileKind.ROUTE, FileKind.LIST)
_NO_PLACE = Words("không thuộc thư mục nào của cấu hình", "it stands in no folder of the configuration")
_MOVE_IT = Words("Chỗ đặt tệp: ", "Files stand in: ")


@dataclass(frozen=True, slots=True)
class ConfigDocument:
    """One file: where it stands, its text, its tree as far as it could be read, and what is wrong with it alone."""

    place: ConfigFile
    label: str  # the name shown to people
    text: str
    tree: Branch | None
    mark: Mark | None
    problems: tuple[Problem, ...]


def sorted_out(files: Iterable[str], labels: Mapping[str, str]) -> tuple[list[tuple[ConfigFile, str]], list[Problem]]:
    """What each file holds, with the name shown to people; files in no known place are problems."""
    known: list[tuple[ConfigFile, str]] = []
    strays: list[Problem] = []
    for path in sorted(files):
        if not path.endswith((".yaml", ".yml")):
            continue
        place, label = classify(path), labels.get(path, path)
        if place is None:
            listed = ", ".join(PLACES)
            advice = Words(_MOVE_IT.vi + listed, _MOVE_IT.en + listed)
            strays.append(Problem(label, 1, 1, "Y09", {"reason": _NO_PLACE, "advice": advice}))
        else:
            known.append((place, label))
    return known, strays


@lru_cache(maxsize=MOST_REMEMBERED)
def read_shared(place: ConfigFile, label: str, data: bytes) -> ConfigDocument:
    """A file that every procedure may use. Nothing changes a document once it is read, so once is enough."""
    return read_document(place, label, data)


def read_document(place: ConfigFile, label: str, data: bytes) -> ConfigDocument:
    """One file."""
    source = read_source(label, data)
    text = data.decode("utf-8", "replace")
    if source.tree is None:
        return ConfigDocument(place, label, text, None, None, source.problems)
    reader = Reader(label)
    tree = RECORD_OF[place.kind].read(source.tree, "tệp", reader)
    mark = Mark(label, source.tree)
    collector = Collector()
    if isinstance(tree, Branch):
        _check_head(place, tree, collector)
    problems = (*source.problems, *reader.problems, *collector.problems)
    return ConfigDocument(place, label, text, None if tree is REFUSED else tree, mark, problems)


def _check_head(place: ConfigFile, tree: Branch, collector: Collector) -> None:
    version = tree.get("schema")
    if version is not None and version != LANGUAGE_VERSION:
        collector.tell("K10", tree.marks.get("schema"), n=version)
    if place.kind in _KEYED and "key" in tree and tree["key"] != place.key:
        collector.tell("K06", tree.marks.get("key"), key=tree["key"], expected=place.key)
    if place.kind is FileKind.CALENDAR and "year" in tree and str(tree["year"]) != place.key:
        collector.tell("K06", tree.marks.get("year"), key=str(tree["year"]), expected=place.key)
