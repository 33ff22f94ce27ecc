"""Did you mean …? The names nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from app.vietnamese.search import search_key

_LONGEST = 80  # comparing is quadratic; a longer "name" is not a slip of the finger


def nearest(word: str, words: Iterable[str], n: int = 3, cutoff: float = 0.6) -> list[str]:
    """At most `n` of `words`, best first; marks, case, `-` and `_` count for nothing."""
    wanted = _folded(word)
    if not wanted or len(wanted) > _LONGEST:
        return []
    by_key: dict[str, list[str]] = {}
    for known in words:
        by_key.setdefault(_folded(known), []).append(known)
    close = get_close_matches(wanted, by_key, n=n, cutoff=cutoff)
    return [known for key in close for known in by_key[key]][:n]


def _folded(word: str) -> str:
    return search_key(word).replace("-", "_")
