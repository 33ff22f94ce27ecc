"""Papers of a dossier: what was ordered, whether it was drawn."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, select

from app.storage.database import db
from app.storage.dossiers import readable_by
from app.storage.tables import Dossier, PrintRow


class PrintLine(NamedTuple):
    """One paper in the list of a dossier."""

    id: int
    number: int
    kind: str
    template_version: str
    created_by: str
    created_at: datetime
    size: int


def prints_of(dossier_id: int) -> tuple[PrintLine, ...]:
    """All papers of a dossier that was loaded with rights before, the oldest first."""
    columns = tuple(getattr(PrintRow, name) for name in PrintLine._fields)
    rows = db.session.execute(select(*columns).where(PrintRow.dossier_id == dossier_id).order_by(PrintRow.number))
    return tuple(PrintLine._make(row) for row in rows)


def load_print(print_id: int, dossier_id: int, procedure_key: str, badges: Collection[str]) -> Row[Any] | None:
    """number, kind, template_version, data, sha256 of a print that these badges may see."""
    one = PrintRow
    return db.session.execute(  # type: ignore[no-any-return]
        select(one.number, one.kind, one.template_version, one.data, one.sha256)
        .join(Dossier, Dossier.id == one.dossier_id)
        .where(one.id == print_id, Dossier.id == dossier_id, Dossier.procedure_key == procedure_key)
        .where(readable_by(badges))
    ).first()
