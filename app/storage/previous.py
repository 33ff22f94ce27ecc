"""The last dossier of an applicant, found by the whole identity number, within what a person may see."""

from collections.abc import Collection

from sqlalchemy import select

from app.storage.database import db
from app.storage.dossiers import readable_by
from app.storage.identity_mark import identity_marks
from app.storage.keys import keys
from app.storage.tables import Dossier


def previous_dossier(procedure_key: str, identity: str, badges: Collection[str]) -> int:
    """Its id, 0 for none."""
    marks = identity_marks(keys(), identity)
    if not marks:
        return 0
    found = db.session.scalars(
        select(Dossier.id)
        .where(Dossier.procedure_key == procedure_key, Dossier.applicant_mark.in_(marks), readable_by(badges))
        .order_by(Dossier.id.desc())
        .limit(1)
    ).first()
    return found or 0
