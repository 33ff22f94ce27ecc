"""The sets of positions that may see dossiers, and the single people beside them."""

from collections.abc import Collection

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, insert, literal, select
from sqlalchemy.orm import Session

from app.engine.rights import USER
from app.storage.canonical import digest_of
from app.storage.tables import Posting, Reader, ReaderPerson, ReaderSet, VisitRow
from app.storage.upsert import upsert


def reader_positions(allowed: Collection[str]) -> list[str]:
    """Positions only, in order."""
    return sorted(position for position in allowed if not position.startswith(USER))


def reader_people(allowed: Collection[str]) -> list[str]:
    """User names only, in order."""
    return sorted(position.removeprefix(USER) for position in allowed if position.startswith(USER))


def reader_digest(allowed: Collection[str]) -> str:
    """What tells one set from another."""
    return digest_of(" ".join(reader_positions(allowed)))


def reader_set(session: Session, allowed: Collection[str]) -> int:
    """The id of the set with exactly these positions, made if it is new."""
    digest = reader_digest(allowed)
    same = select(ReaderSet.id).where(ReaderSet.digest == digest)
    found = session.scalars(same).first()
    if found is not None:
        return found
    made = session.execute(
        upsert(session, ReaderSet, [{"digest": digest}], ("digest",)).returning(ReaderSet.id)
    ).first()
    if made is None:  # somebody else made it a moment ago
        return session.scalars(same).one()
    rows = [{"reader_set_id": made[0], "position": position} for position in reader_positions(allowed)]
    if rows:
        session.execute(insert(Reader), rows)
    return int(made[0])


def write_reader_people(session: Session, dossier_id: int, allowed: Collection[str]) -> None:
    """The people who may see the dossier although they hold none of its positions now."""
    known = set(session.scalars(select(ReaderPerson.username).where(ReaderPerson.dossier_id == dossier_id)))
    wanted = set(reader_people(allowed))
    wanted -= _seated_among(session, wanted, reader_positions(allowed))
    if known - wanted:
        gone = ReaderPerson.username.in_(sorted(known - wanted))
        session.execute(delete(ReaderPerson).where(ReaderPerson.dossier_id == dossier_id, gone))
    if wanted - known:
        rows = [{"dossier_id": dossier_id, "username": username} for username in sorted(wanted - known)]
        session.execute(insert(ReaderPerson), rows)


def keep_sight(session: Session, username: str) -> None:
    """Somebody leaves a position: what they have worked on they may still see."""
    worked_on = select(literal(username), VisitRow.dossier_id).where(VisitRow.actor == username).distinct()
    known = select(ReaderPerson.dossier_id).where(ReaderPerson.username == username)
    worked_on = worked_on.where(VisitRow.dossier_id.not_in(known))
    session.execute(insert(ReaderPerson).from_select(["username", "dossier_id"], worked_on))


def _seated_among(session: Session, usernames: Collection[str], positions: list[str]) -> set[str]:
    """Those of the people who hold one of the positions today."""
    if not usernames:
        return set()
    held = (
        select(User.username)
        .join(Posting, Posting.user_id == User.id)
        .where(User.username.in_(sorted(usernames)), Posting.position.in_(positions), Posting.until.is_(None))
    )
    return set(session.scalars(held))
