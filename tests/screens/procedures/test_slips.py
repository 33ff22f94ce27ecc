"""Prints on the dossier page: each can be opened by those who see the dossier, and more can be made by hand."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.engine.moves import Action
from app.operations.take_action import take_action
from app.storage.outcomes import Done
from app.storage.people import Person
from tests.factories import MONDAY, permit
from tests.screens.visitor import Visitor

Office = dict[str, Person]
SignedIn = Callable[[str], Visitor]


@pytest.fixture
def dossier(app: Flask, office: Office) -> Done:
    """A dossier of which a supplement is asked."""
    with app.app_context():
        done = permit(office["lan"])
        asked = Action("supplement", step="appraise", arguments={"reason": "Thiếu phương án", "documents": ["plan"]})
        moved = take_action(done.dossier_id, None, asked, office["minh"], MONDAY + timedelta(hours=1))
        assert isinstance(moved, Done)
        return moved


def address(dossier: Done) -> str:
    return f"/p/land/permit/{dossier.dossier_id}"


def slips(visitor: Visitor, dossier: Done) -> list[str]:
    return re.findall(r'href="([^"]+/prints/\d+)"', visitor.get(address(dossier)).text)


def test_every_print_of_the_page_can_be_opened(signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("lan")
    assert len(slips(visitor, dossier)) == 2
    for slip in slips(visitor, dossier):
        answer = visitor.get(slip)
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF-")
    assert "cannot be printed" not in visitor.get(address(dossier)).text


def test_a_print_is_made_by_hand_and_only_once(signed_in: SignedIn, dossier: Done) -> None:
    visitor = signed_in("minh")
    assert 'value="control_slip"' in visitor.get(address(dossier)).text
    for _ in range(2):
        answer = visitor.post(f"{address(dossier)}/prints", {"print": "control_slip", "key": "once"})
        assert answer.status_code == 303
    assert len(slips(visitor, dossier)) == 3
    assert visitor.get(slips(visitor, dossier)[-1]).data.startswith(b"%PDF-")


@pytest.mark.parametrize("wanted", ["", "receipt", "no-such", "../control_slip", "x" * 5000])
def test_a_print_that_is_not_offered_is_refused_on_the_page(signed_in: SignedIn, dossier: Done, wanted: str) -> None:
    visitor = signed_in("lan")
    answer = visitor.post(f"{address(dossier)}/prints", {"print": wanted, "key": "k"})
    assert answer.status_code == 422
    assert len(slips(visitor, dossier)) == 2


def test_a_stranger_makes_no_print(signed_in: SignedIn, dossier: Done) -> None:
    (first, *_rest) = slips(signed_in("lan"), dossier)
    for who in ("stranger", "other"):
        assert signed_in(who).get(first).status_code == 404
        answer = signed_in(who).post(f"{address(dossier)}/prints", {"print": "control_slip", "key": "k"})
        assert answer.status_code == 404
