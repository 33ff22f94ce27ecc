"""Finding a dossier by the applicant's identity number without keeping the number where it can be read."""

from app.storage.keys import Keys

FEWEST = 6


def identity_marks(keys: Keys, number: str) -> tuple[str, ...]:
    """The marks of a number as people type it; none for what is too short to be one."""
    plain = "".join(char for char in number.upper() if char.isalnum())
    return keys.marks(plain) if len(plain) >= FEWEST and any(char.isdigit() for char in plain) else ()


def identity_mark(keys: Keys, number: object) -> str | None:
    """The mark to keep, under the current key."""
    return next(iter(identity_marks(keys, str(number or ""))), None)
