"""The one spelling of an expanded document as JSON text, and its hash: what a version is recognised by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(document: Mapping[str, Any]) -> str:
    """JSON text with the keys in their order: the order of fields, options and columns carries meaning."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest_of(document: Mapping[str, Any]) -> str:
    """sha256 of the canonical text."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()
