"""Conditions of a procedure as SQL: the fourth reader of expressions, for whole lists instead of one dossier.

It answers what `Expression.evaluate` answers, missing values included, on SQLite and on PostgreSQL. What cannot be said
is refused when the file is checked (rule X10, `app.definition.expression.searchable`).
"""

from app.storage.conditions.columns import columns_of
from app.storage.conditions.reader import condition_of

__all__ = ["columns_of", "condition_of"]
