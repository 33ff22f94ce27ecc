"""A phrase in both languages, for parameters that must be translated themselves ("số nguyên", "a whole number")."""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """The same phrase in Vietnamese and in English."""

    vi: str
    en: str
