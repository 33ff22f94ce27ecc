"""Write everything encrypted or marked anew with the current key, so that older keys can be taken away."""

from typing import NamedTuple

from sqlalchemy import select

from app.storage.database import reading, writing
from app.storage.dossiers import lock_dossier
from app.storage.keys import keys
from app.storage.reencrypting import (
    Broken,
    reencrypt_drafts,
    reencrypt_prints,
    reencrypt_values,
    remark_journal,
)
from app.storage.tables import Dossier


class Reencrypted(NamedTuple):
    """How much was written anew; journals that are broken keep their old marks."""

    values: int
    marks: int
    broken: tuple[Broken, ...]


def reencrypt() -> Reencrypted:
    """Each dossier in a transaction of its own, so that work goes on meanwhile; done twice, it writes nothing more."""
    with reading() as session:
        ids = session.scalars(select(Dossier.id).order_by(Dossier.id)).all()
    with writing() as session:
        values = reencrypt_drafts(session, keys())
    marks, broken = 0, []
    for dossier_id in ids:
        with writing() as session:
            if lock_dossier(session, dossier_id) is None:
                continue
            values += reencrypt_values(session, keys(), dossier_id)
            values += reencrypt_prints(session, keys(), dossier_id)
            again = remark_journal(session, keys(), dossier_id)
            if isinstance(again, Broken):
                broken.append(again)
            else:
                marks += again
    return Reencrypted(values, marks, tuple(broken))
