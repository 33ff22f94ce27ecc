"""Every address is guarded, and what the framework would leave open is not there (F2–F5, F13, F16)."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from app.screens.permissions import ACCOUNTS, may
from app.screens.security.guard import BEFORE_PASSWORD, OPEN
from tests.screens.visitor import Visitor

FILLING = {
    "field": "land",
    "name": "permit",
    "dossier_id": 1,
    "file_id": 1,
    "print_id": 1,
    "user_id": 1,
    "posting_id": 1,
}


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address(app: Flask, rule: Rule) -> str:
    """The rule with something in its places."""
    values = {name: FILLING.get(name, "anything") for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods or ())))


def test_nobody_gets_in_without_a_session_except_by_the_named_doors(app: Flask, visitor: Visitor) -> None:
    asked = 0
    for rule in rules(app):
        if rule.endpoint in OPEN:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            answer = (visitor.get if method == "GET" else visitor.post)(address(app, rule))
            assert answer.status_code in (302, 401, 404), f"{method} {rule}: {answer.status_code}"
            if answer.status_code == 302:
                assert answer.location.startswith("/login/"), rule
            asked += 1
    assert asked > 20


def test_the_doors_that_are_open_are_few_and_known() -> None:
    assert {
        "static",
        "appbuilder.static",
        "SignInView.login",
        "SignInView.logout",
        "LanguageView.choose",
        "HealthView.index",
    } == OPEN
    assert {"MyAccountView.password", "MyAccountView.change"} == BEFORE_PASSWORD - OPEN


def test_every_door_that_is_named_exists(app: Flask) -> None:
    assert {rule.endpoint for rule in rules(app)} >= BEFORE_PASSWORD


def test_all_views_are_ours(app: Flask) -> None:
    views = [type(view) for view in app.extensions["appbuilder"].baseviews]
    assert [view for view in views if not view.__module__.startswith("app.screens.")] == []


LEFTOVERS = [
    "/back",
    "/back?next=https://evil.example/",
    "/lang/en",
    "/lang/xx",
    "/users/list/",
    "/users/add",
    "/usersview/list/",
    "/userdbmodelview/list/",
    "/roles/list/",
    "/permissions/list/",
    "/viewmenus/list/",
    "/userstatschartview/chart/",
    "/registeruser/list/",
    "/resetmypassword/form",
    "/resetpassword/form?pk=1",
    "/api/v1/_openapi",
    "/api/v1/menu/",
    "/api/v1/security/login",
    "/api/v1/security/users/",
    "/api/v1/security/roles/",
    "/swagger/v1",
    "/p/land/permit/download/x",
    "/p/land/permit/action/x/1",
    "/p/land/permit/action_post",
    "/p/land/permit/delete/1",
    "/p/land/permit/edit/1",
    "/p/land/permit/_info",
]


@pytest.mark.parametrize("path", LEFTOVERS)
def test_what_the_framework_would_bring_along_is_not_there(signed_in: Callable[[str], Visitor], path: str) -> None:
    admin = signed_in("admin")
    assert admin.get(path).status_code == 404
    assert admin.post(path).status_code == 404


def test_the_account_screens_are_for_administrators_alone(app: Flask, signed_in: Callable[[str], Visitor]) -> None:
    officer, admin = signed_in("minh"), signed_in("admin")
    for rule in rules(app):
        if not rule.endpoint.startswith("AccountsView."):
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            send = officer.get if method == "GET" else officer.post
            assert send(address(app, rule)).status_code == 403, f"{method} {rule}"
    assert admin.get("/accounts/").status_code == 200
    assert "/accounts/" not in officer.get("/").text


def test_rights_are_what_publishing_wrote(app: Flask, office: dict[str, object]) -> None:
    with app.test_request_context():
        from flask import g

        g.person = office["admin"]
        assert may("can_manage", ACCOUNTS)
        assert not may("can_receive", "field:land")
    with app.test_request_context():
        from flask import g

        g.person = office["minh"]
        assert not may("can_manage", ACCOUNTS)
        assert may("can_act", "field:land")
        assert not may("can_list", "field:water")


def test_a_signed_in_person_without_any_position_sees_only_that(signed_in: Callable[[str], Visitor]) -> None:
    admin = signed_in("admin")
    assert "chưa giữ vị trí nào" in admin.get("/").text
    assert admin.get("/tiep-nhan/").status_code == 200
    assert "/p/land/permit/add" not in admin.get("/tiep-nhan/").text


def test_security_cleanup_of_the_framework_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(RuntimeError, match="written by publishing"):
        app.extensions["appbuilder"].security_cleanup()
