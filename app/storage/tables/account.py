"""What an account needs beyond Flask-AppBuilder's user: the state of its password, and its history."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from app.storage.tables.base import NAME, Table


class Account(Table):
    """``must_change_password``: somebody else knows the password, so it opens nothing but the page that changes it."""

    __tablename__ = "account"

    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), primary_key=True)
    must_change_password: Mapped[bool]
    password_changed_at: Mapped[datetime] = mapped_column(DateTime)


class AccountEvent(Table):
    """What was done to an account, by whom. Never a password, nor its hash."""

    __tablename__ = "account_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    by: Mapped[str] = mapped_column(String(NAME))
    kind: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(200))
