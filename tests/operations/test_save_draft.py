"""Drafts belong to whoever typed them."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.engine.world import Refusal
from app.operations.save_draft import LARGEST, drop_draft, save_draft
from app.storage.database import db
from app.storage.drafts import drafts_of, load_draft
from app.storage.people import Person
from app.storage.tables import Draft
from tests.factories import MONDAY

Office = dict[str, Person]


def test_a_draft_comes_back_as_it_was_typed(database: Flask, office: Office) -> None:
    lan = office["lan"]
    draft = save_draft("land/permit", "Đào", {"applicant": {"identity": "031188000123"}, "n": [1, "x"]}, lan, MONDAY)
    assert isinstance(draft, int)
    assert load_draft(draft, lan.user_id) == {"applicant": {"identity": "031188000123"}, "n": [1, "x"]}
    assert b"031188000123" not in db.session.execute(select(Draft.data).where(Draft.id == draft)).scalar_one()


def test_saving_again_changes_the_same_draft(database: Flask, office: Office) -> None:
    lan = office["lan"]
    draft = save_draft("land/permit", "1", {"a": 1}, lan, MONDAY)
    assert isinstance(draft, int)
    assert save_draft("land/permit", "2", {"a": 2}, lan, MONDAY + timedelta(hours=1), draft_id=draft) == draft
    assert load_draft(draft, lan.user_id) == {"a": 2}
    assert [line.title for line in drafts_of(lan.user_id, "land/permit") if line.id == draft] == ["2"]


def test_somebody_elses_draft_does_not_exist(database: Flask, office: Office) -> None:
    draft = save_draft("land/permit", "", {}, office["lan"], MONDAY)
    assert isinstance(draft, int)
    minh = office["minh"]
    assert load_draft(draft, minh.user_id) is None
    assert save_draft("land/permit", "", {}, minh, MONDAY, draft_id=draft) == Refusal("not_found")
    assert drop_draft(draft, minh) == Refusal("not_found")


def test_a_dropped_draft_is_gone(database: Flask, office: Office) -> None:
    draft = save_draft("land/permit", "", {}, office["lan"], MONDAY)
    assert isinstance(draft, int)
    assert drop_draft(draft, office["lan"]) is None
    assert load_draft(draft, office["lan"].user_id) is None


def test_a_draft_has_a_limit(database: Flask, office: Office) -> None:
    refused = save_draft("land/permit", "", {"a": "x" * LARGEST}, office["lan"], MONDAY)
    assert refused == Refusal("too_large", {"most": LARGEST})
