"""A mistake found in an expanded document: which rule, at which key path. Its place in a file is looked up later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.definition.messages.rule import Severity

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake at a key path of the expanded document.

    The place shown is the value's, or the key's with ``on_key``; ``offset`` counts characters into that text
    (expressions). A path that stands nowhere in the files (a default) is shown at its nearest ancestor that does.
    ``document`` names another document than the subject: "organisation", "registers", "prints", "documents",
    "calendar/2026", "lists/urgency", "forms/x", "routes/x", "procedures/land/x".
    """

    path: KeyPath
    rule: str
    params: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity | None = None
    offset: int = 0
    on_key: bool = False
    document: str = ""
