"""The strip of steps: what is behind, what is open, what comes on the ordinary way."""

import re
from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from app.engine.moves import Action
from app.operations.take_action import take_action
from app.screens.procedures.dossier_progress import Mark, grouped
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]


def strip(text: str) -> list[tuple[str, str]]:
    """(state, title) of each dot."""
    return re.findall(r'mc-steps__item--(\w+)"[^>]*>.*?<b>([^<]*)</b>', text)


def test_done_now_and_next_stand_in_order(app: Flask, office: Office, signed_in: SignedIn) -> None:
    with app.app_context():
        dossier = permit(office["lan"])
    states = strip(signed_in("lan").get(f"/p/land/permit/{dossier.dossier_id}").text)
    titles = ["Tiếp nhận hồ sơ", "Thẩm định", "Ký giấy phép", "Trả kết quả"]
    assert states == list(zip(("done", "now", "next", "next"), titles, strict=True))


def test_after_the_end_nothing_is_to_come(app: Flask, office: Office, signed_in: SignedIn) -> None:
    refused = Action("refuse", step="appraise", arguments={"reason": "Không đủ điều kiện"})
    with app.app_context():
        dossier = permit(office["lan"])
        for action, by in ((refused, "minh"), (Action("approve"), "leader")):
            done = take_action(dossier.dossier_id, None, action, office[by], MONDAY + timedelta(minutes=9))
            assert isinstance(done, Done), done
    text = signed_in("lan").get(f"/p/land/permit/{dossier.dossier_id}").text
    assert [state for state, _title in strip(text)] == ["done"]
    assert "Không đủ điều kiện" in text


def test_neighbours_of_one_status_become_one_dot(app: Flask) -> None:
    states = ("done", "done", "now", "next")
    work = [Mark(f"w{place}", f"Việc {place}", state, status="processing") for place, state in enumerate(states)]
    with app.test_request_context():
        marks = list(grouped([Mark("r", "Tiếp nhận", "done", status="received"), *work]))
    assert [(mark.title, mark.state) for mark in marks] == [("Tiếp nhận", "done"), ("Đang xử lý", "now")]
    assert "Việc 2" in marks[1].note
    assert "2/4" in marks[1].note or "2 of 4" in marks[1].note


def test_a_group_is_done_when_all_of_it_is(app: Flask) -> None:
    marks = [Mark(str(place), "", "done", status="processing") for place in range(3)]
    with app.test_request_context():
        assert [mark.state for mark in grouped(marks)] == ["done"]
