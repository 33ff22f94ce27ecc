"""Insert or update in one statement, on both databases."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.storage.database import is_sqlite


def upsert(
    session: Session,
    table: Any,
    rows: Sequence[Mapping[str, Any]],
    key: Iterable[str],
    changing: Iterable[str] = (),
) -> Any:
    """A statement that inserts the rows; where the key exists it sets the changing columns, or leaves the row alone."""
    statement: Any = (sqlite.insert(table) if is_sqlite(session) else postgresql.insert(table)).values(list(rows))
    columns = {name: getattr(statement.excluded, name) for name in changing}
    if not columns:
        return statement.on_conflict_do_nothing(index_elements=list(key))
    return statement.on_conflict_do_update(index_elements=list(key), set_=columns)
