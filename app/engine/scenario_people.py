"""Who plays in a scenario: one person for each position, another one where the same may not do two things."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.definition.compile_who import parse_party
from app.definition.model.organisation import Organisation
from app.definition.model.procedure import Procedure
from app.engine.made_up import CITIZEN, NAME
from app.engine.rights import ANYONE, APPLICANT, SYSTEM_POSITION, USER, heads, party_positions
from app.engine.scenario_stage import Stage
from app.engine.state import Visit
from app.engine.world import SYSTEM, Actor

_NUMBERED = re.compile(r"-[0-9]+$")
THE_APPLICANT = Actor(APPLICANT, frozenset((APPLICANT,)))


def reception_unit(procedure: Procedure, organisation: Organisation, level: str) -> str:
    """Where a dossier is submitted if the test does not say: the first unit of the level that takes it in."""
    units = [organisation.units[key] for key in organisation.units_named(procedure.intake_places())]
    with_people = [unit for unit in units if "reception" in unit.roles]
    fitting = [unit for unit in with_people if unit.level == level] or with_people or units
    return fitting[0].key if fitting else str(procedure.agency.default or organisation.agency.key)


def applicant_of(procedure: Procedure, given: Mapping[str, Any]) -> dict[str, Any]:
    """The applicant of the test, the rest of him made up."""
    kind = procedure.applicants[0] if procedure.applicants else "citizen"
    return {"kind": kind, "name": NAME, "identity": CITIZEN, **dict(given)}


def player(position: str, number: int = 1) -> Actor:
    """The person who holds exactly this position; a second one where the first may not."""
    if position == APPLICANT:
        return THE_APPLICANT
    if position == SYSTEM_POSITION:
        return SYSTEM
    if position.startswith(USER):
        return Actor(position.removeprefix(USER), frozenset((position,)))
    if position == ANYONE:
        return Actor(f"staff-{number}", frozenset(("staff@house",)))
    return Actor(f"{position}-{number}", frozenset((position,)))


def unit_of_player(name: str) -> str | None:
    """The unit of a made-up person, called after a position: ``officer@land-1`` and ``officer@land`` are of land.

    Scenarios know no postings, so of any other name the unit is not known.
    """
    unit = name.removeprefix(USER).partition("@")[2]
    return _NUMBERED.sub("", unit) or None


def named_person(stage: Stage, by: str, visits: Iterable[Visit], more: Iterable[str]) -> Actor:
    """``by: officer@agency`` holds exactly that position; a user name holds what the act needs."""
    if "@" in by or by in (APPLICANT, SYSTEM_POSITION):
        party = parse_party(by)
        if party is None:
            return Actor(by, frozenset((by,)))
        found = tuple(party_positions(party, stage.state, stage.world.organisation, stage.now.date()))
        return THE_APPLICANT if by == APPLICANT else player(found[0]) if found else Actor(by, frozenset((by,)))
    positions = {position for visit in visits for position in visit.positions} | set(more)
    return Actor(by, frozenset(positions - {APPLICANT, SYSTEM_POSITION, ANYONE} or {"staff@house"}))


def candidates(stage: Stage, visits: Iterable[Visit], more: Iterable[str] = ()) -> Iterator[Actor]:
    """The people who might do an act, the likeliest first: who holds the work, who may do it, two of each."""
    positions = dict.fromkeys((*(p for visit in visits for p in visit.positions), *more))
    for number in (1, 2, 3):
        for position in positions:
            yield player(position, number)


def deciders(stage: Stage) -> tuple[str, ...]:
    """Positions that may have to do with any conduct: the applicant, reception, heads and leaders."""
    state, organisation = stage.state, stage.world.organisation
    above = (*heads(state.agency, organisation), *heads(state.authority, organisation))
    named = (f"head@{state.agency}", f"leader@{state.agency}", f"leader@{state.authority}", f"head@{state.unit}")
    return (APPLICANT, f"reception@{state.unit}", *above, *named)
