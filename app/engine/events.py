"""One entry of a dossier's journal: what happened, when, by whom, and everything the fold needs to know of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

# Moments as they stand in events. Budgets mostly end at a closing, so few of them are written many times.
iso = lru_cache(maxsize=4096)(datetime.isoformat)


class Event(NamedTuple):
    """``data`` is plain JSON (moments as ISO text, no floats), so that it can be written and read back without loss."""

    type: str
    at: datetime
    actor: str
    data: Mapping[str, Any]
