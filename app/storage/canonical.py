"""The one way JSON is written where bytes matter: keys in order, no spaces, letters as they are, no floats."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Canonical JSON text; a float is refused, since it may not come back as it was."""
    _refuse_floats(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest_of(text: str) -> str:
    """SHA-256 of a text, as hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float has no place in a journal: use whole numbers or decimal text")
    if isinstance(value, dict):
        for item in value.values():
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
