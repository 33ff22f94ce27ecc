"""The translation files: what the code says, what the catalogues hold, and how the one is written from the other."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import flask_appbuilder
import flask_wtf
import wtforms
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.definition.labels import label_paths

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "translations"
LOCALES = ("vi", "en")
SOURCE_LOCALE = "en"  # message ids are English, so that its catalogue fills itself
FRAMEWORKS = (flask_appbuilder, flask_wtf, wtforms)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "lazy_pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_FRAMEWORK_MAPPING = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
_WIDTH = 120


def our_messages(root: Path = ROOT) -> Catalog:
    """Every message of our code and templates, with the places where it is used."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    catalog = _empty()
    found = extract_from_dir(root, methods, options, keywords=KEYWORDS, comment_tags=("Translators:",))
    for file, line, message, comments, context in found:
        catalog.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return catalog


@cache
def framework_messages() -> Catalog:
    """Every message of the installed frameworks that can reach a page (read once: they do not change while we run)."""
    catalog = _empty()
    for package in FRAMEWORKS:
        folder = Path(str(package.__file__)).parent
        for file, _line, message, _comments, context in extract_from_dir(folder, _FRAMEWORK_MAPPING, keywords=KEYWORDS):
            # Without the line: it moves with each release and tells a translator nothing.
            catalog.add(message, locations=[(f"{package.__name__}/{file}", None)], context=context)
    return catalog


def definition_messages(documents: Iterable[tuple[str, Mapping[str, Any]]]) -> Catalog:
    """The texts of expanded definitions: the id is the key path, the Vietnamese stands beside it as a comment."""
    catalog = _empty()
    for name, document in documents:
        for path, text in label_paths(document, name):
            catalog.add(path, auto_comments=text.splitlines(), locations=[(name, None)])
    return catalog


def together(*catalogs: Catalog) -> Catalog:
    """One template of several."""
    union = _empty()
    for catalog in catalogs:
        for message in messages(catalog):
            union.add(
                message.id,
                locations=message.locations,
                auto_comments=message.auto_comments,
                flags=message.flags,
                context=message.context,
            )
    return union


def messages(catalog: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalog if message.id)


def catalogue_file(folder: Path, locale: str, domain: str = "messages") -> Path:
    """Where the texts of one language and domain are kept."""
    return folder / locale / "LC_MESSAGES" / f"{domain}.po"


def read(file: Path, locale: str | None = None) -> Catalog:
    """A catalogue, empty when there is no file yet."""
    if not file.is_file():
        return _empty(locale)
    with file.open("rb") as stream:
        return read_po(stream, locale=locale, abort_invalid=True)


def write(file: Path, catalog: Catalog) -> bool:
    """Write sorted and without line numbers, so that a change shows only what changed; False when nothing did."""
    if file.is_file():
        catalog.creation_date = read(file).creation_date
    stream = io.BytesIO()
    write_po(stream, catalog, width=_WIDTH, sort_output=True, include_lineno=False)
    if file.is_file() and file.read_bytes() == stream.getvalue():
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(stream.getvalue())
    return True


def compile_catalogue(file: Path, locale: str) -> int:
    """Write the `.mo` beside the `.po` (texts in doubt are left out); how many texts it holds."""
    catalog = read(file, locale)
    with file.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog, use_fuzzy=False)
    return sum(1 for message in messages(catalog) if is_filled(message) and not message.fuzzy)


def compile_all(folder: Path = FOLDER) -> dict[str, int]:
    """Compile every catalogue there is; file name → number of texts. For the command, for setting up and for tests."""
    return {
        file.relative_to(folder).with_suffix(".mo").as_posix(): compile_catalogue(file, file.parts[-3])
        for file in sorted(folder.glob("*/LC_MESSAGES/*.po"))
    }


def texts(message: Message) -> tuple[str, ...]:
    """The translations of all forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def is_filled(message: Message) -> bool:
    """Whether every form has a translation."""
    return all(texts(message)) and bool(texts(message))


def brought_up_to_date(catalog: Catalog, template: Catalog, locale: str) -> Catalog:
    """The catalogue with exactly the messages of the template; texts no longer used stay at the end as a memory."""
    sources = {message.id: tuple(message.auto_comments) for message in messages(catalog)}
    catalog.update(template, no_fuzzy_matching=True)
    for message in messages(catalog):
        earlier = sources.get(message.id)
        if is_filled(message) and earlier and message.auto_comments and earlier != tuple(message.auto_comments):
            message.flags.add("fuzzy")  # the Vietnamese changed: the translation may no longer say the same
    if locale == SOURCE_LOCALE:
        _fill_from_ids(catalog, template)
    return catalog


def _fill_from_ids(catalog: Catalog, template: Catalog) -> None:
    for message in messages(catalog):
        if not is_filled(message) and template.get(message.id, message.context) is not None:
            message.string = message.id


def fill_from_same_source(catalog: Catalog) -> int:
    """Give a definition text the translation an equal Vietnamese text already has (one form serves many procedures)."""
    known = {tuple(m.auto_comments): m.string for m in messages(catalog) if is_filled(m) and not m.fuzzy}
    empty = [m for m in messages(catalog) if not is_filled(m) and tuple(m.auto_comments) in known]
    for message in empty:
        message.string = known[tuple(message.auto_comments)]
    return len(empty)


def fill_from(catalog: Catalog, given: Catalog) -> int:
    """Fill empty places from another catalogue; a text that is there already is never replaced."""
    filled = 0
    for message in messages(given):
        own = catalog.get(message.id, message.context)
        if own is not None and not is_filled(own) and is_filled(message):
            own.string = message.string
            filled += 1
    return filled


def _empty(locale: str | None = None) -> Catalog:
    return Catalog(
        locale=locale,
        header_comment="# Texts of Một Cửa; translations/README.md says how to work with this file.",
        project="Một Cửa",
        version="1",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        fuzzy=False,
    )
