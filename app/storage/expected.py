"""Who filed last period and has not yet filed for this one: what is still expected of a recurring procedure."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.definition.model.procedure import Procedure
from app.storage.conditions import columns_of, condition_of
from app.storage.database import db
from app.storage.dossiers import readable_by
from app.storage.tables import Dossier

_NOTHING_FILED = ("stopped", "not_accepted")
_Next = aliased(Dossier)


def _still_expected(procedure: Procedure, last: str, current: str, now: datetime) -> list[ColumnElement[bool]]:
    """Dossiers of period ``last`` that no dossier of ``current`` goes on from, whoever of the same applicant's.

    One applicant who filed several times last period is expected once: the latest of them counts.
    """
    same = and_(_Next.applicant_mark.is_not(None), _Next.applicant_mark == Dossier.applicant_mark)
    of_current = and_(_Next.period == current, or_(_Next.follows == Dossier.id, same))
    filed_later = and_(_Next.period == last, same, _Next.id > Dossier.id)
    done = exists().where(
        _Next.procedure_key == procedure.key,
        _Next.status.not_in(_NOTHING_FILED),
        or_(of_current, filed_later),
    )
    found = [
        Dossier.procedure_key == procedure.key,
        Dossier.period == last,
        Dossier.status.not_in(_NOTHING_FILED),
        ~done,
    ]
    recurs = procedure.recurs
    if recurs is not None and recurs.when is not None:
        found.append(condition_of(recurs.when, columns_of(procedure, now)))
    return found


def still_expected(session: Session, procedure: Procedure, last: str, current: str, now: datetime) -> list[int]:
    """The dossiers of last period that nothing follows yet, for a job."""
    found = select(Dossier.id).where(*_still_expected(procedure, last, current, now)).order_by(Dossier.id)
    return list(session.scalars(found))


def count_expected(procedure: Procedure, last: str, current: str, now: datetime, badges: Collection[str]) -> int:
    """How many of them a person with these badges may see."""
    found = select(func.count(Dossier.id)).where(*_still_expected(procedure, last, current, now), readable_by(badges))
    return int(db.session.scalars(found).one())


def list_expected(
    procedure: Procedure, last: str, current: str, now: datetime, badges: Collection[str], most: int
) -> list[tuple[int, str, str]]:
    """Id, code and applicant of the first of them that these badges may see."""
    found = (
        select(Dossier.id, Dossier.code, Dossier.applicant_name)
        .where(*_still_expected(procedure, last, current, now), readable_by(badges))
        .order_by(Dossier.applicant_sort, Dossier.id)
        .limit(most)
    )
    return [(row.id, row.code or "", row.applicant_name) for row in db.session.execute(found)]
