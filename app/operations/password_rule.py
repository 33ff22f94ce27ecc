"""What a password must be, here and nowhere else; and what is stored of it."""

import secrets

from werkzeug.security import check_password_hash, generate_password_hash

from app.engine.world import Refusal
from app.vietnamese.search import search_key

LONGEST = 256
FEWEST_LETTERS = 5
# No look-alikes: these are read from a slip of paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
_COMMON = ("password", "matkhau", "qwerty", "123456", "abc123", "admin", "motcua", "iloveyou", "letmein")


def password_fault(password: str, username: str, shortest: int) -> Refusal | None:
    """Why a password is too weak: too_short too_long few_letters common contains_name."""
    plain = search_key(password).replace(" ", "")
    letters = set(plain)
    for common in _COMMON:
        plain = plain.replace(common, "")
    if len(password) < shortest:
        reason = "too_short"
    elif len(password) > LONGEST:
        reason = "too_long"
    elif search_key(username) in search_key(password):
        reason = "contains_name"
    elif len(letters) < FEWEST_LETTERS:
        reason = "few_letters"
    elif len(plain) < 4:
        reason = "common"
    else:
        return None
    return Refusal("weak_password", {"reason": reason, "shortest": shortest, "longest": LONGEST})


def password_hash(password: str) -> str:
    """scrypt, with a salt of its own."""
    return generate_password_hash(password, method="scrypt")


def is_password(stored: str | None, password: str) -> bool:
    """Whether this is the password that was stored."""
    return bool(stored) and check_password_hash(str(stored), password)


def new_password() -> str:
    """A first password to be handed over: four groups, easy to read and to type."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))
