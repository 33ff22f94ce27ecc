"""The journal as the dossier page tells it: events in order, sensitive values only where they may be seen."""

from app.engine.events import Event
from app.storage.database import db
from app.storage.journal import read_links
from app.storage.sealing import Sealer
from app.storage.sensitive import unseal_all


def read_timeline(dossier_id: int, sealer: Sealer | None = None) -> tuple[Event, ...]:
    """The events of a dossier that was loaded with rights before; one statement.

    Without a sealer sensitive values stay seals ({"$sealed": digest}): a timeline names fields, not their values.
    """
    events = tuple(link.event for link in read_links(db.session, dossier_id))
    if sealer is None:
        return events
    return tuple(event._replace(data=unseal_all(event.data, sealer.unseal)) for event in events)
