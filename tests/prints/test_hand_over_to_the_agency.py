"""Taken in away from its agency, a dossier is handed over to the agency in a row of its own (T09)."""

import pytest
from flask import Flask

from app.operations.prints.hand_overs import hand_overs
from app.operations.prints.occasion import Occasion
from app.storage.people import system_person
from tests.engine.office import Play, accepted, step


def _rows(play: Play) -> list[tuple[str, str]]:
    occasion = Occasion({}, play.state, play.procedure, play.world, system_person(), play.now)
    return [(row["giver"], row["receiver"]) for row in hand_overs(occasion)]


@pytest.mark.parametrize("away", [True, False])
def test_the_hand_over_to_the_agency_is_a_row_of_its_own(database: Flask, away: bool) -> None:
    agency = {"default": "dept", "cases": []}
    play = accepted(step("look", "officer@water"), non_territorial=away, agency=agency)
    between = [("Một cửa", "Sở"), ("Sở", "Phòng Nước")] if away else [("Một cửa", "Phòng Nước")]
    assert _rows(play) == between
    assert play.do("look", "officer@water") is None
    assert _rows(play) == [*between, ("Phòng Nước", "Một cửa")]
