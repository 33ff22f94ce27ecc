"""The keys that encrypt sensitive values and sign journals, read from the settings; the first one is current."""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

_NONCE = 12


class KeyFault(ValueError):
    """SEAL_KEYS cannot be used, or does not hold the key that something was sealed with."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``secrets`` by key id; ``current`` encrypts and signs, the older ones only read."""

    current: str
    secrets: Mapping[str, bytes] = field(repr=False)

    def encrypt(self, text: str, bound_to: str) -> bytes:
        """Ciphertext that only opens with the same ``bound_to``, so that rows cannot be swapped."""
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self._derived(self.current, b"values")).encrypt(nonce, text.encode(), bound_to.encode())
        return self.current.encode() + b"\0" + nonce + sealed

    def decrypt(self, blob: bytes, bound_to: str) -> str:
        """What ``encrypt`` was given; raises KeyFault."""
        key_id, _, sealed = blob.partition(b"\0")
        try:
            cipher = AESGCM(self._derived(key_id.decode("ascii", "replace"), b"values"))
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode()).decode()
        except InvalidTag:
            raise KeyFault(f"a value sealed for {bound_to[:40]} does not open: it was changed or moved") from None

    def sign(self, text: str) -> str:
        """``key id:hex``, the mark of somebody who knows the key."""
        return f"{self.current}:{self._mark(self.current, text)}"

    def is_signed(self, text: str, mark: str) -> bool:
        """Whether ``mark`` was made by ``sign`` for this text, with any key we still hold."""
        key_id, _, given = mark.partition(":")
        return key_id in self.secrets and hmac.compare_digest(self._mark(key_id, text), given)

    def marks(self, text: str) -> tuple[str, ...]:
        """What stands for a value where it must be found again, under the current key first, then under older ones."""
        return tuple(
            hmac.new(self._derived(key_id, b"search"), text.encode(), hashlib.sha256).hexdigest()
            for key_id in self.secrets
        )

    def _mark(self, key_id: str, text: str) -> str:
        return hmac.new(self._derived(key_id, b"journal"), text.encode(), hashlib.sha256).hexdigest()

    def _derived(self, key_id: str, purpose: bytes) -> bytes:
        if key_id not in self.secrets:
            raise KeyFault(f"SEAL_KEYS does not hold key {key_id!r}; known are {', '.join(self.secrets)}")
        return hmac.new(self.secrets[key_id], purpose, hashlib.sha256).digest()


def keys() -> Keys:
    """The keys of this installation."""
    return parse_keys(str(current_app.config.get("SEAL_KEYS", "")), str(current_app.config.get("SECRET_KEY") or ""))


@lru_cache(maxsize=8)
def parse_keys(text: str, secret_key: str = "") -> Keys:
    """``id:base64,id:base64``. Empty: one key made from the secret key, for development (production refuses it)."""
    if not text.strip():
        return Keys("dev", {"dev": hashlib.sha256(b"seal:" + secret_key.encode()).digest()})
    secrets: dict[str, bytes] = {}
    for pair in text.split(","):
        key_id, _, encoded = pair.strip().partition(":")
        secrets[key_id] = _secret(key_id, encoded)
    return Keys(next(iter(secrets)), secrets)


def _secret(key_id: str, encoded: str) -> bytes:
    try:
        secret = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    except (binascii.Error, ValueError):
        secret = b""
    if not key_id.isalnum() or not key_id.isascii() or len(secret) != 32:
        raise KeyFault(f"SEAL_KEYS: key {key_id!r} must be written id:32 random bytes in URL-safe base64")
    return secret
