"""Write the ends of all journals to a file outside the database, for whoever verifies later."""

from datetime import date
from pathlib import Path

from app.storage.chain_heads import export_heads
from app.storage.database import reading
from app.storage.keys import keys


def export_chain_heads(day: date) -> Path:
    """The file of that day; exporting again on the same day replaces it."""
    with reading() as session:
        return export_heads(session, keys(), day)
