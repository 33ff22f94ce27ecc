"""How connections begin, commit and give up."""

import pytest
from flask import Flask
from sqlalchemy import Insert, func, insert, select, text
from sqlalchemy.exc import IntegrityError

from app.storage.database import database_url, db, is_sqlite, reading, writing
from app.storage.tables import Counter


def count() -> int:
    with reading() as session:
        return session.scalars(select(func.count()).select_from(Counter)).one()


def add(register: str) -> Insert:
    return insert(Counter).values(register=register, scope="", series="", period="", value=1)


def write_twice(register: str) -> None:
    with writing() as session:
        session.execute(add(register))
        session.execute(add(register))


def test_what_is_written_stays(database: Flask) -> None:
    before = count()
    with writing() as session:
        session.execute(add("stays"))
    assert count() == before + 1


def test_an_exception_leaves_nothing_behind(database: Flask) -> None:
    before = count()
    with pytest.raises(IntegrityError):
        write_twice("gone")
    assert count() == before


def test_a_late_refusal_leaves_nothing_behind(database: Flask) -> None:
    before = count()
    with writing() as session:
        session.execute(add("refused"))
        session.rollback()
    assert count() == before


def test_an_operation_inside_an_operation_is_a_mistake(database: Flask) -> None:
    with writing(), pytest.raises(RuntimeError, match="one operation is one transaction"), writing():
        pass


def test_writing_may_follow_reading_in_one_request(database: Flask) -> None:
    db.session.execute(select(Counter)).all()
    with writing() as session:
        session.execute(add("after reading"))


def test_foreign_keys_are_enforced(database: Flask) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), writing() as session:
        session.execute(text("INSERT INTO reader(position, reader_set_id) VALUES ('x', 99)"))


def test_sqlite_queues_writers_and_keeps_a_write_ahead_log(database: Flask) -> None:
    with reading() as session:
        if not is_sqlite(session):
            pytest.skip("SQLite only")
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == 30000


def test_urls_of_postgresql_get_the_driver_that_is_shipped() -> None:
    assert database_url("postgresql://u:p@h/d") == "postgresql+psycopg://u:p@h/d"
    assert database_url("postgres://h/d") == "postgresql+psycopg://h/d"
    assert database_url("sqlite:///x.sqlite") == "sqlite:///x.sqlite"
