"""The one database handle, how its connections behave, and the two ways to use it: reading and writing."""

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_appbuilder.models.sqla.base import SQLA
from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import Session

from app.storage.sqlite_functions import teach

# Loaded objects stay as they were after a commit: a page that has written may still show whom it greeted.
db: Any = SQLA(session_options={"expire_on_commit": False})

_BEGIN = "begin_with"  # execution option of a SQLite connection: the word after BEGIN
_WRITING = "writing"  # session.info: inside writing()


def install_database(app: Flask) -> None:
    """Bind the handle to the database of ``DATABASE_URL``."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url(str(app.config["DATABASE_URL"]))
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(app.config["SQLALCHEMY_DATABASE_URI"])
    db.init_app(app)
    with app.app_context():
        _listen(db.engine)


def database_url(url: str) -> str:
    """The URL with the driver we ship: psycopg 3 for PostgreSQL."""
    scheme, rest = url.split("://", 1)
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def engine_options(url: str) -> dict[str, Any]:
    """How connections are opened and kept."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"connect_args": {"timeout": 30}}
    return {"pool_pre_ping": True, "connect_args": {"options": "-c timezone=Asia/Ho_Chi_Minh -c lock_timeout=30s"}}


def _listen(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    held = weakref.ref(engine)
    os.register_at_fork(after_in_child=lambda: _forget_connections(held()))


def _forget_connections(engine: Engine | None) -> None:
    """A forked process must not share its parent's connections."""
    if engine is not None:
        engine.dispose(close=False)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself; _begin_sqlite does
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 30000"):
        connection.execute(f"PRAGMA {pragma}")
    teach(connection)


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later fails when another writer came between; IMMEDIATE queues instead.
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, '')}")


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction: committed at the end, rolled back by an exception.

    ``session.rollback()`` inside leaves nothing written (a refusal found late). What was read before is read again.
    """
    session: Session = db.session()
    if session.info.get(_WRITING):
        raise RuntimeError("one operation is one transaction: writing() was entered inside writing()")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside writing()")
    session.commit()
    session.info[_WRITING] = True
    try:
        session.connection(execution_options={_BEGIN: "IMMEDIATE"})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info[_WRITING] = False


@contextmanager
def reading() -> Iterator[Session]:
    """One consistent look, ended at the end; for commands and jobs. A page reads until its request is over."""
    session: Session = db.session()
    try:
        yield session
    finally:
        if not session.info.get(_WRITING):
            session.commit()


def is_sqlite(session: Session) -> bool:
    """Whether the embedded database is used: a few statements differ."""
    return session.get_bind().dialect.name == "sqlite"
