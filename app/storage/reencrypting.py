"""After a key was changed: everything encrypted or marked with an older one is written anew with the current one."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.storage.drafts import draft_place
from app.storage.identity_mark import identity_mark
from app.storage.journal import Head, broken_link, head_text, read_links
from app.storage.keys import Keys
from app.storage.outcomes import print_place
from app.storage.sealing import load_sealer
from app.storage.sensitive import unseal_all
from app.storage.tables import Dossier, Draft, EventRow, PrintRow, SealedValue


class Broken(NamedTuple):
    """A journal that is not whole: it keeps its old marks, so that the fault stays to be seen."""

    dossier_id: int
    kind: str


def is_old(keys: Keys, mark: bytes | str) -> bool:
    """Whether a ciphertext or a mark was made with another key than the current one."""
    beginning = f"{keys.current}:" if isinstance(mark, str) else keys.current.encode() + b"\0"
    return not mark.startswith(beginning)  # type: ignore[arg-type]


def reencrypt_values(session: Session, keys: Keys, dossier_id: int) -> int:
    """The sealed values of a dossier; their digests, which the journal holds, stay. How many were written."""
    rows = session.execute(
        select(SealedValue.digest, SealedValue.value).where(
            SealedValue.dossier_id == dossier_id, SealedValue.key_id != keys.current
        )
    ).all()
    for row in rows:
        blob = keys.encrypt(keys.decrypt(row.value, row.digest), row.digest)
        here = (SealedValue.dossier_id == dossier_id, SealedValue.digest == row.digest)
        session.execute(update(SealedValue).where(*here).values(value=blob, key_id=keys.current))
    return len(rows)


def reencrypt_prints(session: Session, keys: Keys, dossier_id: int) -> int:
    """What the slips of a dossier say."""
    rows = session.execute(
        select(PrintRow.id, PrintRow.number, PrintRow.data).where(PrintRow.dossier_id == dossier_id)
    ).all()
    return _again(session, keys, PrintRow, rows, lambda row: print_place(dossier_id, row.number))


def reencrypt_drafts(session: Session, keys: Keys) -> int:
    """What was typed at intake and not sent yet."""
    rows = session.execute(select(Draft.id, Draft.user_id, Draft.data)).all()
    return _again(session, keys, Draft, rows, lambda row: draft_place(row.user_id))


def _again(session: Session, keys: Keys, table: Any, rows: Iterable[Any], place: Callable[[Any], str]) -> int:
    old = [row for row in rows if is_old(keys, row.data)]
    for row in old:
        blob = keys.encrypt(keys.decrypt(row.data, place(row)), place(row))
        session.execute(update(table).where(table.id == row.id).values(data=blob))
    return len(old)


def remark_journal(session: Session, keys: Keys, dossier_id: int) -> int | Broken:
    """The marks of a journal and of the applicant's number under the current key, if the journal is whole."""
    row = session.execute(
        select(Dossier.row_version, Dossier.head_hash, Dossier.head_mac, Dossier.applicant_mark, Dossier.state).where(
            Dossier.id == dossier_id
        )
    ).one()
    links = read_links(session, dossier_id)
    if not any(is_old(keys, mark) for mark in (row.head_mac, *(link.mac for link in links))):
        return 0
    broken = broken_link(keys, dossier_id, links, Head(row.row_version, row.head_hash, row.head_mac))
    if broken is not None:
        return Broken(dossier_id, broken.kind)
    for link in links:
        here = (EventRow.dossier_id == dossier_id, EventRow.sequence == link.sequence)
        session.execute(update(EventRow).where(*here).values(mac=keys.sign(link.hash)))
    head = keys.sign(head_text(dossier_id, row.row_version, row.head_hash))
    mark = _identity_mark(session, keys, dossier_id, links) if row.applicant_mark else None
    session.execute(update(Dossier).where(Dossier.id == dossier_id).values(head_mac=head, applicant_mark=mark))
    return len(links) + 1


def _identity_mark(session: Session, keys: Keys, dossier_id: int, links: Iterable[Any]) -> str | None:
    """The mark of the applicant's number as the last event that names an applicant has it."""
    named = [link.event.data["applicant"] for link in links if "applicant" in link.event.data]
    applicant = unseal_all(named[-1], load_sealer(session, keys, dossier_id).unseal) if named else {}
    return identity_mark(keys, applicant.get("identity"))
