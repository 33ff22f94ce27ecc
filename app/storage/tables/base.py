"""The base of all our tables (Flask-AppBuilder's: its tables and ours are one schema) and their column types."""

from typing import TYPE_CHECKING

from sqlalchemy import JSON, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase

    class Table(DeclarativeBase):
        """What the type checker sees: an ordinary declarative base."""

else:
    from flask_appbuilder import Model as Table

__all__ = ["KEY", "NAME", "POSITION", "Json", "Table", "sort_text"]

KEY = 121  # a procedure key: field "/" name, 60 characters each
POSITION = 128  # role "@" unit
NAME = 128  # a user name, as in ab_user

Json = JSON().with_variant(JSONB(), "postgresql")


def sort_text(length: int) -> TypeEngine[str]:
    """Text compared by code points on both databases, whatever the collation of the database is."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")
