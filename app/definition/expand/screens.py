"""The list and the dossier page, derived from the fields where the file says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.definition.shape.tree import Branch, Twig

BUILT_IN_COLUMNS = ("code", "applicant", "received", "due", "holder")
BUILT_IN_FILTERS = ("status", "step", "due", "unit")
BUILT_INS = frozenset({*BUILT_IN_COLUMNS, *BUILT_IN_FILTERS, "finished"})
_HEADER_FIELDS = 3


def finish_screens(document: Branch) -> None:
    """Columns, filters and header that the file leaves to the fields marked ``list`` and ``filter``."""
    screens, fields = document.get("screens"), document["form"]["fields"]
    if not isinstance(screens, Branch) or not isinstance(screens.get("list"), Branch):
        return
    listed = [key for key, field in fields.items() if field.get("list") is True]
    filtered = [name for key, field in fields.items() for name in _filters(key, field)]
    page = screens["list"]
    ordered = Branch()
    ordered.refused, ordered.marks = page.refused, page.marks
    for key, value in {
        "columns": page.get("columns", _names((*BUILT_IN_COLUMNS, *listed))),
        "filters": page.get("filters", _names((*BUILT_IN_FILTERS, *filtered))),
        "sort": page.get("sort", "due"),
    }.items():
        dict.__setitem__(ordered, key, value)
    screens.put("list", ordered, screens.marks.get("list"))
    if "header" not in screens:
        screens.put("header", _names(listed[:_HEADER_FIELDS]), None)


def _filters(key: str, field: Branch) -> Iterator[str]:
    """The field itself, dates on which something lapses too; and columns of a table: dossiers with such a row."""
    if field.get("filter") is True or (field.get("expires") is True and "shown_to" not in field):
        yield key
    columns = field.get("columns")
    for name, column in columns.items() if isinstance(columns, Branch) else ():
        if isinstance(column, Branch) and column.get("filter") is True:
            yield f"{key}.{name}"


def _names(names: Iterable[str]) -> Twig:
    twig = Twig()
    for name in names:
        twig.add(name, None)
    return twig
