"""*Who* as text and as a value: `officer@agency`, `[a@x, b]`, `{all: [a, b]}` (section 8.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal, cast

from app.definition.model.who import Party, Place, PlaceKind, Who

MOST_REMEMBERED = 1024  # an office has few parties, and every step names some of them
_KEY = r"[a-z][a-z0-9_-]*"
_FIELD = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_AT = rf"{_KEY}(?:\.{_FIELD.replace('_]', '_-]')})?"
_PLACE = re.compile(_AT)
_ROLE = re.compile(rf"(?P<role>{_KEY})(?:@(?P<place>{_AT}))?")
_PERSON = re.compile(rf"(?P<kind>person|actor)\.(?P<key>{_FIELD})")
_WORDS = ("applicant", "system", "anyone")
_PLACE_WORDS = ("agency", "authority", "reception", "same", "parent")


@lru_cache(maxsize=MOST_REMEMBERED)
def parse_party(text: str) -> Party | None:
    """One party, or None when the text is none."""
    if text in _WORDS:
        return Party(kind=cast(Literal["applicant", "system", "anyone"], text), text=text)
    named = _PERSON.fullmatch(text)
    if named:
        kind = "person" if named["kind"] == "person" else "actor"
        return Party(kind=cast(Literal["person", "actor"], kind), key=named["key"], text=text)
    match = _ROLE.fullmatch(text)
    if match is None:
        return None
    if match["place"] is None:
        # `reception` alone is the role at the dossier's reception unit; any other role: at any unit of the agency.
        place = Place("reception") if match["role"] == "reception" else None
        return Party("role", role=match["role"], place=place, text=text)
    place = parse_place(match["place"])
    return None if place is None else Party("role", role=match["role"], place=place, text=text)


@lru_cache(maxsize=MOST_REMEMBERED)
def parse_place(text: str) -> Place | None:
    """What may stand after @: a unit, a word with a meaning per dossier, a type of units, a field naming units."""
    if not _PLACE.fullmatch(text):
        return None
    if text in _PLACE_WORDS:
        return Place(cast(PlaceKind, text))
    kind, dot, key = text.partition(".")
    if not dot:
        return Place("unit", text)
    if kind in ("type", "field"):
        return Place(cast(PlaceKind, kind), key)
    return None


def compile_who(value: object) -> Who:
    """*Who* from its form in the expanded document; parties that cannot be read are left out."""
    each = isinstance(value, Mapping)
    listed = value.get("all", ()) if isinstance(value, Mapping) else value
    texts = [listed] if isinstance(listed, str) else list(cast(Sequence[str], listed))
    parties = tuple(party for party in map(parse_party, texts) if party is not None)
    shown = ", ".join(texts)
    return Who(parties, each=each, text=f"{{all: [{shown}]}}" if each else shown)
