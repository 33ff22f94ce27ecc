"""Why a text cannot be taken as what it should be: a short code with parameters, worded by whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Fault:
    """A value, not an exception: `Fault("id_length", {"expected": 12, "found": 11})`."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)
