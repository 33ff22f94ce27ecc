"""Draw a paper the first time it is asked for; from then on it is these bytes and no others."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.storage.database import db, writing
from app.storage.file_store import keep_bytes, read_bytes
from app.storage.keys import keys
from app.storage.outcomes import print_place
from app.storage.prints import load_print
from app.storage.tables import PrintRow

Renderer = Callable[[str, str, Mapping[str, Any]], bytes]


def render_print(
    print_id: int,
    dossier_id: int,
    procedure_key: str,
    badges: Collection[str],
    renderer: Renderer,
    now: datetime,
) -> bytes | None:
    """The bytes; None when there is no such print for these badges.

    ``renderer(kind, template_version, data)`` is called once in the life of a print, outside any transaction.
    """
    found = load_print(print_id, dossier_id, procedure_key, badges)
    if found is None:
        return None
    if found.sha256:
        return read_bytes(found.sha256)
    data = json.loads(keys().decrypt(found.data, print_place(dossier_id, found.number)))
    db.session.commit()  # drawing takes a while: nothing waits for it
    kept = keep_bytes(renderer(found.kind, found.template_version, data))
    with writing() as session:
        first = update(PrintRow).where(PrintRow.id == print_id, PrintRow.sha256 == "")
        session.execute(first.values(sha256=kept.sha256, size=kept.size, rendered_at=now))
    drawn = load_print(print_id, dossier_id, procedure_key, badges)
    return None if drawn is None else read_bytes(drawn.sha256)  # two may draw at once: the first stays
