"""What the steps of published procedures let positions do, asked by position."""

from collections.abc import Collection

from sqlalchemy import select

from app.storage.database import db
from app.storage.tables import ProcedureGrant


def procedures_with(permission: str, positions: Collection[str]) -> frozenset[str]:
    """The keys of the procedures in which one of these positions has a permission; one statement."""
    one = ProcedureGrant
    chosen = select(one.procedure_key).where(one.permission == permission, one.position.in_(sorted(positions)))
    return frozenset(db.session.scalars(chosen.distinct()))
