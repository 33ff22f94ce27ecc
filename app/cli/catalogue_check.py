"""What is wrong in the translation files: missing, empty or doubtful texts, changed placeholders, markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from app.cli import catalogues
from app.vietnamese.text import hidden_characters, is_normal, looks_like_html

_PERCENT = re.compile(r"%(?:\((?P<name>[^)]*)\))?[-+ #0]*\d*(?:\.\d+)?(?P<kind>[a-zA-Z%])?")
_BRACES = re.compile(r"\{[^{}\s][^{}]*\}")


@dataclass(frozen=True)
class Finding:
    """One thing to mend and where."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def check(root: Path) -> list[Finding]:
    """Everything that is wrong, for all languages."""
    folder = root / "translations"
    ours, frameworks = catalogues.our_messages(root), catalogues.read(folder / "framework.pot")
    findings = list(_template_findings(folder, ours, frameworks))
    for locale in catalogues.LOCALES:
        needed = (
            catalogues.together(ours) if locale == catalogues.SOURCE_LOCALE else catalogues.together(ours, frameworks)
        )
        findings += _locale_findings(root, locale, needed)
        findings += _definition_findings(root, locale)
    return findings


def _template_findings(folder: Path, ours: Catalog, frameworks: Catalog) -> Iterator[Finding]:
    if _ids(frameworks) != _ids(catalogues.framework_messages()):
        yield Finding(
            "translations/framework.pot", "the installed frameworks say other things; run translations extract"
        )
    if _ids(catalogues.read(folder / "messages.pot")) != _ids(ours) | _ids(frameworks):
        yield Finding("translations/messages.pot", "the code has other messages; run translations extract and update")

    for message in catalogues.messages(ours):
        if any(_is_bare_percent(mark) for text in _originals(message) for mark in _PERCENT.finditer(text)):
            yield Finding(
                _used_at(message), f"{_shown(message)} has a bare %, which breaks pages; pass it in a %(name)s"
            )


def _is_bare_percent(mark: re.Match[str]) -> bool:
    return mark["name"] is None and mark["kind"] != "%"


def _ids(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalogues.messages(catalog)}


def _locale_findings(root: Path, locale: str, needed: Catalog) -> Iterator[Finding]:
    file = catalogues.catalogue_file(root / "translations", locale)
    catalog = catalogues.read(file, locale)
    name = file.relative_to(root).as_posix()
    for message in catalogues.messages(needed):
        own = catalog.get(message.id, message.context)
        if own is None:
            yield Finding(_used_at(message), f"{_shown(message)} is not in {name}; run translations update")
        elif not catalogues.is_filled(own):
            yield Finding(f"{name}:{own.lineno}", f"{_shown(message)} has no translation")
        elif own.fuzzy:
            yield Finding(f"{name}:{own.lineno}", f"{_shown(message)} is marked fuzzy; look at it and remove the mark")
    for own in catalogues.messages(catalog):
        yield from (Finding(f"{name}:{own.lineno}", fault) for fault in _text_faults(own, _originals(own)))


def _definition_findings(root: Path, locale: str) -> Iterator[Finding]:
    file = catalogues.catalogue_file(root / "translations", locale, "procedures")
    name = file.relative_to(root).as_posix()
    for own in catalogues.messages(catalogues.read(file, locale)):
        source = " ".join(own.auto_comments)
        yield from (Finding(f"{name}:{own.lineno}", fault) for fault in _text_faults(own, (source,)))


def _used_at(message: Message) -> str:
    file, line = message.locations[0] if message.locations else ("translations/messages.pot", None)
    return f"{file}:{line}" if line else str(file)


def _originals(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _shown(message: Message) -> str:
    return f"“{_originals(message)[0]}”"


def _text_faults(message: Message, originals: tuple[str, ...]) -> Iterator[str]:
    if not catalogues.is_filled(message):
        return
    for text in catalogues.texts(message):
        yield from _placeholder_faults(text, originals)
        if looks_like_html(text) and not any(map(looks_like_html, originals)):
            yield f"“{text}” holds markup, which “{originals[0]}” does not"
        if not is_normal(text) or hidden_characters(text, lines=True):
            yield f"“{text}” holds invisible characters or letters in pieces; type it anew"


def _placeholder_faults(text: str, originals: tuple[str, ...]) -> Iterator[str]:
    """Of a message that counts, each form may leave out what one of the original forms leaves out."""
    allowed = set().union(*map(_placeholders, originals))
    needed = set.intersection(*map(_placeholders, originals))
    found = _placeholders(text)
    for unknown in sorted(found - allowed):
        yield f"“{text}” has {unknown}, which “{originals[0]}” does not have"
    for missing in sorted(needed - found):
        yield f"“{text}” lacks {missing}"


def _placeholders(text: str) -> set[str]:
    percents = [match[0] for match in _PERCENT.finditer(text) if match["kind"] != "%"]
    # The second plain %s of a text is another placeholder than the first.
    counted = {f"{mark}" if "(" in mark else f"{mark} number {place}" for place, mark in enumerate(percents, 1)}
    return counted | set(_BRACES.findall(text))
