"""Text without marks and case, as PostgreSQL folds it: a table of single characters made from `search_key`.

The table covers the letters of the Latin, Greek and Cyrillic blocks with all marks; characters that fold to several
(ß, ligatures) stay as they are there.
"""

from functools import cache

from sqlalchemy import ColumnElement, Text, literal

from app.storage.conditions import functions as sql
from app.vietnamese.search import search_key

_LAST = 0x2200


@cache
def _tables() -> tuple[str, str]:
    """Characters, and what stands for each; those without a counterpart behind the end of the second are dropped."""
    characters = [chr(code) for code in range(1, _LAST)]
    folded = {one: " " if one.isspace() else search_key(one) for one in characters}
    changed = [one for one, key in folded.items() if len(key) == 1 and key != one]
    dropped = [one for one, key in folded.items() if not key]
    return "".join((*changed, *dropped)), "".join(folded[one] for one in changed)


def folded(text: ColumnElement[str]) -> ColumnElement[str]:
    """The search key of a column."""
    characters, keys = _tables()
    return sql.fold(text, literal(characters, Text()), literal(keys, Text()))
