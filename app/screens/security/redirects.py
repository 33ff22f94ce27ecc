"""Where to go back to: only ever a path of this service."""

import unicodedata

LONGEST = 2_000


def local_path(text: str, otherwise: str) -> str:
    """The path if a browser cannot read it as another host; ``//x``, ``/\\x`` and control characters can be."""
    is_local = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    is_plain = len(text) <= LONGEST and not any(unicodedata.category(letter)[0] == "C" for letter in text)
    return text if is_local and is_plain else otherwise
