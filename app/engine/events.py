"""One entry of a dossier's journal: what happened, when, by whom, and everything the fold needs to know of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple


class Event(NamedTuple):
    """``data`` is plain JSON (moments as ISO text, no floats), so that it can be written and read back without loss."""

    type: str
    at: datetime
    actor: str
    data: Mapping[str, Any]
