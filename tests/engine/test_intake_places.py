"""Where a dossier is taken in, whose work it becomes by its place, and where counting begins (rulings 13, T09)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from app.definition.compile_organisation import compile_organisation
from app.engine.numbering import MemoryNumbers
from app.engine.world import Refusal, World
from tests.engine.office import Play, accepted, code, hand_back, intake, person, procedure, step, world

UNITS = {
    "land": {"title": "Phòng Đất đai", "roles": ["head", "officer"]},
    "desk": {"title": "Một cửa", "type": "one-stop", "code": "H24.17", "roles": ["reception"]},
    "far-desk": {"title": "Một cửa xa", "type": "one-stop", "code": "H24.18", "roles": ["reception"]},
    "shop": {"title": "Quầy khác", "code": "H24.19", "roles": ["reception"]},
    "north": {"title": "Xã Bắc", "type": "commune", "roles": ["officer"], "serves": ["xa-bac", "xa-cu"]},
    "south": {"title": "Xã Nam", "type": "commune", "roles": ["officer"], "serves": ["xa-nam"]},
}


def place(units: Mapping[str, Any] = UNITS) -> World:
    """A province with two counters and two communes."""
    organisation = compile_organisation(
        {
            "agency": {"key": "land", "title": "Sở"},
            "units": units,
            "unit_types": {"one-stop": "Một cửa", "commune": "Xã"},
            "registers": {"dossier-code": {"title": "Mã", "number": "{unit.code}-{n:04}", "scope": "unit"}},
        }
    )
    return replace(world(), organisation=organisation, numbers=MemoryNumbers(organisation))


def made(**more: Any) -> Any:
    """Received, looked at by the commune, given back."""
    return procedure(intake(), step("look", "officer@type.commune"), hand_back(), **more)


def opened(unit: str, **more: Any) -> Play:
    """A dossier brought to a counter."""
    return Play(made(**more), place(), unit=unit, by=person(f"reception@{unit}"))


@pytest.mark.parametrize(
    ("written", "unit", "taken"),
    [
        ({"intake_at": ["type.one-stop"]}, "desk", True),
        ({"intake_at": ["type.one-stop"]}, "far-desk", True),
        ({"intake_at": ["type.one-stop"]}, "shop", False),
        ({"intake_at": ["shop"]}, "shop", True),
        ({"intake_at": ["shop"]}, "desk", False),
        ({"intake_at": ["shop"], "non_territorial": True}, "far-desk", True),
        ({"intake_at": []}, "desk", True),
    ],
)
def test_only_the_places_of_intake_take_it_in(written: dict[str, Any], unit: str, taken: bool) -> None:
    play = opened(unit, **written)
    assert isinstance(play.answer, Refusal) is not taken
    if not taken:
        assert play.answer.code == "invalid_value"  # type: ignore[union-attr]
        assert play.answer.params["errors"][0]["value"] == unit  # type: ignore[union-attr]


def test_the_place_of_intake_may_depend_on_the_case() -> None:
    choice = {"default": ["desk"], "cases": [{"when": 'level == "commune"', "is": ["far-desk"]}]}
    more = {"intake_at": choice, "levels": ["province", "commune"]}
    assert not isinstance(opened("desk", **more).answer, Refusal)
    assert isinstance(opened("far-desk", **more).answer, Refusal)
    there = Play(made(**more), place(), unit="far-desk", by=person("reception@far-desk"), level="commune")
    assert not isinstance(there.answer, Refusal)


@pytest.mark.parametrize(
    ("commune", "positions"),
    [
        ("xa-bac", ("officer@north",)),
        ("xa-cu", ("officer@north",)),
        ("xa-nam", ("officer@south",)),
        ("elsewhere", ("officer@north", "officer@south")),
        ("", ("officer@north", "officer@south")),
    ],
)
def test_the_unit_that_serves_the_place_has_the_work(commune: str, positions: tuple[str, ...]) -> None:
    play = Play(made(), place(), applicant={"kind": "citizen", "name": "An", "address": {"commune": commune}})
    assert play.receive() is None
    assert play.state.visits[0].positions == positions


def test_a_field_of_the_form_may_be_the_place_and_one_dossier_does_not_teach_the_next() -> None:
    form = {"fields": {"parcel": {"type": "text"}}}
    example, where = made(form=form, locality="parcel"), place()
    for commune, unit in (("xa-bac", "north"), ("xa-nam", "south"), ("xa-bac", "north")):
        play = Play(example, where)
        assert play.receive(fill={"parcel": commune}) is None
        assert (play.state.locality, play.state.visits[0].positions) == (commune, (f"officer@{unit}",))
        assert code(play.do("look", "officer@north" if unit == "south" else "officer@south")) == "not_allowed"


def test_counting_begins_when_the_agency_takes_over() -> None:
    limit = {"default": "2 working days", "cases": [], "starts": "arrived"}
    play = accepted(step("look"), non_territorial=True, time_limit=limit)
    assert (play.state.due, play.state.arrived_at) == (None, None)
    play.later(days=2)
    assert play.do("look") is None
    assert play.state.arrived_at == play.now
    assert play.state.due is not None
    assert play.state.due.date().isoformat() == "2025-03-07"
