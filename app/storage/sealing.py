"""Sensitive values leave the journal as salted digests; what they were stands encrypted in a table of its own."""

import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.storage.canonical import canonical, digest_of
from app.storage.keys import Keys
from app.storage.tables import SealedValue

SEAL = "$sealed"  # no field, column or part of an applicant can be called so


class Erased(str):
    """What stands for a destroyed value: it reads as nothing, and remembers the seal that must stay in its place."""

    digest: str

    def __new__(cls, digest: str) -> "Erased":
        """An empty text with a memory."""
        made = super().__new__(cls, "")
        made.digest = digest
        return made


class _Sealed(NamedTuple):
    digest: str
    blob: bytes


class Sealer:
    """Swaps values and seals for one dossier. One value always gets the same seal within its dossier."""

    def __init__(self, keys: Keys, stored: Iterable[tuple[str, bytes]] = ()) -> None:
        self._keys = keys
        self._values: dict[str, Any] = {}
        self._digests: dict[str, str] = {}
        self._fresh: list[_Sealed] = []
        for digest, blob in stored:
            value = json.loads(keys.decrypt(blob, digest))["value"]
            self._know(digest, value)

    def seal(self, value: Any) -> Any:
        """The seal that stands for a value; nothing to hide and seals stay as they are."""
        if isinstance(value, Erased):
            return {SEAL: value.digest}
        if value in (None, "", [], {}) or is_seal(value):
            return value
        text = canonical(value)
        if text not in self._digests:
            salt = secrets.token_hex(16)
            digest = digest_of(salt + text)
            blob = self._keys.encrypt(canonical({"salt": salt, "value": value}), digest)
            self._fresh.append(_Sealed(digest, blob))
            self._know(digest, value)
        return {SEAL: self._digests[text]}

    def unseal(self, value: Any) -> Any:
        """The value behind a seal; ``Erased`` when it was destroyed."""
        if not is_seal(value):
            return value
        digest = str(value[SEAL])
        return self._values[digest] if digest in self._values else Erased(digest)

    def digest(self, value: Any) -> str:
        """The digest of a value or seal, "" for nothing."""
        sealed = self.seal(value)
        return str(sealed[SEAL]) if is_seal(sealed) else ""

    def keep(self, session: Session, dossier_id: int) -> None:
        """Write the values sealed since the dossier was read."""
        if self._fresh:
            rows = [
                {"dossier_id": dossier_id, "digest": one.digest, "key_id": self._keys.current, "value": one.blob}
                for one in self._fresh
            ]
            session.execute(insert(SealedValue), rows)
            self._fresh = []

    def _know(self, digest: str, value: Any) -> None:
        self._values[digest] = value
        self._digests[canonical(value)] = digest


def is_seal(value: Any) -> bool:
    """Whether this stands for a sealed value."""
    return isinstance(value, Mapping) and value.keys() == {SEAL}


def load_sealer(session: Session, keys: Keys, dossier_id: int) -> Sealer:
    """The sealer of a stored dossier."""
    rows = session.execute(select(SealedValue.digest, SealedValue.value).where(SealedValue.dossier_id == dossier_id))
    return Sealer(keys, [(row.digest, row.value) for row in rows])
