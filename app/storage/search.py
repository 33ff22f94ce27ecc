"""Search over dossiers by the beginnings of words, with and without diacritics, within what a person may see."""

from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, TextClause, column, literal, select, table, text, union

from app.storage.database import db, is_sqlite
from app.storage.dossiers import readable_by
from app.storage.identity_mark import identity_marks
from app.storage.keys import keys
from app.storage.people import Person
from app.storage.projection import words
from app.storage.tables import Dossier
from app.vietnamese.search import search_key
from app.vietnamese.text import normal

MOST, CANDIDATES, MOST_WORDS = 50, 200, 8
LONGEST_QUERY = 200

HIT: tuple[Any, ...] = (
    Dossier.id,
    Dossier.code,
    Dossier.procedure_key,
    Dossier.applicant_name,
    Dossier.applicant_address,
    Dossier.status,
    Dossier.step_titles,
    Dossier.unit,
    Dossier.received_at,
    Dossier.due_at,
    Dossier.finished_at,
    Dossier.clock_state,
    Dossier.result_class,
)


def find_dossiers(person: Person, query: str, most: int = MOST) -> list[Any]:
    """Rows (id, code, procedure_key, applicant_name, …): as-typed matches first, then the newest; at most 50.

    One statement. An identity number is found when it is typed whole.
    """
    wanted = list(dict.fromkeys(words(query[:LONGEST_QUERY])))[:MOST_WORDS]
    if not wanted:
        return []
    statement = _matching(wanted, query).where(readable_by(person.badges)).limit(CANDIDATES)
    found = db.session.execute(statement).all()
    typed = normal(query).lower().split()
    return sorted(found, key=lambda row: _rank(row, typed))[: min(max(most, 1), MOST)]


def _matching(wanted: list[str], query: str) -> Select[Any]:
    """The newest dossiers with these words, or with this identity number."""
    marks = identity_marks(keys(), query)
    by_number = select(Dossier.id).where(Dossier.applicant_mark.in_(marks))
    if not is_sqlite(db.session):
        found = _trigrams(wanted)
        return select(*HIT).where(found | Dossier.id.in_(by_number) if marks else found).order_by(Dossier.id.desc())
    index, match = _full_text(wanted)
    if marks:
        either = union(select(index.c.rowid).where(match), by_number)
        return select(*HIT).where(Dossier.id.in_(either)).order_by(Dossier.id.desc())
    # The index walks its own rows newest first and stops when there are enough.
    return select(*HIT).join(index, index.c.rowid == Dossier.id).where(match).order_by(index.c.rowid.desc())


def _full_text(wanted: list[str]) -> tuple[TableClause, TextClause]:
    """SQLite's index, and the condition that every word begins a word of the dossier."""
    match = " AND ".join(f'"{word}"*' for word in wanted)
    index = table("dossier_search", column("rowid"))
    return index, text("dossier_search MATCH :match").bindparams(match=match)


def _trigrams(wanted: list[str]) -> ColumnElement[bool]:
    """The same condition for PostgreSQL's trigram index."""
    found: ColumnElement[bool] = literal(True)
    for word in wanted:
        found = found & Dossier.search.contains(f" {word}", autoescape=True)
    return found


def _rank(row: Any, typed: list[str]) -> int:
    """0: code or name hold the words as typed; 1: without marks; 2: elsewhere."""
    shown = f"{row.code or ''} {row.applicant_name}"
    lower = normal(shown).lower()
    if all(word in lower for word in typed):
        return 0
    folded = search_key(shown)
    return 1 if all(search_key(word) in folded for word in typed) else 2
