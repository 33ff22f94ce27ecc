"""Roles and permissions written in bulk."""

from flask import Flask
from flask_appbuilder.security.sqla.models import Role
from sqlalchemy import select

from app.operations.create_account import NewAccount, create_account
from app.storage.database import db, writing
from app.storage.people import permissions_of, role_name, system_person
from app.storage.roles import drop_unused_role, give_role, set_permissions, take_role
from tests.factories import MONDAY


def somebody(username: str) -> int:
    made = create_account(username, "Ai Đó", "", system_person(), MONDAY, password="quen-thuoc-7391")
    assert isinstance(made, NewAccount)
    return made.user_id


def grant(views: list[str], wanted: dict[str, list[tuple[str, str]]]) -> None:
    with writing() as session:
        set_permissions(session, views, wanted)


def test_permissions_become_exactly_what_is_wanted(database: Flask) -> None:
    user = somebody("exact")
    with writing() as session:
        give_role(session, user, "r1")
    grant(["field:a", "field:b"], {"r1": [("can_list", "field:a"), ("can_show", "field:b")]})
    assert permissions_of(user) == {("can_list", "field:a"), ("can_show", "field:b")}
    grant(["field:a"], {"r1": [("can_show", "field:a")]})
    assert permissions_of(user) == {("can_show", "field:a"), ("can_show", "field:b")}
    grant(["field:a", "field:b"], {"r1": []})
    assert permissions_of(user) == frozenset()


def test_writing_the_same_again_changes_nothing(database: Flask, statements: list[str]) -> None:
    wanted = {f"role{n}": [("can_list", "field:many")] for n in range(60)}
    grant(["field:many"], wanted)
    statements.clear()
    grant(["field:many"], wanted)
    assert not [one for one in statements if one.startswith(("INSERT", "DELETE", "UPDATE"))]
    assert len(statements) <= 6


def test_a_role_is_given_and_taken_once(database: Flask) -> None:
    user = somebody("once")
    with writing() as session:
        assert [give_role(session, user, "r2"), give_role(session, user, "r2")] == [True, False]
        assert [take_role(session, user, "r2"), take_role(session, user, "r2")] == [True, False]


def test_an_unused_role_goes(database: Flask) -> None:
    user = somebody("leaver")
    with writing() as session:
        give_role(session, user, "clerk@closed")
        set_permissions(session, ["field:c"], {"clerk@closed": [("can_list", "field:c")]})
        drop_unused_role(session, "clerk@closed")
    assert "clerk@closed" not in set(db.session.scalars(select(Role.name)))
    assert permissions_of(user) == frozenset()


def test_a_long_position_has_a_role_name_of_its_own() -> None:
    first, second = (f"officer@{'x' * 58}{tail}" for tail in "ab")
    assert len(role_name(first)) <= 64
    assert role_name(first) != role_name(second)
    assert role_name("officer@land") == "officer@land"
