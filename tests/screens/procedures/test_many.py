"""One step for many dossiers: every dossier has an answer of its own, and only steps that allow it are done so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.engine.moves import Action
from app.engine.world import Refusal
from app.operations.do_many import Item, do_many
from app.operations.take_action import take_action
from app.storage.dossiers import load_dossier
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]
PAGE = "/p/land/permit/many"


@pytest.fixture
def waiting(app: Flask, office: Office) -> list[Done]:
    """Three dossiers that wait for the signature."""
    found = []
    with app.app_context():
        for minutes in range(3):
            now = MONDAY + timedelta(minutes=minutes)
            received = permit(office["lan"], now)
            action = Action("step", "appraise", fill={"opinion": "Đủ điều kiện cấp giấy phép"})
            done = take_action(received.dossier_id, None, action, office["minh"], now)
            assert isinstance(done, Done), done
            found.append(done)
    return found


def ticks(app: Flask, office: Office, done: list[Done]) -> list[str]:
    with app.app_context():
        states = [load_dossier(one.dossier_id, "land/permit", office["leader"].badges) for one in done]
    return [f"{one.id}.{one.state.visits[0].number}.{one.row_version}" for one in states if one is not None]


def status(app: Flask, office: Office, done: Done) -> str:
    with app.app_context():
        stored = load_dossier(done.dossier_id, "land/permit", office["leader"].badges)
    assert stored is not None
    return stored.state.status


def test_every_ticked_dossier_has_its_own_outcome(
    app: Flask, office: Office, signed_in: SignedIn, waiting: list[Done]
) -> None:
    leader = signed_in("leader")
    page = leader.get(PAGE)
    assert page.status_code == 200
    assert all(one.code in page.text for one in waiting)
    sent = ticks(app, office, waiting)
    stale = f"{sent[1].rpartition('.')[0]}.1"
    answer = leader.post(PAGE, {"step": "sign", "work": [sent[0], stale, sent[2], "x", "9.9", "999.1.1"]})
    assert answer.status_code == 200
    assert "2" in answer.text
    assert [status(app, office, one) for one in waiting] == ["result_ready", "processing", "result_ready"]
    assert waiting[1].code in answer.text


def test_the_list_leads_there_only_where_something_waits(signed_in: SignedIn, waiting: list[Done]) -> None:
    assert PAGE in signed_in("leader").get("/p/land/permit/").text
    assert PAGE not in signed_in("minh").get("/p/land/permit/").text
    assert signed_in("minh").get(f"{PAGE}?step=sign").status_code == 200


def test_a_step_that_fills_something_is_done_one_by_one(
    app: Flask, office: Office, signed_in: SignedIn, waiting: list[Done]
) -> None:
    assert signed_in("minh").post(PAGE, {"step": "appraise", "work": ["1.1.1"]}).status_code == 404
    with app.app_context():
        received = permit(office["lan"], MONDAY + timedelta(minutes=9))
        stored = load_dossier(received.dossier_id, "land/permit", office["minh"].badges)
        assert stored is not None
        item = Item(stored.id, stored.state.visits[0].number, stored.row_version)
        answers = do_many([item, item], "appraise", office["minh"], MONDAY + timedelta(minutes=10))
    assert [answer.refusal.code for answer in answers if isinstance(answer.refusal, Refusal)] == ["not_allowed"]


def test_nobody_does_for_many_what_he_may_not_do_for_one(
    app: Flask, office: Office, signed_in: SignedIn, waiting: list[Done]
) -> None:
    sent = ticks(app, office, waiting)
    answer = signed_in("minh").post(PAGE, {"step": "sign", "work": sent})
    assert answer.status_code == 200
    assert [status(app, office, one) for one in waiting] == ["processing"] * 3
    assert signed_in("stranger").post(PAGE, {"step": "sign", "work": sent}).status_code in (200, 403, 404)
    assert [status(app, office, one) for one in waiting] == ["processing"] * 3


def test_what_is_sent_twice_is_done_once(app: Flask, office: Office, signed_in: SignedIn, waiting: list[Done]) -> None:
    data = {"step": "sign", "work": ticks(app, office, waiting)[:1], "key": "einmal"}
    first, again = (signed_in("leader").post(PAGE, data).text for _once in range(2))
    assert status(app, office, waiting[0]) == "result_ready"
    assert first.count("i-ok") == again.count("i-ok") > 0
