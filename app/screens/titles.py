"""What procedures, fields of work and positions are called in the reader's language."""

from collections.abc import Iterable

from flask import g

from app.definition.catalogue import Catalogue, Entry
from app.definition.model.organisation import WorkField
from app.screens.formats import locale_code


def short_title(entry: Entry) -> str:
    """For rows and lists."""
    texts = g.catalogue.texts(locale_code())
    return texts.get(f"{entry.key}:short_title") or entry.short_title or full_title(entry)


def full_title(entry: Entry) -> str:
    """As the law names it."""
    return g.catalogue.texts(locale_code()).get(f"{entry.key}:title") or entry.title


def procedure_title(key: str) -> str:
    """The short title of a published procedure; the key of one that is not published any more."""
    entry = g.catalogue.entries.get(key)
    return short_title(entry) if entry else key


def field_title(field: WorkField) -> str:
    """`Đất đai`."""
    return g.catalogue.texts(locale_code()).get(f"organisation:fields.{field.key}.title") or field.title


def position_titles(catalogue: Catalogue | None, positions: Iterable[str]) -> list[str]:
    """What the positions are called, in the order of the organisation."""
    organisation = catalogue.organisation if catalogue else None
    if organisation is None:
        return []
    order = {position: place for place, position in enumerate(organisation.positions())}
    ordered = sorted(positions, key=lambda one: (order.get(one, len(order)), one))
    return [organisation.position_title(one) for one in ordered]
