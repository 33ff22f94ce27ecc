"""How far the readers of dossiers follow the organisation in force: they are stored, so a new one must reach them."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.storage.tables import CatalogueEpoch, Dossier

# A process may serve the snapshot before for a second; what it writes meanwhile must be among what is rebuilt.
SETTLED_AFTER = timedelta(seconds=5)


def dossiers_to_follow(session: Session, now: datetime, limit: int) -> list[int] | None:
    """The next dossiers to rebuild for the organisation in force; none when there is nothing to do now.

    An empty list says that the last dossier has been reached.
    """
    epoch = session.scalars(select(CatalogueEpoch)).first()
    if epoch is None or now < epoch.raised_at + SETTLED_AFTER:
        return None
    if epoch.followed_id == epoch.organisation_version_id and epoch.followed_to is None:
        return None
    reached = epoch.followed_to or 0 if epoch.followed_id == epoch.organisation_version_id else 0
    return list(session.scalars(select(Dossier.id).where(Dossier.id > reached).order_by(Dossier.id).limit(limit)))


def note_followed(session: Session, organisation_id: int, reached: int | None) -> None:
    """These were rebuilt for this organisation, up to this dossier; ``reached`` None: all of them."""
    in_force = CatalogueEpoch.organisation_version_id == organisation_id
    session.execute(update(CatalogueEpoch).where(in_force).values(followed_id=organisation_id, followed_to=reached))


def organisation_in_force(session: Session) -> int:
    """The id of its text; 0 before anything was published."""
    return session.scalars(select(CatalogueEpoch.organisation_version_id)).first() or 0


def readers_follow(session: Session) -> bool:
    """Whether the readers of every dossier follow the organisation in force."""
    epoch = session.scalars(select(CatalogueEpoch)).first()
    return epoch is None or (epoch.followed_id == epoch.organisation_version_id and epoch.followed_to is None)
