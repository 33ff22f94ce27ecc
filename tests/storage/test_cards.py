"""Counters above a list: conditions say of real dossiers what Python says, are counted, and narrow the list."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.definition.expression import (
    FLAG,
    MISSING,
    MOMENT,
    NUMBER,
    TEXT,
    UNIT,
    USER,
    Expression,
    Name,
    Scope,
    option,
    parse_expression,
)
from app.definition.expression.searchable import search_problems
from app.definition.expression.types import DATE
from app.definition.model.procedure import Card, Procedure
from app.engine.environment import environment
from app.engine.moves import Action
from app.engine.state import state_from_json
from app.operations.take_action import take_action
from app.storage.catalogue_store import holder
from app.storage.conditions import columns_of, condition_of
from app.storage.database import db
from app.storage.lists import ListQuery, count_cards, list_dossiers
from app.storage.outcomes import Done
from app.storage.people import Person
from app.storage.tables import Dossier
from tests.factories import MONDAY, permit

Office = dict[str, Person]
LATER = MONDAY + timedelta(hours=1)
NOW = MONDAY + timedelta(days=3)
STEPS = {key: key for key in ("receive", "appraise", "sign", "return")}
SCOPE = Scope(
    names={
        "parcel_count": Name(NUMBER, "Số thửa"),
        "starts_on": Name(DATE, "Ngày bắt đầu"),
        "place": Name(TEXT, "Địa điểm"),
        "purpose": Name(option({"homes": "Nhà", "works": "Xưởng"}), "Mục đích"),
        "applicant.kind": Name(option(None), "Đối tượng"),
        "applicant.name": Name(TEXT, "Tên"),
        "channel": Name(option(None), "Kênh"),
        "agency": Name(UNIT, "Cơ quan"),
        "authority": Name(UNIT, "Thẩm quyền"),
        "unit": Name(UNIT, "Nơi nhận"),
        "status": Name(option(None), "Trạng thái"),
        "step": Name(option(STEPS), "Bước"),
        "holder": Name(USER, "Người giữ"),
        "today": Name(DATE, "Hôm nay"),
        **{name: Name(MOMENT, name) for name in ("received", "accepted", "due", "finished", "now")},
    },
    steps=STEPS,
)


def read(text: str) -> Expression:
    expression = parse_expression(text, SCOPE, FLAG)
    assert isinstance(expression, Expression), expression
    assert search_problems(text, expression.tree) == ()
    return expression


@pytest.fixture(scope="module")
def dossiers(database_app: Flask, office: Office) -> Office:
    """One that waits to be appraised, one sent back for a supplement, one signed, one late with a start and a place."""
    with database_app.app_context():
        permit(office["lan"])
        lacking = permit(office["lan"], answers={"parcel_count": "1", "purpose": "works"})
        supplement = Action("supplement", arguments={"reason": "Thiếu bản vẽ", "documents": ["plan"]})
        assert isinstance(take_action(lacking.dossier_id, None, supplement, office["minh"], LATER), Done)
        signed = permit(office["lan"])
        opinion = Action("step", step="appraise", fill={"opinion": "Đủ"})
        assert isinstance(take_action(signed.dossier_id, None, opinion, office["minh"], LATER), Done)
        assert isinstance(
            take_action(signed.dossier_id, None, Action("step", step="sign"), office["leader"], LATER), Done
        )
        answers = {"parcel_count": "9", "purpose": "homes", "starts_on": "2026-03-05", "place": "Phường Đống Đa"}
        permit(office["lan"], MONDAY - timedelta(days=20), answers=answers)
    return office


@pytest.fixture
def procedure(database: Flask, dossiers: Office) -> Procedure:
    return holder.current().procedure("land/permit")


@pytest.mark.parametrize(
    "text",
    [
        "parcel_count >= 3",
        "parcel_count / 2 > 1.5 or starts_on is missing",
        'purpose == "homes" and not contains(place, "dong da")',
        'contains(place, "DONG DA")',
        'starts_with(applicant.name, "nguyen")',
        'applicant.kind == "citizen"',
        "starts_on > today",
        "days_between(received, now) > 10",
        "years_between(received, now) == 0 and received <= accepted",
        "due < now",
        "finished is missing",
        "finished < now",
        'status in ["supplement", "result_ready"]',
        "holder is missing",
        'channel == "counter" and agency == "dept" and authority == agency',
        'unit == "one-stop"',
        'done("appraise")',
        'not done("sign")',
        'visits("appraise") == 1',
        'visits("return") > 0',
        'late("appraise")',
        'chosen("sign") is missing',
        'handed_in("plan")',
        'handed_in("application")',
        "supplements() > 0",
        "supplements() == 0 and month(received) == 3",
    ],
)
def test_python_and_the_database_say_the_same_of_every_dossier(procedure: Procedure, text: str) -> None:
    expression, world = read(text), holder.world(holder.current())
    condition = condition_of(expression, columns_of(procedure, NOW))
    rows = db.session.execute(select(Dossier.state, condition).order_by(Dossier.id)).all()
    assert len(rows) == 4
    for state, told in rows:
        expected = expression.evaluate(environment(procedure, state_from_json(state), world, NOW))
        assert (None if told is None else bool(told)) is (None if expected is MISSING else expected)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('step == "appraise"', 3),
        ('step != "appraise"', 1),
        ('step in ["return", "sign"]', 1),
        ('step not in ["return", "appraise"]', 0),
        ("step is missing", 0),
        ("step is not missing", 4),
    ],
)
def test_a_step_is_one_of_those_that_are_open(procedure: Procedure, text: str, count: int) -> None:
    condition = condition_of(read(text), columns_of(procedure, NOW))
    assert len(db.session.scalars(select(Dossier.id).where(condition)).all()) == count


def test_counters_count_what_a_person_may_see(procedure: Procedure, dossiers: Office, statements: list[str]) -> None:
    badges = dossiers["minh"].badges
    assert count_cards(procedure, badges, "all", NOW) == (3, 1, 0)
    assert count_cards(procedure, badges, "closed", NOW) == (0, 0, 0)
    assert count_cards(procedure, dossiers["stranger"].badges, "all", NOW) == (0, 0, 0)
    statements.clear()
    count_cards(procedure, badges, "all", NOW)
    assert len(statements) == 2
    assert count_cards(with_cards(procedure), badges, "all", NOW) == ()


def test_a_counter_narrows_the_list_to_what_it_counts(procedure: Procedure, dossiers: Office) -> None:
    badges = dossiers["minh"].badges
    for number, count in ((1, 3), (2, 1), (3, 0), (4, 4), (-1, 4)):
        page = list_dossiers(procedure, badges, ListQuery(card=number, now=NOW))
        assert (page.count, len(page.rows)) == (count, count)


def test_what_is_stored_strangely_stops_no_counter(procedure: Procedure, dossiers: Office) -> None:
    strange = with_cards(procedure, "parcel_count > 1", 'contains(place, "x")', "starts_on is missing")
    row = db.session.scalars(select(Dossier).order_by(Dossier.id)).first()
    row.answers = {"parcel_count": ["x"], "place": {"a": 1}, "starts_on": ""}
    assert count_cards(strange, dossiers["minh"].badges, "all", NOW) == (2, 0, 3)
    db.session.rollback()


def with_cards(procedure: Procedure, *texts: str) -> Procedure:
    cards = tuple(Card(text, read(text)) for text in texts)
    return replace(procedure, screens=replace(procedure.screens, cards=cards))
